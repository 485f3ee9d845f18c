"""What the demo's people write: pieces of Norwegian case notes by where in the follow-up and by what they are about.

Names in braces are filled in from the participant's helpers: {kb} contact officer, {tk} reintegration coordinator,
{nav} caseworker at Nav, {adv} lawyer, {lege} doctor, {fri} probation officer, {far} a relative.
"""

# ruff: noqa: E501 - prose: a note is written on one line.

from __future__ import annotations

from typing import Final

BEFORE: Final = "before"
INSIDE: Final = "inside"
READY: Final = "ready"
OUT: Final = "out"
OWN: Final = "own"
LAST: Final = "last"
STAGE: Final = {1: BEFORE, 2: INSIDE, 3: READY, 4: OUT, 5: OWN, 6: LAST}

# First sentences, by stage and kind; those under "any" fit whatever was done. A second one from FOLLOWS is added often.
TELLS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    BEFORE: {
        "any": (
            "Snakket om planer etter soning. Ønsker seg bort fra det gamle miljøet og vil helst begynne på noe praktisk.",
            "Motivasjonen er tydelig i dag. Sier at «denne gangen må det bli annerledes».",
            "Ønsker svar på om vi kan følge til permisjoner. Forklarte hva vi kan og ikke kan.",
            "Lurer på hvem som får vite hva. Gikk gjennom samtykke og taushetsplikt en gang til.",
            "Bolig er det som haster. Bodde på sofaer før soning.",
        ),
        "talk": (
            "Uforpliktende prat på avdelingen. Nysgjerrig, men avventende. Vil tenke på det til neste gang.",
            "Snakket om familie og nettverk. Åpen om det som har vært vanskelig.",
            "Gikk gjennom samtykkene en gang til; vil snakke med {adv} før resten.",
            "Spurte hva vi kan og ikke kan. Forklarte det igjen: ingen løfter om jobb eller bolig.",
        ),
        "phone": (
            "{tk} tipset oss og mener dette kan passe. Avtalte å komme innom avdelingen.",
            "Ringte {kb}, som beskriver en rolig periode på avdelingen og jevnt oppmøte på skolen.",
            "Kort samtale for å avtale tid. Gleder seg, men er spent.",
        ),
        "note": (
            "Usikkert om seks måneder igjen holder; {tk} sjekker datoene.",
            "Drøftet i teamet: to kriterier er oppfylt, rus må vurderes sammen med avdelingen.",
            "{kb} minner om at søknad om overføring ligger inne. Det kan påvirke oppstart.",
        ),
        "meeting": (
            "Møte med {tk} og avdelingen om hvem som gjør hva hvis det blir deltakelse.",
            "Presenterte oss for {kb}. Avtalte faste dager for samtaler.",
        ),
    },
    INSIDE: {
        "any": (
            "BankID virker ikke etter at kodebrikken ble borte. Ny må hentes i banken med gyldig legitimasjon.",
            "Gjennomgang av gjeld: erstatning og noen inkassosaker. Ønsker oversikt før løslatelse.",
            "Snakket om rus. Nykter i fire måneder, trener hver dag. Prøvene har vært rene.",
            "Tannlegetime er endelig på plass. Har hatt vondt lenge uten å si fra.",
            "Psykologtime ved DPS må søkes om på nytt, henvisningen var blitt liggende.",
            "Sliter med søvnen etter bytte av celle. Vil snakke med helseavdelingen selv.",
            "Snakket om barna. Vil gjerne ha ukentlig samtale på video, {kb} undersøker tidene.",
            "Skolen går greit, matematikken er tung. {kb} hjelper til med et roligere sted å lese.",
            "Litt lavt i dag. Har hatt en dårlig uke etter avslag på permisjon.",
            "Hørte om sveisekurset. Søknadsfristen er snart, gikk gjennom hva som må med.",
        ),
        "visit_mapping": (
            "Kartla ønsker: egen bolig, førerkort, mer kontakt med barna. Egne ord er skrevet inn som mål.",
            "Tegnet nettverkskart. Færre navn enn ventet, men {far} står i midten.",
            "Gikk gjennom livsområdene ett for ett. Fritid er det som gir mest energi.",
        ),
        "visit_progress": (
            "Gikk gjennom hva som er gjort siden sist: søknad sendt, legitimasjon mangler, skole i rute.",
            "Status på begge sider av bordet. Vi skyldte et svar om bostøtte, det er gitt nå.",
            "Fikk beskjed om mulig overføring til lavere sikkerhet. Spent, men redd for å miste arbeidsplassen.",
            "Fylte ut søknaden om fagopplæring sammen. Deltakeren leste høyt, vi skrev.",
        ),
        "visit_relationship": (
            "Spilte kort og snakket om fotball og mat. Ingen saker i dag, og det var meningen.",
            "Snakket om musikk og hybelliv i gamle dager, lo mye. Viktig besøk for relasjonen.",
            "Leser mye for tiden. Ønsker seg bøker på somali; biblioteket i fengselet skaffer.",
            "Lagde pannekaker på besøkskjøkkenet. Oppskriften er {far} sin.",
        ),
        "phone": (
            "Ringte avdelingen. God stemning, har fått fast jobb på verkstedet.",
            "Ringte for å bekrefte besøket på torsdag. Ønsker at vi tar med skjemaet.",
            "Ble oppringt: søker om permisjon til begravelse, {adv} hjelper med begrunnelsen.",
        ),
        "leave": (
            "Permisjonen gikk fint. Møtte {far} på kafé, tilbake i god tid.",
            "Kjørte til og fra. Stille på vei ut, pratsom på vei hjem.",
            "Dagspermisjon: handlet sko, spiste kebab, besøkte grava til bestemor.",
        ),
        "escorted_leave": (
            "Fremstilling til Nav for å ordne legitimasjon. To betjenter var med, alt gikk rolig for seg.",
            "Fremstilling til tannlege. Ventet en time, god tid til å snakke.",
            "Fremstilling til banken: konto er åpnet, kodebrikke kommer i posten.",
        ),
        "meeting": (
            "Møte i fengselet om bostøtte, fullmakt og hvilket kontor som har saken.",
            "Møte om fremtidsplan. {tk} skriver referat og sender samtykket videre.",
        ),
        "support_team": (
            "Ansvarsgruppe: enige om mål og om hvem som ringer hvem. Deltakeren ledet siste halvdel selv.",
            "Ansvarsgruppe med kort møte: skole i rute, helse uavklart, bolig på vent.",
        ),
        "note": (
            "Overføring er varslet, men ikke datofestet. {tk} holder oss orientert.",
            "{nav} bekrefter at fullmakten er registrert.",
            "Drøftet i ukemøtet: fortsett i samme tempo, ta opp gjeld når relasjonen er klar.",
        ),
    },
    READY: {
        "any": (
            "Gikk gjennom hva som mangler før løslatelse: legitimasjon, bank, bolig og fastlege.",
            "Snakket om første døgn ute: hvem henter, hva er i kjøleskapet, hvem ringer vi hvis det butter.",
            "BankID i orden! Logget inn på nettbank for første gang på tre år.",
            "Prøveløslatelsen er nær. Gledestårer, og så stille. Nå må resten på plass.",
            "Snakket om overdosefare de første ukene. Tok imot nesespray med nalokson og opplæring.",
            "Bekymret for hvem som står utenfor porten. Laget plan B.",
        ),
        "visit_progress": (
            "Krysset av sammen på listen: seks punkter igjen, to av dem er våre.",
            "Boligsøknaden manglet et vedlegg. Skrev under på nytt, vi leverer den i dag.",
            "Leste vilkårene høyt. Oppmøte, bosted, ingen kontakt med medtiltalte.",
        ),
        "visit_relationship": (
            "Ingen lister i dag. Snakket om hva som blir den første middagen.",
            "Spilte sjakk og tapte. Nervene sitter utenpå nå, godt med noe annet.",
        ),
        "phone": (
            "Ringte DPS: første time kan bli ti dager etter løslatelse. Ber om noe tidligere.",
            "{nav} bekrefter at søknaden om økonomisk sosialhjelp er mottatt og ligger til behandling.",
            "Gjeldsrådgiver er bestilt. Får hjelp til å stanse trekk den første tiden.",
            "{kb} melder om uro på avdelingen. Deltakeren holder seg unna og teller dager.",
            "Avtalte henting ved porten og hvor frokosten skal inntas.",
        ),
        "leave": (
            "Permisjon for å se på leiligheten. Målte opp til seng og gardiner.",
            "Visning på kommunal bolig. Liten, men lys. Ønsker å takke ja.",
            "Øvde på reiseveien til arbeidstreningen. Tok feil buss én gang, fant frem selv.",
        ),
        "talk": (
            "Snakket i gangen etter møtet. Mer redd for friheten enn for å bli.",
            "Lang samtale om å si nei til gamle kjente uten å miste ansikt.",
        ),
        "meeting": (
            "Møte om vilkår: oppmøte hver uke, rusfrie møter. {fri} var tydelig og vennlig.",
            "Nav-møte: tiltak fra uke to, livsopphold fra dag én hvis papirene holder.",
            "Møte med boligkontoret. Tilbudet gjelder i ti dager.",
        ),
        "support_team": (
            "Ansvarsgruppe: alle vet hvem som gjør hva, men bolig er fortsatt ikke avklart.",
            "Siste ansvarsgruppe før løslatelse. Gikk gjennom dag for dag de to første ukene.",
        ),
        "note": (
            "Tjenestemelding er sendt lokalt Nav-kontor. {nav} blir kontaktperson.",
            "Fastlege er byttet til {lege}, time uken etter løslatelse.",
            "Sjekket en gang til: konto, kodebrikke, førstegangstime. To av tre stemmer.",
        ),
        "message": ("{kb} sender melding om at papirene er signert.",),
    },
    OUT: {
        "any": (
            "Gamle kjente ringer stadig. Vil bytte nummer, gjorde det sammen.",
            "Utbetalingen fra Nav kom ikke. Ringte vakttelefonen og fikk nødhjelp samme dag.",
            "Arbeidstrening starter mandag. Nervøs for å sove over seg.",
            "Snakket om fest i helgen. Har en plan for hvem som kan ringes hvis det frister.",
            "Strømmen var stengt. Ringte leverandøren og fikk betalingsutsettelse.",
            "Mistet timen på DPS, kartet på telefonen sviktet. Ny time er avtalt, vi kjører.",
        ),
        "phone": (
            "Ringte om kvelden: stille i leiligheten. Snakket til det ble lettere.",
            "Morgentelefon før oppmøtet. Våken, påkledd og på vei.",
            "Ringte fra køen på Nav og spurte hva som skal stå på linje fire.",
            "Politikontakten har ringt for å høre hvordan det går. Det opplevdes greit.",
        ),
        "talk": (
            "Kjøpte mat og busskort. Fryseren er full for første gang.",
            "Handlet møbler på gjenbruk. Sofa, bord og to lamper for 900 kroner.",
            "Middag hos {far}. Første gang på lenge at alle satt ved samme bord.",
            "Ruskonsulenten ble med hjem på kaffe. God kjemi.",
            "Gikk tur og så over avtaleboka. For mange kryss samme dag, flyttet to.",
        ),
        "meeting": (
            "Fikk innvilget nødhjelp til livsopphold, depositum ligger til behandling hos {nav}.",
            "Oppmøte hos {fri}. Kom i tide, vilkårene er forstått.",
            "Fulgte til {lege}. Ny resept og henvisning.",
            "Voksenopplæringen har plass fra januar. Søknaden ble levert på papir, siden innloggingen feilet.",
        ),
        "support_team": (
            "Nav, friomsorgen og DPS til stede. Enige om at bolig holder, økonomi er skjør.",
            "Ansvarsgruppe hjemme hos deltakeren, som hadde bakt. Møtet gikk på en halvtime.",
        ),
        "note": (
            "{nav} er borte denne uken; vikar er orientert med samtykke.",
            "Kontrollerte at depositumet er utbetalt. Det er det.",
            "Ryddet i avtalene: tre møter er slått sammen til ett.",
        ),
    },
    OWN: {
        "any": (
            "Gjeldsordningen er i gang. Betaler det avtalte hver måned.",
            "Har begynt i fotballag på onsdager. Treneren vet ikke om fortiden, og det er godt.",
            "En dårlig helg. Sa fra selv dagen etter, og timen hos {lege} er fremskyndet.",
            "Tok selv kontakt med {nav} om ny søknad. Vi trengte ikke gjøre noe.",
            "Nettverk etter soning har invitert til hyttetur. Har meldt seg på.",
        ),
        "phone": (
            "Ringte for å fortelle om fast plass på lageret. Stolt.",
            "Ringte og spurte om råd om husleie. Hadde egentlig svaret selv.",
            "Spør om vi kan bli med på møtet i barnevernet. Vil ellers styre selv.",
        ),
        "talk": (
            "Kaffe på stamstedet. Snakket om ferie, kjæreste og ingenting.",
            "Mestringssamtale: fra å bli kjørt til alt, til å ordne billetter til hele gjengen.",
            "Lurer på hva som skjer når vi slutter å ringe. Snakket om at døra står åpen.",
            "Oppdateringssamtale. Bolig, jobb og helse i orden. Ønsker sjeldnere møter.",
        ),
        "meeting": (
            "Deltakeren kalte inn til møtet selv og satte dagsorden. Vi satt nederst ved bordet.",
            "Møte om overgang fra tiltak til ordinær stilling. {nav} følger opp lønnstilskuddet.",
        ),
        "note": (
            "Drøftet: selvstendighet eller tilbaketrekning? Enige om å ringe oftere i tre uker.",
            "{fri} melder at prøvetiden går mot slutten uten anmerkning.",
        ),
    },
    LAST: {
        "any": (
            "Så tilbake på det som har gått bra, og på det som var tungt.",
            "Ønsker å bli spurt igjen om et halvt år. Skrev det i boka.",
            "Snakket om hvem som er der når vi ikke er det: {far}, {lege} og laget.",
        ),
        "talk": (
            "Avsluttende samtale. Spiste god lunsj og takket for følget.",
            "Gave til ny leilighet: kaffetrakter. Smilte bredt.",
        ),
        "phone": (
            "Ringte for å avtale siste møte. Går greit, «men det er rart».",
            "{nav} ble bedt om å høre om kontakt er ønsket.",
        ),
        "note": (
            "Orientert samarbeidspartnere om utfasing. Samtykkene gjelder ikke lenger.",
            "Klargjort for avslutning. Ingen åpne avtaler igjen.",
        ),
        "message": ("Sendte melding om at vi avslutter oppfølgingen, og at døra står åpen.",),
    },
}


def tells(phase: int, kind: str) -> tuple[str, ...]:
    """The first sentences that fit a kind of entry in a phase."""
    stage = TELLS[STAGE[phase]]
    return stage.get(kind, ()) * 2 + stage["any"]


FOLLOWS: Final = (
    "Avtalte ny kontakt neste uke.",
    "{nav} gir beskjed når det er avgjort.",
    "Følger opp med {kb}.",
    "Ringer {adv} i morgen.",
    "Deltakeren tar selv neste steg.",
    "Venter på svar; purrer hvis det drøyer.",
    "Gikk en tur etterpå, det løsnet.",
    "Virket sliten, men i godt humør.",
    "Ønsker at vi ikke tar det opp med familien ennå.",
    "Husk legitimasjon neste gang.",
    "Ble enige om at dette er deltakerens mål, ikke vårt.",
    "Noterte tre ting som skal være gjort til fredag.",
    "Snakket også om musikk.",
    "Må sjekkes en gang til før vi stoler på det.",
    "{far} er orientert, etter ønske.",
    "Kjøpte med lunsj.",
    "Skrev det ned med egne ord.",
    "Tar det opp igjen om en måned.",
    "Informerte {tk}.",
    "Takknemlig for at noen spør.",
    "Har sovet dårlig.",
    "Ingen tegn til rus.",
    "Litt urolig for økonomien.",
    "Tok det overraskende fint.",
    "Ba om å få bestemme tempoet selv.",
)

MESSAGES: Final = (
    "SMS: «Hei! Står avtalen i morgen?» – «Ja, kommer.»",
    "Svarte med tommel opp på påminnelsen om Nav-møtet.",
    "Skrev at bussen er forsinket, kom et kvarter for sent.",
    "Sendte lenke til skjemaet, fikk «takk, fikser».",
    "Ønsket god helg. Svarte med et bilde av middagen.",
    "Spurte hvordan timen gikk. «Helt ok. Ringer deg mandag.»",
    "«Har fått nøkkel!!» Svarte med gratulasjon.",
    "Påminnelse om oppmøte sendt, bekreftet etter ti minutter.",
    "Spør om vi kan flytte til torsdag. Det går fint.",
)

ATTEMPTS: Final = {
    "phone": (
        "Ringte, ikke svar.",
        "Ringte to ganger, rett til telefonsvarer.",
        "Telefonen er slått av.",
        "Ringte {far}, som heller ikke har hørt noe.",
        "Prøvde igjen på kvelden. Ikke svar.",
        "Ringte avtalt tid, ikke svar. Prøver i morgen.",
    ),
    "message": (
        "Sendte melding, ikke svar ennå.",
        "Møtte ikke til avtalen. Sendte melding om ny tid.",
        "Meldingen er levert, men ikke besvart.",
        "Skrev at vi gjerne hører fra deg, når det passer.",
    ),
}

EVENTS_INSIDE: Final = (
    "Overført til ny avdeling.",
    "Bestemoren døde. Permisjon er søkt om.",
    "Rapport på avdelingen etter krangel, uten reaksjon.",
    "Bestått eksamen i norsk.",
    "Innlagt til observasjon, tilbake dagen etter.",
)
EVENTS_OUT: Final = (
    "Innbrudd i boden, politiet er varslet.",
    "Bot for kjøring uten førerkort. Fortalte det selv.",
    "Fikk nøkler til leiligheten.",
    "Innlagt til observasjon, utskrevet dagen etter.",
    "Signerte arbeidsavtale.",
    "Fikk en nevø i natt. Vil ta med blomster.",
)

TOPICS: Final = (
    "Forholdet til far, når det passer",
    "Gjeld til gamle kjente",
    "Samvær med barna",
    "Hvorfor DPS ble avbrutt sist",
    "Vil fortelle om oppveksten en gang",
    "Navneendring",
    "Spilling på nett",
    "Tatoveringen i ansiktet og jobbsøking",
    "Kontakten med eksen",
    "Hva dommen betyr for oppholdstillatelsen",
    "Førerkort: hva skal til",
    "Medisinene, og hvorfor de ikke tas",
)

LONG: Final = (
    "Bolig: Vi gikk gjennom alt som har skjedd siden søknaden ble sendt. Den kommunale boligen ble avslått fordi inntekten ikke var dokumentert, og det "
    "var igjen fordi utbetalingen gikk til feil konto. {nav} ser på saken på nytt. I mellomtiden er midlertidig bolig forlenget, men bare en uke av "
    "gangen, og det sliter på. Deltakeren vil helst bo alene, i en annen bydel enn før, med kort vei til trening.",
    "Økonomi: Samlet oversikt viser fire inkassosaker, erstatning til Statens innkrevingssentral og en gammel mobilregning. Trekket er for høyt til at det "
    "går rundt. Vi skrev brev sammen og ba om nedsatt trekk i seks måneder. Gjeldsrådgiver kan møte om tre uker. Deltakeren tok selv ansvar for å samle "
    "brevene som har ligget uåpnet.",
    "Helse: Søvnen er dårlig og det har vært flere netter uten. {lege} vil ikke øke dosen før det er tatt nye prøver. DPS har satt av en time til "
    "vurdering, og vi blir med inn hvis det er ønsket. Snakket lenge om at det er lov å si at man ikke orker.",
    "Skole og arbeid: Vil ta opp igjen fagbrev. Praksis fra verkstedet kan godkjennes hvis timene er ført, og det har {kb} lovet å finne ut av. Rådgiver på "
    "voksenopplæringen mener det er realistisk å være ferdig på halvannet år. Deltakeren sa: «Jeg har aldri gjort noe ferdig før.»",
    "Familie: {far} har sagt ja til å komme på besøk, for første gang på to år. Vi snakket om hva som bør sies og hva som kan vente. Barnas mor ønsker at "
    "kontakten går skriftlig en stund til. Deltakeren er lei seg for det, men forstår.",
    "Rus: Åpen om at det har vært et par sprekker i permisjon. Vil ikke at det skal skjules, men er redd for hva {fri} gjør med det. Vi ble enige om at "
    "det er bedre å fortelle selv. Laget en plan for helgene fremover med navn på tre som kan ringes.",
    "Fritid: Fikk prøvetime på klatresenteret gjennom ordningen for utstyr. Det er lenge siden vi har sett så mye glede. Treneren spurte ikke om noe annet enn "
    "skostørrelse. Neste gang går vi i gruppe.",
    "Vilkår: Gikk gjennom vedtaket linje for linje. Oppmøte hver uke den første tiden, rusfrie møter, ingen kontakt med to navngitte. Det siste er vanskelig, "
    "siden den ene bor i samme oppgang som {far}. {adv} tar det opp med friomsorgen.",
    "Avtaler til neste gang: 1) kopi av legitimasjon til {nav}, 2) ringe {lege} om prøvesvar, 3) avklare hvem som henter posten, 4) sende bekreftelse "
    "på skoleplass. Deltakeren tar punkt to og fire, vi tar resten.",
)
