"""What the demo's people say in phase reviews, talks and meetings, and when somebody leaves; none of it of anybody."""

from __future__ import annotations

from typing import Final

# By prompt: the three headings and the participant's own view, which every review asks.
ANSWERS: Final[dict[str, tuple[str, ...]]] = {
    "room": (
        "Søsteren stiller opp, og kontaktbetjenten kjenner saken godt. Plassen på verkstedet kan holdes en måned til.",
        "God tid til å bli kjent. Permisjonene har gått fint, og deltakeren tar selv kontakt.",
        "Nav har pekt ut én veileder. Vi kan kjøre til de første møtene.",
        "Leiligheten er muntlig lovet. Fotballaget tar imot når som helst.",
        "Deltakeren ordner mer selv nå. Vi kan vente på at telefonen kommer fra den andre siden.",
    ),
    "limits": (
        "Vi kan ikke love bolig. Depositum er ikke avklart, og svaret kan ta uker.",
        "Gjeld til inkasso begrenser alt annet. Ingen avtale ennå.",
        "Gamle kjente i området. Avtaler legges et annet sted.",
        "Kort tid til løslatelse, og to instanser har ikke svart.",
        "Fastlegen er i permisjon; vikaren kjenner ikke saken.",
    ),
    "specific": (
        "Leser dårlig når det er mye tekst. Gå gjennom brev muntlig.",
        "Vil ikke at moren skal vite om datoen før den er sikker.",
        "Trenger pauser; korte møter og én sak om gangen.",
        "Samvær med barna avklares med barnevernet før løslatelse.",
        "Blir stille når det går dårlig. Stillhet er et varsel, ikke et godt tegn.",
    ),
    "own_view": (
        "«Jeg er lei av å vente. Si hva jeg kan gjøre selv.» Snakket om det på siste besøk.",
        "«Det går bedre enn jeg trodde.» Vil ha færre møter og flere meldinger.",
        "«Først en dør å låse, så jobb.» Sagt i bilen etter visningen.",
        "Vil prøve. Redd for den første helgen og sier det rett ut.",
        "Ønsker at vi holder kontakten også når alt er i orden.",
    ),
}
# For the prompts of one transition: short, since the headings say the most.
FURTHER: Final = (
    "Gjennomgått; ingenting nytt siden forrige uke.",
    "Avklart med kontaktpersonen. Vi følger opp på mandag.",
    "Ikke på plass ennå. Ansvarlig ringer.",
    "Deltakeren ordner dette selv og sier fra.",
    "Begge sider er enige. Skrevet ned sammen.",
)
WHY: Final = (
    "Datoen er fastsatt. Samtykket hentes på neste besøk.",
    "Vi kan ikke vente på svaret; det følges opp ukentlig.",
)
NOTES: Final = (
    "Nav bekreftet i dag at saken er overført til riktig kontor.",
    "Deltakeren ringte og vil ha med broren på neste møte.",
)
TASKS: Final = (
    "Ringe friomsorgen om første oppmøte",
    "Hente samtykke til fastlegen",
    "Gå gjennom budsjettet sammen",
    "Avtale visning av leilighet",
)

REFERRED_BY: Final = (
    "Friomsorgen",
    "Innsats Ung",
    "Sosialkonsulenten i fengselet",
    "Nav i fengsel",
    "Tok kontakt selv",
)
REFERRAL: Final = (
    "Ung mann uten nettverk i bydelen. Ønsker hjelp til jobb.",
    "Kjenner tilbudet fra en annen innsatt og vil vite mer.",
    "Flyttes nærmere hjemstedet til våren; motivert etter siste permisjon.",
)
TALKS: Final = (
    "Fortalt hva EX/IN er, og at ingenting loves. Vil tenke til neste uke.",
    "Snakket om planer: fagbrev, egen bolig, mindre uro rundt seg.",
    "Fortalte om familien og om tiden før dommen. Åpen om rus.",
    "Begge sier ja. Samtykkene gås gjennom på neste besøk.",
)
JUDGED: Final = (
    "Regnet ut fra datoene.",
    "Ikke noe alvorlig slik vi kjenner det nå; avtalt å ta det opp igjen.",
    "Følges opp av lege i fengselet.",
    "Vil noe annet enn før, og sier hva.",
)
NO_BASIS: Final = "Ønsket bare hjelp med Nav. Grunnene er forklart i samtale."

LEFT: Final[dict[str, str]] = {
    "independence": "Klarer seg selv: bolig, jobb og fastlege på plass. Avsluttende samtale holdt; kan alltid ringe.",
    "drop_out": "Ikke nådd etter gjentatte forsøk. Melding sendt om at oppfølgingen avsluttes og at døra er åpen.",
    "no_basis": "Ønsket bare hjelp med Nav, og ble vist videre dit.",
}
MESSAGE: Final = "SMS og brev til siste kjente adresse"
CAME_BACK: Final = "Ringte selv etter en tung vinter. Samme mål som før, ny adresse."
TOLD: Final = ("Telefon", "E-post", "På møte")

HAND_OVER: Final = (
    "Liker å bli ringt før klokken ti. Neste store sak er boligen.",
    "Vi har hatt fast tirsdag. Si fra tidlig hvis den må flyttes.",
    "Broren er den beste inngangen hvis det blir stille.",
)
AWAY: Final = ("Ferie", "Foreldrepermisjon, deltid", "Kurs i Trondheim", "Syk")

# By kind of meeting: notes, decisions, tasks about somebody.
SAID: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "daily": {
        "note": (
            "Møter på Nav klokken tolv; trenger følge.",
            "Ringte i går kveld, helgen gikk greit.",
            "Ikke svart på to meldinger. Prøver igjen etter lunsj.",
            "Har fått nøklene. Flytter i ettermiddag.",
        ),
        "task": ("Kjøre til visning", "Ringe kontaktbetjenten", "Sende melding om timen i morgen"),
    },
    "weekly": {
        "note": (
            "Kontakten er tettere enn fasen krever, og det trengs.",
            "Vi snakker mye om instanser og lite om hva deltakeren vil.",
            "Hjelperne vet ikke om hverandre; listen må oppdateres.",
        ),
        "decision": (
            "Ansvarsgruppe innkalles før jul.",
            "Medansvarlig blir med på neste besøk.",
            "Vi venter med jobbsøking til boligen er avklart.",
            "Tema om gjeld tas opp når relasjonen tåler det.",
        ),
        "task": ("Innkalle til ansvarsgruppe", "Be om møte med Nav-veileder", "Oppdatere samtykkene"),
    },
    "support": {
        "note": (
            "Alle instansene fortalte kort hva de gjør nå. Deltakeren styrte rekkefølgen.",
            "Nav: vedtaket kommer innen to uker.",
        ),
        "decision": ("EX/IN koordinerer. Ett felles referat, sendt etter samtykke.", "Neste møte om seks uker."),
    },
}
GUESTS: Final = ("Berit Liksom, Nav", "Tor Påfunn, friomsorgen", "Anne Eksempel, TK")
NEEDS: Final = (
    "Bilen er opptatt til klokken tolv.",
    "Noen må dekke vakttelefonen fra tre.",
    "Møterom 2 er nede; vi bruker biblioteket.",
)
TEAM: Final[dict[str, tuple[str, ...]]] = {
    "weekly": ("Metode: tema parkeres for ofte uten at noen tar dem opp. Vi ser på listen hver uke.",),
    "monthly": (
        "Tre løslatelser de neste to månedene. Kalenderen holdes åpen de ukene.",
        "Ventetiden på kommunal bolig er for lang; leder tar det opp.",
        "Vi er over grensen for en av oss. Neste kandidat går til en annen.",
    ),
}
PARKED: Final[dict[str, tuple[str, ...]]] = {
    "weekly": (
        "Hvor tett er tett nok når deltakeren sier nei takk?",
        "Rolle på visning: venn, støtte eller instans?",
        "Hvem eier avtalen når tre instanser møter?",
    ),
    "monthly": ("Trenger vi en rutine for helger rundt løslatelse?",),
}
