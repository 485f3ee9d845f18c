"""`exin verify`: whether the vault is whole, and what is wrong with it."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from config.errors import ExitCode
from config.words import _, n_
from exin_tui.commands import options
from exin_tui.commands.context import Context
from exin_tui.printing import put_line, write_line

if TYPE_CHECKING:
    from models.store import Store


def add(commands: options.Commands) -> None:
    """Describe the command."""
    parser = options.add_command(
        commands,
        "verify",
        _("check pages, schema, links, search index, audit chain and every record against it; a line for each fault"),
        "exin verify --against 1204:9f3c…",
        run,
    )
    options.add_way_in(parser)
    options.add_accept_older(parser)
    parser.add_argument(
        "--against",
        metavar="COUNT:HEAD",
        type=_count_and_head,
        help=_("a count and head of the audit noted earlier: also check that nothing up to there was cut or rewritten"),
    )


def run(context: Context) -> int:
    """Examine the open vault; raises what is so damaged that nothing can be examined."""
    from models import users
    from models.examination import whole as examination
    from models.storage import audit
    from models.vault.errors import DamagedVault

    steps: list[str] = []
    with context.store() as store:
        try:
            found = store.examine_now(examination.examine, store._audit_key, steps.append)
        except DamagedVault as error:
            put_line(f"{steps[-1]}: {error.text}")
            raise
        lines = [f"{flaw.where}: {flaw.text}" for flaw in found.flaws]
        lines += _roster(store)
        unowned = len(users.unowned(store))
        if unowned:
            text = n_("{count} key belongs to nobody in the team", "{count} keys belong to nobody in the team", unowned)
            lines.append("slots: " + text.format(count=unowned) + "; " + _("see `exin user revoke --unowned`."))
        if context.arguments.against is not None:
            count, head = context.arguments.against
            if store.examine_now(audit.head_at, count) != head:
                text = _("Row {count} is not the one that was noted: the tail was cut off or rewritten.")
                lines.append("audit: " + text.format(count=count))
    for line in lines:
        put_line(line)
    for warning in found.warnings:
        put_line(_("warning: {where}: {text}").format(where=warning.where, text=warning.text))
    told = n_("{count} finding.", "{count} findings.", len(lines)).format(count=len(lines))
    write_line(told + " " + _("Audit: {count}:{head}").format(count=found.count, head=found.head))
    return ExitCode.FINDINGS if lines else ExitCode.DONE


def _roster(store: Store) -> list[str]:
    """Where the team's list says something else than the roster that is signed."""
    from models.team import staff

    signed, lines = store.unlocked.roles, []
    if signed is None:
        return [_("slots: the roster is not signed yet; the first team leader who opens the vault signs it.")]
    for one in store.ask_now(staff.team):
        if one.slot not in signed:
            lines.append(_("slots: {user} is in the team and has no key.").format(user=one.user))
        elif signed[one.slot] != staff.in_roster(one.role):
            text = _(
                "slots: {user} is {role} in the team's list and {signed} in the signed roster, which counts; "
                "see `exin user role`."
            )
            lines.append(text.format(user=one.user, role=_named(one.role), signed=_named(signed[one.slot])))
    return lines


def _named(role: str) -> str:
    return role.replace("_", "-")


def _count_and_head(text: str) -> tuple[int, str]:
    match = re.fullmatch(r"(\d{1,15}):([0-9a-fA-F]{64})", text.strip())
    if match is None:
        raise argparse.ArgumentTypeError(_("expected COUNT:HEAD as `exin verify` writes it"))
    return int(match[1]), match[2].lower()
