"""Where things are kept, and that a remembered name is a convenience which never stops the program."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import startup_settings as places

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the XDG variables are Linux's")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_the_places_are_the_xdg_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Path(places.settings_file()) == tmp_path / ".config/exin/settings.toml"
    assert Path(places.default_vault()) == tmp_path / ".local/share/exin/vault"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert Path(places.state_folder()) == tmp_path / "state/exin"
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    assert Path(places.state_folder()) == tmp_path / ".local/state/exin"


def test_the_places_are_those_of_platformdirs() -> None:
    import platformdirs

    assert Path(places.settings_file()).parent == platformdirs.user_config_path("exin", appauthor=False)
    assert Path(places.default_vault()).parent == platformdirs.user_data_path("exin", appauthor=False)
    assert Path(places.state_folder()) == platformdirs.user_state_path("exin", appauthor=False)


def test_a_name_is_remembered_for_each_vault(tmp_path: Path) -> None:
    places.remember_user(str(tmp_path / "a"), "kari")
    places.remember_user(str(tmp_path / "b"), "ola")
    places.remember_user(str(tmp_path / "a"), "Åse Nordmann")
    assert places.remembered_user(str(tmp_path / "a")) == "Åse Nordmann"
    assert places.remembered_user(str(tmp_path / "b")) == "ola"
    assert places.remembered_user(str(tmp_path / "c")) == ""
    (file,) = Path(places.state_folder()).iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"no tab\n", b"\tpath\n", b"x\x1b[31m\t/v\n", b"a" * 9000])
def test_what_cannot_be_read_is_no_name(raw: bytes, tmp_path: Path) -> None:
    places.remember_user(str(tmp_path / "a"), "kari")
    (file,) = Path(places.state_folder()).iterdir()
    file.write_bytes(raw)
    assert places.remembered_user("/v") == ""
    places.remember_user(str(tmp_path / "a"), "kari")
    assert places.remembered_user(str(tmp_path / "a")) == "kari"


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    places.remember_user(str(tmp_path / "a"), "kari")
    assert places.remembered_user(str(tmp_path / "a")) == ""


def test_a_name_with_control_characters_is_not_kept(tmp_path: Path) -> None:
    places.remember_user(str(tmp_path / "a"), "kari\n\x1b[31m")
    assert places.remembered_user(str(tmp_path / "a")) == ""
    assert not Path(places.state_folder()).exists() or not os.listdir(places.state_folder())


def test_no_library_is_imported_for_the_settings_without_a_file() -> None:
    code = (
        "import sys; from pathlib import Path; from config import settings, startup_settings as places;"
        "from config import words; words.use('nb');"
        "settings.load(Path(places.settings_file())); places.remembered_user(places.default_vault());"
        "unwanted = {'platformdirs', 'tomllib', 'tomli_w', 'difflib', 'json', 'textual', 'babel'};"
        "print(*sorted(unwanted & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b""
