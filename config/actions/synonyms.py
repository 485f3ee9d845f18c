"""What people call an action besides its name, in both languages at once: for finding it, never shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_AGENDA: Final = "kalender ukeplan uke avtaler oppgaver dagsplan calendar week schedule appointments tasks ical"
_PAPER: Final = "pdf utskrift skriv ut papir skjema ark print form sheet"
_RECORD: Final = "før journal notat innføring loggfør skriv note entry log"
_CONSENTS: Final = "samtykke samtykker deling taushetsplikt consent share sharing"
_PEOPLE: Final = "telefonliste kontakter nettverk nav kriminalomsorg phone contacts network"
_REVIEWS: Final = "drøft drøfting faseovergang vurdering review assessment"
_TEAM_REVIEWS: Final = _REVIEWS + " skyldes ubehandlet teamets oversikt liste owed held overview list"
_LISTS: Final = "sjekkliste huskeliste gjøremål checklist todo"
_OUT: Final = "avslutte utfasing slutt frafall drop-out end leave"
_PHASES: Final = "fase flytt flytte løslatt løslatelse release move phase"
_MEETINGS: Final = "møte morgenmøte ukemøte månedsmøte ansvarsgruppe referat stand-up minutes"
_SIGNALS: Final = "varsel varsler frist påminnelse warning alert reminder"
_TEMPLATE: Final = "mal tekstmal fast tekst fraser standardtekst snutt snippet phrase boilerplate"
_AGREEMENTS: Final = (
    "samarbeidsavtale samarbeidsavtaler styringsgruppe prosjektgruppe innstilling steering group project"
)

SYNONYMS: Final[Mapping[str, str]] = {
    "app.drafts": "kladd utkast påbegynt draft",
    "app.lock": "lås pause lock away",
    "app.palette": "kommando meny menu",
    "app.passphrase": "passord bytt password change",
    "app.privacy": "anonym skjul skjerm kode hide anonymous",
    "app.search": "finn leit let find look",
    "app.settings": "språk farger taster oppsett innstillinger language colours options preferences",
    "app.undo": "angre ta tilbake regret back",
    "board.absences": "ferie syk fravær permisjon holiday sick leave",
    "board.add": "ny deltaker kandidat henvisning opprett new candidate participant",
    "board.agenda": _AGENDA,
    "board.candidates": "inntak henvist venteliste søker intake waiting referral",
    "board.evaluations": "evaluering spørreskjema tilbakemelding brukerundersøkelse survey feedback questionnaire",
    "board.filter": "filtrer fengsel ansvarlig etat signal prison worker agency narrow",
    "board.checklist": _LISTS,
    "board.gatherings": "nettverk fagnettverk samling samlinger oppmøte kurs konferanse network gathering attendance",
    "board.hand_overs": "overføring overta bytte ansvarlig transfer",
    "board.meetings": _MEETINGS + " statistikk tall figures",
    "board.open_items": _LISTS,
    "board.people": _PEOPLE,
    "board.phase_out": _OUT,
    "board.reading": "innsyn logg oppslag access",
    "board.record": _RECORD,
    "board.restricted": "skjermet begrenset sperret restricted secret",
    "board.reviews": _REVIEWS,
    "board.signals": _SIGNALS,
    "board.team_list": _PEOPLE + " liste oversikt",
    "board.team_reviews": _TEAM_REVIEWS,
    "board.users": "bruker brukere tilgang kollega user access colleague",
    "form.template": _TEMPLATE,
    "gatherings.agreements": _AGREEMENTS,
    "monthly.team_reviews": _TEAM_REVIEWS,
    "network.fragmentation": "oppstykket hjelpere ventetid ansvar pulverisering scattered fragmented helpers waiting",
    "network.known": "kjennskap fortalt informert told aware",
    "network.plan": "individuell IP koordinator samordning coordinator revision revisjon",
    "participant.agenda": _AGENDA,
    "participant.applications": "søknad søknader nav bolig stønad housing benefit",
    "participant.checklists": _LISTS,
    "participant.consents": _CONSENTS,
    "participant.edit": "rediger endre opplysninger dom datoer adresse personalia edit details",
    "participant.goals": "mål ønsker plan goal wish",
    "participant.hand_over": "overføring overta bytte ansvarlig transfer",
    "participant.intake": "inntak kriterier samtale beslutning criteria decision",
    "participant.mappings": "kartlegging kartlegg livsområder behov skala intervju mapping survey needs domains",
    "participant.network": _PEOPLE + " advokat familie lawyer family individuell plan IP fragmentering",
    "participant.paper": _PAPER,
    "participant.phase_out": _OUT,
    "participant.phases": _PHASES,
    "participant.record": _RECORD,
    "participant.restrict": "skjerme begrense sperre restrict",
    "participant.reviews": _REVIEWS,
    "participant.signals": _SIGNALS,
    "participant.spending": "utlegg penger kaffe kvittering money expense receipt",
    "participant.support_team": _MEETINGS + " koordinator samarbeid coordinator agencies",
    "participant.visits": "innsyn logg oppslag access log",
    "signals.team_reviews": _TEAM_REVIEWS,
}

OF_GROUPS: Final[Mapping[str, str]] = {
    "visit": "besøk fengsel visit prison",
    "outing": "permisjon fremstilling tur leave outing",
    "talk": "samtale prat ring anrop talk call",
    "meeting": "møte meeting",
    "writing": "melding sms e-post notat message mail note",
    "event": "hendelse event",
}
"""The same for the kinds of entry, by their group."""
