"""What every subcommand works with: settings, the vault's folder, who is asking, and the way in."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from config import settings, startup_settings
from config.errors import ExinError, ExitCode
from config.outside import OutPlace
from config.settings import Settings
from config.words import _
from exin_tui import guard, passphrase_sources, unlock
from exin_tui.printing import put_line, write_line
from exin_tui.terminal_prompt import Asker, asker

if TYPE_CHECKING:
    from models.store import Store
    from models.vault.sealed import Unlocked


class UsageError(ExinError):
    """The command cannot be carried out as it was given."""


class NotHere(ExinError):
    """The command needs a terminal or an output that is not there."""

    exit_code = ExitCode.UNSUITABLE


class LastUserRefused(ExinError):
    """Nobody said who it was, and the last user of the vault here cannot unlock it."""

    exit_code = ExitCode.CANNOT_UNLOCK


@dataclass(frozen=True)
class Context:
    """One run of the command line; `outputs` is the one folder that files may go to, where there is no other."""

    settings: Settings
    arguments: Namespace
    outputs: Path | None = None

    @cached_property
    def folder(self) -> Path:
        """The vault's folder: the one named, that of the settings, or the default place."""
        named = self.arguments.vault or self.settings.vault
        try:
            return Path(named).expanduser().absolute() if named else Path(startup_settings.default_vault())
        except RuntimeError as error:
            raise NotHere(_("{file}: there is no such home folder.").format(file=named)) from error

    @property
    def is_where_looked(self) -> bool:
        """Whether the vault's folder is where it is looked for when nobody names one."""
        return self.folder == replace(self, arguments=Namespace(vault=None), settings=self._noted()).folder

    def _noted(self) -> Settings:
        """The settings as they stand in their file now."""
        return settings.load(Path(startup_settings.settings_file()))

    def offer_to_note(self) -> None:
        """Ask whether the vault's folder is to be noted in the settings, where it is found only by its name."""
        ways = (getattr(self.arguments, name, None) for name in ("passphrase_file", "passphrase_fd"))
        if self.is_where_looked or self.asker is None or any(way is not None for way in ways):
            return
        noted = self._noted()
        question = _("Note this folder in your settings, so that exin finds it without --vault?")
        if noted.vault:
            question = _("Your settings name {folder}. Note this folder instead?").format(folder=noted.vault)
        with self.asker as terminal:
            if terminal.agrees(question):
                changed = structs.replace(noted, vault=str(self.folder))
                settings.change(Path(startup_settings.settings_file()), noted, changed)

    @property
    def out_place(self) -> OutPlace:
        """Where files may be written."""
        return OutPlace(self.folder, self.outputs)

    @cached_property
    def asker(self) -> Asker | None:
        """The way to ask the person; None where there is no terminal."""
        return asker()

    def secret(self, name: str) -> str | None:
        """What `--NAME-file` or `--NAME-fd` gives, None where neither is used; raises `SecretError`."""
        field = name.replace("-", "_")
        file, descriptor = getattr(self.arguments, f"{field}_file", None), getattr(self.arguments, f"{field}_fd", None)
        if file is not None:
            return passphrase_sources.from_file(file)
        return None if descriptor is None else passphrase_sources.from_descriptor(descriptor)

    def ask(self, *options: str) -> Asker:
        """The asker, or a `UsageError` that names the options to use instead."""
        if self.asker is None:
            named = _(" or ").join(options)
            raise UsageError(_("There is no terminal to ask on. Use {options}.").format(options=named))
        return self.asker

    def unlock(self) -> tuple[str, Unlocked]:
        """Who is asking, and their way in; raises the errors of `models.vault.errors` and `unlock.TriesUsedUp`."""
        from models.vault import sealed
        from models.vault.place import VaultPlace

        VaultPlace(self.folder).require()
        way_in = partial(sealed.unlock, self.folder)
        passphrase = self.secret("passphrase")
        if passphrase is None:
            with self.ask("--passphrase-file", "--passphrase-fd") as terminal:
                return unlock.by_asking(terminal, str(self.folder), self.arguments.user or "", way_in)
        user = self.arguments.user or startup_settings.remembered_user(str(self.folder))
        if not user:
            raise UsageError(_("Say who you are with --user."))
        with self._named_if_recalled(user):
            try:
                return user, way_in(user, passphrase)
            except ExinError as error:
                if error.exit_code == ExitCode.CANNOT_UNLOCK:
                    time.sleep(unlock.DELAYS[0])
                raise

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store of the unlocked vault, closed at the end."""
        user, unlocked = self.unlock()
        with self._named_if_recalled(user), self.opened(unlocked, user) as store:
            yield store

    @contextmanager
    def opened(self, unlocked: Unlocked, user: str = "") -> Iterator[Store]:
        """The store of a way in, closed at the end; what is to be told about the vault is told."""
        from exin_tui.open_store import opened
        from models.team import sessions

        accepts = getattr(self.arguments, "accept_older", False)
        agrees = self._agrees_to_older if accepts else None
        with opened(unlocked, user, agrees=agrees, place=sessions.COMMAND_LINE) as store:
            store.be_seen()
            for text in store.told:
                write_line(text)
            yield store

    def _agrees_to_older(self, reason: str) -> bool:
        if self.asker is None:
            raise NotHere(_("--accept-older asks on the terminal, and there is none."))
        with self.asker as terminal:
            terminal.say(reason)
            return terminal.agrees(_("Go on with the older state, and let everybody be told?"))

    @contextmanager
    def _named_if_recalled(self, user: str) -> Iterator[None]:
        """Let a refusal of `user` say who that was and where the name is from, if nobody gave it in this run."""
        ways = (getattr(self.arguments, name, None) for name in ("passphrase_file", "passphrase_fd"))
        recalled = not self.arguments.user and any(way is not None for way in ways)
        try:
            yield
        except ExinError as error:
            if not recalled or error.exit_code != ExitCode.CANNOT_UNLOCK:
                raise
            told = _(
                "{reason} Tried was {user}, who opened this vault last here ({file}); say who you are with --user."
            ).format(reason=error.text, user=user, file=startup_settings.users_file())
            raise LastUserRefused(told) from error

    def new_passphrase(self, user: str, name: str = "", option: str = "passphrase") -> str:
        """A new passphrase for `user`, strong enough: from `--OPTION-file` or `-fd`, or asked for twice."""
        from models.vault.passphrase import judge

        words = [word for word in (user, *name.split()) if word]
        chosen = self.secret(option)
        if chosen is not None:
            weakness = judge(chosen, words)
            if weakness is not None:
                raise UsageError(_("The passphrase is too weak. {reason}").format(reason=weakness.text))
            return chosen
        with self.ask(f"--{option}-file", f"--{option}-fd") as terminal:
            while True:
                chosen = terminal.hidden(_("New passphrase for {user}: ").format(user=user))
                weakness = judge(chosen, words)
                if weakness is not None:
                    terminal.say(weakness.text)
                elif terminal.hidden(_("The same once more: ")) == chosen:
                    return chosen
                else:
                    terminal.say(_("The two differ."))

    def show_recovery_key(self, text: str) -> None:
        """Show a recovery key the one time it is shown: on the terminal until Enter, or as the only line of output."""
        if self.asker is None or not guard.is_terminal(sys.stdout):
            put_line(text)
            return
        with self.asker as terminal:
            terminal.say(_("This recovery key opens the vault when every passphrase is lost. It is shown once:"))
            terminal.show_once(f"\n    {text}\n")
