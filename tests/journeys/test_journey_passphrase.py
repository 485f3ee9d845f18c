"""One's own passphrase, changed in the program at 80x24: shown nowhere, and the next login needs the new one."""

from __future__ import annotations

import re

import pytest

from models.team import sessions
from models.vault import sealed
from models.vault.errors import CannotUnlock
from tests.journeys.terminal import DOWN, ENTER, KARI, OLA, Desk, leave, opened

pytestmark = pytest.mark.terminal

NEW = "blågrønn traktor på månen"


def test_a_caseworker_changes_it_and_their_other_session_ends(desk: Desk) -> None:
    here, there = desk.log_in(OLA), desk.log_in(OLA)
    for terminal in (here, there):
        terminal.wait("Caseload board")
    here.send("K")
    here.wait("Change your own passphrase", "The one you have")
    for line in ("not this one", NEW, NEW):
        here.send(line + ENTER)
    here.wait("That is not the passphrase you have.")
    here.send(OLA[3] + ENTER)
    here.send(ENTER + ENTER)
    here.wait("Your passphrase is changed.", "Caseload board")
    there.send(DOWN)
    assert there.ended() == 3
    leave(here)
    for terminal in (here, there):
        assert not re.search("traktor|måker", terminal.text)
    with pytest.raises(CannotUnlock):
        sealed.unlock(desk.vault, OLA[0], OLA[3])
    again = desk.log_in((*OLA[:3], NEW))
    again.wait("Caseload board")
    leave(again)
    store = opened(desk.vault)
    ola = next(one for one in store.ask_now(sessions.users) if one.user == "ola")
    assert (ola.live, ola.last is not None) == (0, True)
    store.close()


def test_a_leader_lets_somebody_in_who_is_told_to_change_it(desk: Desk) -> None:
    kari = desk.log_in(KARI)
    kari.wait("Caseload board")
    kari.send("T")
    kari.wait("Users", "1 is here now")
    kari.send("n")
    kari.wait("Let a colleague in")
    for line in ("siri", "Siri Dahl", "", NEW, NEW):
        kari.send(line + ENTER)
    kari.wait("siri can open the vault now.", "first passphrase")
    siri = desk.log_in(("siri", "Siri Dahl", "caseworker", NEW))
    siri.wait("Somebody else chose your passphrase: K changes it.")
    kari.send("q")
    kari.wait("Caseload board")
    kari.send("T")
    kari.wait("2 are here now")
    kari.send(DOWN + DOWN + "d")
    kari.wait("Take Siri Dahl's access away?")
    kari.send(DOWN + ENTER)
    kari.wait("may have seen the recovery key")
    kari.send(ENTER)
    kari.wait("siri can no longer open the vault.", "1 is here now")
    siri.send(DOWN)
    assert siri.ended() == 3
    kari.send("q")
    kari.wait("Caseload board")
    leave(kari)
