"""The four forms of the EX/IN guide's annex and its consent form, cell by cell as the guide prints them.

Written from the guide and not from the shipped files. OCR is corrected, and nothing else.
"""

from __future__ import annotations

START = (
    ("Sjekkliste for soningsforløp", (
        "Dato for end-tid", "Søknad om prøveløslatelse", "Dato for 2/3 løslatelse", "Søknad/planer om overflytting",
        "Spesielle vilkår knyttet til soning", "Spesielle vilkår knyttet til permisjoner",
        "Skole, arbeid eller lignende",
    )),
    ("Nødvendige ressurspersoner ved soningssted", (
        "Kontaktbetjent", "Tilbakeføringskoordinator", "Sosialkonsulent", "NAV-konsulent", "Kontaktperson TOG",
        "Ruskonsulent",
    )),
    ("Nødvendige ressurspersoner utenfor soningssted", ("Advokat", "Fastlege", "Familie")),
)  # fmt: skip

RELEASE = (
    ("Sjekkliste ved løslatelse", (
        "Kontaktinformasjon til deltaker", "Ny adresse", "Vilkår for løslatelse", "Bankkonto og legitimasjon i orden",
        "Kodebrikke/Bank-ID i orden", "Samtykkeskjema (minimum: Kriminalomsorgen, NAV, Friomsorgen)",
        "Fullmakt hos NAV",
    )),
    ("Nødvendige tiltak", (
        "Sosiale ytelser avklart", "Bolig avklart", "Sysselsetting avklart", "Fritid avklart",
        "Gjeldsrådgivning forespurt", "DPS avklart", "Tjenestemelding sendt til lokalt NAV-kontor",
    )),
    ("Nødvendige kontaktpersoner", (
        "Kontaktperson hos fengsel", "Kontaktperson hos Friomsorgen", "Kontaktperson hos NAV", "Fastlege",
        "Familie (eventuelt)",
    )),
)  # fmt: skip

NAV = (
    ("Oppstart", (
        ("Avklare om deltaker allerede er klient hos NAV, og/eller opprette klientforhold",
         "Etablere kontakt mellom NAV BSN og NAV fengsel",
         "Opprette kontakt med NAV i fengsel, ved behov"),
        ("Forberede deltaker på møte med NAV - informere om Ungdomsteamet og videre saksgang",
         "Ambulerende møte (ved behov) med deltaker, miljøterapeut og NAV sin helseavklarer",
         "Koble på helse-avklarer, ved behov"),
        ("Fremskaffe digital fullmakt til innsyn i NAV-sak",
         "Ambulerende møte (ved behov) med deltaker, miljøterapeut og kontaktperson (saksbehandler) i NAV",
         "Koble klient og saksbehandler, ved behov"),
        ("EX/IN kan hente/levere saksbehandler og klient ved ambulering",
         "Stille til møte utenfor egne kontorlokaler",
         "Koble på nødvendige saksbehandlere - stat, rus/psyk ved behov"),
    )),
    ("Saksgang", (
        ("Kartlegge deltakers behov, ønsker og målsettinger",
         "Finne riktig tiltak for deltaker/klient",
         "Iverksette tiltak ut i fra klientens behov og rettigheter, ved behov"),
        ("Bistå deltaker i møter med NAV",
         "Gjensidig informasjonsflyt om utvikling, endringer og saksgang",
         "Følge opp saksgang, ved behov"),
        ("Følge opp deltakers partsansvar med NAV",
         "Ansvarsgruppemøter med deltaker miljøterapeut og saksbehandler (m. fl)",
         "Stille på ansvarsgruppemøte, ved behov."),
        ("Praktisk bistand i arbeid med bolig og sysselsetting (m. m)",
         "Råd og veiledning med tanke på sysselsetting og bolig",
         "Bistå som kontaktpunkt dersom respektive saksbehandlere ikke er tilgjengelige"),
    )),
    ("Ved flytting ut av bydel", (
        ("Miljøterapeut følger kandidat inn i samarbeid med instanser på nytt bosted",
         "Formulere et godt og begrunnet overføringsnotat",
         "Kontrollere at nødvendig informasjon er oversendt nytt NAV-kontor"),
    )),
    ("Avslutning", (
        ("EX/IN informerer saksbehandler og kontaktperson om avsluttet samarbeid",
         "Avsluttende møte med klient, saksbehandler og miljøterapeut i EX/IN",
         "Stille på avsluttende møte, ved behov."),
    )),
)  # fmt: skip
WHO = ("exin", "joint", "nav")

CONSENT = (
    ("Kriminalomsorgen", ("Tilbakeføringskoordinator", "Kontaktbetjent", "Andre")),
    ("Friomsorgen", ("Kontaktperson", "Overgangsbolig")),
    ("Innsats Ung", ("Leder", "Ruskonsulent", "Andre")),
    ("NAV", ("Kommunal saksbehandler", "Statlig saksbehandler", "Andre")),
    ("Politi", ("Leder Forebyggende", "Politikontakt", "Andre")),
    ("Frivillige organisasjoner", ("Nettverk etter soning (RK)", "Wayback", "Andre")),
    ("Andre tjenester", ("Advokat", "Fastlege", "Skole (GVO)", "Arbeidsplass")),
    ("Familie/Nettverk", ("Mor", "Far", "Søsken", "Andre")),
)

# By phase: the partners the guide names, by role; "annet personell", "relevante avdelinger" and "mv." name nobody.
PARTNERS = {
    2: {"contact_officer", "reintegration_coordinator", "prison_social_worker", "nav_municipal", "nav_state",
        "nettverk_etter_soning", "wayback", "police_contact"},
    3: {"contact_officer", "reintegration_coordinator", "prison_social_worker", "nav_municipal", "nav_state",
        "nettverk_etter_soning", "wayback", "jussbuss", "police_contact"},
    4: {"nav_municipal", "nav_state", "gp", "dps", "substance_counsellor", "work_measures", "salto",
        "nettverk_etter_soning", "wayback", "jussbuss", "school_gvo", "school_svo", "ot"},
    5: {"nav_municipal", "nav_state", "nettverk_etter_soning", "wayback", "jussbuss", "substance_counsellor",
        "work_measures", "salto", "police_contact"},
}  # fmt: skip

# The network figure and the contact table of the procedure with Nav.
AROUND = (
    "Kontaktbetjent", "Rådgiver", "Miljøterapeut", "Tilbakeføringskoordinator", "Sosialkonsulent", "Fengselsjurist",
    "Fastlege", "Psykolog/psykiater", "Ruskonsulent", "Arbeidsplass", "Utleier", "Tiltaksleverandør", "Koordinator",
    "Mentor", "Behandler", "Advokat", "Lærer", "Eget nettverk", "Politikontakt", "Etterforsker", "Politijurist",
    "Statlig saksbehandler", "Kommunal saksbehandler", "Helseavklarer", "Tiltaksspesifikk saksbehandler",
    "Gjeldsrådgiver", "Leder i Nav", "Kontaktperson for EX/IN", "Karriereveileder", "Ungdomsteam", "KVP", "AAP",
)  # fmt: skip


def today(printed: str) -> str:
    """A cell as it is written today: Nav by its own rules, "BSN" the local office, and the guide's slips put right."""
    text = printed.rstrip(".").casefold().replace("nav bsn", "lokalt nav").replace(" - ", " – ")
    for slip, right in (
        ("end-tid", "endt tid"), ("2/3 løslatelse", "2/3-løslatelse"), ("bank-id", "bankid"), ("ut i fra", "ut ifra"),
        ("helse-avklarer", "helseavklarer"), ("deltaker miljøterapeut", "deltaker, miljøterapeut"),
        ("(m. fl)", "(m.fl.)"), ("(m. m)", "(m.m.)"),
    ):  # fmt: skip
        text = text.replace(slip, right)
    return text
