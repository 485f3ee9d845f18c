"""What the demo's agreements, tasks, applications, goals and expenses are about, by part of life and by phase."""

from __future__ import annotations

from typing import Final

INSIDE: Final = "inside"
OUT: Final = "out"

# What, the role of whom it is with, how long, and where; an empty place is where the participant is.
APPOINTMENTS: Final[dict[str, tuple[tuple[str, str, int, str], ...]]] = {
    INSIDE: (
        ("Fremdriftsbesøk", "", 90, ""),
        ("Relasjonsbesøk", "", 60, ""),
        ("Ansvarsgruppemøte", "nav_municipal", 60, ""),
        ("Samtale om permisjon", "contact_officer", 45, ""),
        ("Møte om løslatelse", "reintegration_coordinator", 60, ""),
        ("Nav i fengsel", "nav_prison_adviser", 45, ""),
        ("Følge på permisjon", "", 300, "Sentrum"),
        ("Advokatmøte", "lawyer", 60, ""),
    ),
    OUT: (
        ("Møte på Nav", "nav_municipal", 60, "Nav-kontoret"),
        ("Møte i friomsorgen", "probation_contact", 45, "Friomsorgen"),
        ("Fastlege", "gp", 30, "Legesenteret"),
        ("Visning, ettromsleilighet", "", 45, "Liksomgata"),
        ("Kaffe og prat", "", 60, "Kafé"),
        ("Gjennomgang av gjeld", "nav_debt", 60, "Kontoret"),
        ("Jobbsøking", "", 90, "Biblioteket"),
        ("Førstegangssamtale DPS", "dps", 60, "DPS"),
        ("Ansvarsgruppemøte", "nav_municipal", 60, "Møterom 2"),
    ),
}
NOTES: Final = (
    "Ta med legitimasjon og siste vedtak.",
    "Avtale møtested på forhånd.",
    "Deltakeren vil snakke først selv.",
    "Skriv ned spørsmålene sammen i bilen.",
)
# Text, whose turn it is, the agency if it is one's.
TASKS: Final[tuple[tuple[str, str, str], ...]] = (
    ("Ringe Nav om status på søknaden", "ours", ""),
    ("Bestille time for ny legitimasjon", "ours", ""),
    ("Sende tjenestemelding til lokalt Nav-kontor", "ours", ""),
    ("Følge opp henvisningen til DPS", "ours", ""),
    ("Avtale dato for ansvarsgruppemøte", "ours", ""),
    ("Hente nøkler hos utleier", "ours", ""),
    ("Skaffe kontoutskrift for de siste tre månedene", "participant", ""),
    ("Skrive et par linjer om seg selv til søknaden", "participant", ""),
    ("Ringe broren om søndagen", "participant", ""),
    ("Levere meldekort", "participant", ""),
    ("Svare på om bostøtten kan utbetales direkte", "agency", "nav"),
    ("Sende utskrift av soningsdommen", "agency", "prison"),
    ("Sette opp første oppmøte", "agency", "probation"),
    ("Sende møteinnkalling", "agency", "nav"),
)
TEAM_TASKS: Final = ("Bestille rom til månedsmøtet", "Oppdatere listen over hjelpere", "Bestille ny bombrikke")

# Agency, office, about what, part of life.
APPLICATIONS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("nav", "Boligkontoret", "Kommunal bolig", "housing"),
    ("nav", "Nav", "Sosialhjelp", "economy"),
    ("nav", "Nav", "Arbeidsavklaringspenger", "economy"),
    ("nav", "Nav", "Depositumsgaranti", "housing"),
    ("district", "Bydelen", "Støttekontakt", "leisure"),
    ("school", "Voksenopplæringen", "Plass på forberedende kurs", "occupation"),
    ("health", "DPS Eksempelfaret", "Vurdering av behandling", "health"),
    ("prison", "", "Overføring til lavere sikkerhet", "crime_terms"),
    ("nav", "Nav Gjeldsrådgivning", "Gjeldsrådgivning", "economy"),
)
OUTCOMES: Final = ("granted", "granted", "granted", "partly", "refused")

# The goal in the participant's own words, the part of life, and steps: each with whose it is and what it waits for.
GOALS: Final[tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...]] = (
    ("Jeg vil ha en egen dør å låse", "housing", (
        ("Sende søknad om kommunal bolig", "ours", ""), ("Se på to leiligheter", "participant", ""),
        ("Få svar om depositum", "agency", "Svar fra Nav"), ("Kjøpe seng", "participant", "Nøklene"))),
    ("Jeg vil jobbe med hendene og tjene mine egne penger", "occupation", (
        ("Ringe verkstedet jeg var på", "participant", ""), ("Skrive CV", "ours", ""),
        ("Lønnstilskudd", "agency", "Møte på Nav"))),
    ("Bli kvitt inkassobrevene", "economy", (
        ("Samle alle brevene i en pose", "participant", ""), ("Bestille time hos gjeldsrådgiver", "ours", ""),
        ("Betalingsplan", "agency", "Oversikten"))),
    ("Holde meg rusfri også i helgene", "substance_use", (
        ("Lage en plan for fredagene", "participant", ""), ("Følge til første NA-møte", "ours", ""))),
    ("Få sove om natten", "health", (
        ("Snakke med fastlegen", "participant", ""), ("Følge til DPS", "ours", "Innkallingen"))),
    ("Treffe dattera mi uten at noen passer på", "network", (
        ("Ringe barnevernet om samvær", "ours", ""), ("Skrive brev til henne", "participant", ""),
        ("Prøve to timer på biblioteket", "participant", "Avtale om samvær"))),
    ("Ta lappen", "practical", (
        ("Søke om legeattest", "participant", ""), ("Finne ut hva det koster", "participant", ""))),
    ("Spille fotball på et ordentlig lag igjen", "leisure", (
        ("Gå på en trening", "participant", ""), ("Betale kontingenten", "ours", ""))),
)  # fmt: skip

# Purpose, what for, kroner from and to.
EXPENSES: Final[tuple[tuple[str, str, int, int], ...]] = (
    ("relationship", "Middag sammen", 180, 420),
    ("relationship", "Kaffe og bolle", 60, 140),
    ("relationship", "Innflyttingsgave", 150, 300),
    ("relationship", "Kinobilletter", 240, 320),
    ("necessity", "Egenandel hos lege", 160, 380),
    ("necessity", "Togbillett til permisjon", 90, 560),
    ("necessity", "Toalettsaker", 120, 260),
    ("necessity", "Mat til Nav har utbetalt", 200, 500),
    ("necessity", "Passbilder", 100, 150),
)
