"""`exin keys`: every key in force."""

from __future__ import annotations

from config.errors import ExitCode
from config.words import _
from exin_tui.commands import options
from exin_tui.commands.context import Context
from exin_tui.printing import put


def add(commands: options.Commands) -> None:
    """Describe the command."""
    parser = options.add_command(commands, "keys", _("list every key, with your own in force"), "exin keys --json", run)
    parser.add_argument("--json", action="store_true", help=_("write JSON for scripts"))


def run(context: Context) -> int:
    """Write one line an action; raises `config.keymap.KeymapError` when the person's own keys clash."""
    from config.keymap import SCOPES, as_data, build, written

    keymap = build(context.settings.keys)
    if context.arguments.json:
        import json

        put(json.dumps(as_data(keymap), ensure_ascii=False, indent=1) + "\n")
        return ExitCode.DONE
    rows = [(action.scope, " ".join(map(written, action.keys)), action) for action in keymap]
    wide = max(len(keys) for _scope, keys, _action in rows)
    for scope in SCOPES:
        put(f"{_(scope.label)}\n")
        for where, keys, action in rows:
            if where == scope.id:
                put(f"  {keys:<{wide}}  {_(action.label)}: {_(action.explain)}\n")
    return ExitCode.DONE
