"""The pages of `docs/` are true to the repository: what they name is there, and their links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent
PAGES: Final = sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("*.md")])
FLOORS: Final = ("config", "models", "screens", "exin_tui", "tests", "bench", "docs", ".ci")


def names(page: Path) -> list[str]:
    """The paths that a page names in backticks; one with <a place to fill in> is none."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    quoted = re.findall(r"`([^`\s<>{}]+)`", text)
    return [name for name in quoted if name.split("/")[0] in FLOORS and "/" in name]


def links(page: Path) -> list[str]:
    """The targets of a page's links and pictures that lie in the repository."""
    found = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    return [target for target in found if "://" not in target]


def anchors(page: Path) -> set[str]:
    """What a link may name behind `#`: the headings, as they are made into anchors."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_a_page_names_is_there(page: Path) -> None:
    assert [name for name in names(page) if not any(ROOT.glob(name.rstrip("/")))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in links(page):
        file, _hash, anchor = target.partition("#")
        aim = (page.parent / file).resolve() if file else page
        assert aim.exists(), target
        assert not anchor or anchor in anchors(aim), target


def test_the_pages_are_found() -> None:
    assert {"architecture.md", "recipes.md", "domain.md", "CONTRIBUTING.md"} <= {page.name for page in PAGES}
    assert len(names(ROOT / "docs/architecture.md")) > 50
