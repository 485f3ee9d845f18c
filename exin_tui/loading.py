"""Importing, while the person types, what is needed once they have typed."""

from __future__ import annotations

import gc
import sys
import threading
from typing import TYPE_CHECKING

from exin_tui import crash, guard

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from config.settings import Settings
    from exin_tui.app import ExinApp
    from models.store import Store
    from models.vault.sealed import Unlocked

_SETTINGS, _VAULT, _STORE, _SCREENS = STAGES = ("settings", "vault", "store", "screens")


class Loading:
    """A thread that imports in the order in which things are needed; an error of it meets whoever waits.

    Each method waits for what it needs and no more, so that the key is derived while the screens still load.
    """

    def __init__(self) -> None:
        self._done = {stage: threading.Event() for stage in STAGES}
        self._error: BaseException | None = None
        self._settings: Settings | None = None
        # Here and not in the thread: what is made waits for nobody before it reads a passphrase.
        guard.forbid_dumps()
        threading.Thread(target=self._run, name="loading", daemon=True).start()

    def settings(self) -> Settings:
        """The person's settings; raises `config.settings.SettingsError`."""
        self._wait(_SETTINGS)
        assert self._settings is not None
        return self._settings

    def way_in(self, folder: str, user: str, passphrase: str) -> Unlocked:
        """As `models.vault.sealed.unlock`."""
        self._wait(_VAULT)
        from pathlib import Path

        from models.vault import sealed

        return sealed.unlock(Path(folder), user, passphrase)

    def opened(self, unlocked: Unlocked, user: str, *, remembered: bool, served: bool) -> AbstractContextManager[Store]:
        """As `exin_tui.open_store.opened`; a session that is not remembered is not noted either."""
        self._wait(_STORE)
        from exin_tui.open_store import opened
        from models.team import sessions

        place = sessions.SERVED if served else sessions.TERMINAL
        return opened(unlocked, user, remembered=remembered, place=place if remembered else "")

    def app(self, settings: Settings, store: Store, outputs: str = "") -> ExinApp:
        """The app around an open store; `outputs` as in `exin_tui.start.from_prompt`."""
        self._wait(_SCREENS)
        from pathlib import Path

        from exin_tui.app import ExinApp

        return ExinApp(settings, store, store.clock, outputs=Path(outputs) if outputs else None)

    def vault(self) -> None:
        """Wait until a vault can be unlocked."""
        self._wait(_VAULT)

    def everything(self) -> None:
        """Wait until all is loaded, where much is to be done before the screens."""
        self._wait(_SCREENS)
        self.finish()

    def finish(self) -> None:
        """Let the collector look after what is made from here on; what was imported stays until the end anyway."""
        gc.freeze()
        gc.enable()

    def _wait(self, stage: str) -> None:
        self._done[stage].wait()
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        # Collecting while thousands of classes are made costs a tenth of the time and finds nothing.
        gc.disable()
        try:
            crash.install()
            from pathlib import Path

            from config import settings, startup_settings

            self._settings = settings.load(Path(startup_settings.settings_file()))
            self._done[_SETTINGS].set()
            import models.vault.sealed  # noqa: F401 - for the one who waits

            self._done[_VAULT].set()
            _import_asyncio()
            import exin_tui.open_store
            from config import programme

            self._done[_STORE].set()
            programme.shipped()
            import exin_tui.app

            crash.silence_logging()
            self._done[_SCREENS].set()
            exin_tui.app.prepare(self._settings.colour if self._settings else "auto")
        except BaseException as error:  # noqa: BLE001 - whoever waits for it raises it
            self._error = error
        finally:
            for event in self._done.values():
                event.set()


def _import_asyncio() -> None:
    """Import asyncio without OpenSSL: four megabytes, and a while, for connections this program never makes."""
    if "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # the documented way to make an import fail
    try:
        import asyncio  # noqa: F401 - for its effect
    finally:
        del sys.modules["ssl"]
