"""What the demo's people write: pieces of Norwegian case notes by where in the follow-up and by what they are about.

Names in braces are filled in from the participant's helpers: {kb} contact officer, {tk} reintegration coordinator,
{nav} caseworker at NAV, {adv} lawyer, {lege} doctor, {fri} probation officer, {far} a relative.
"""

from __future__ import annotations

from typing import Final

BEFORE: Final = "before"
INSIDE: Final = "inside"
READY: Final = "ready"
OUT: Final = "out"
OWN: Final = "own"
LAST: Final = "last"
STAGE: Final = {1: BEFORE, 2: INSIDE, 3: READY, 4: OUT, 5: OWN, 6: LAST}

# By stage, first sentences; a second one from FOLLOWS is added about every other time.
TELLS: Final[dict[str, tuple[str, ...]]] = {
    BEFORE: (
        "Informasjonssamtale. Gikk gjennom hva EX/IN er og ikke er: frivillig, ingen betingelse for prøveløslatelse, ingen løfte om jobb eller bolig.",
        "Snakket om planer etter soning. Ønsker seg bort fra det gamle miljøet og vil helst begynne på noe praktisk.",
        "Første samtale. Nysgjerrig, men avventende. Vil tenke på det til neste gang.",
        "{tk} tipset oss og mener dette kan passe. Avtalte å komme innom avdelingen.",
        "Andre samtale: familie, nettverk og rus. Åpen om det som har vært vanskelig.",
        "Gikk gjennom samtykkene. Signerte for kriminalomsorgen og NAV, vil snakke med {adv} før resten.",
        "Usikker på om seks måneder igjen holder; {tk} sjekker datoene.",
        "Motivasjonen er tydelig i dag. Sier at «denne gangen må det bli annerledes».",
        "Avklaringssamtale nærmer seg. Ønsker svar på om vi kan følge til permisjoner.",
        "Snakket med {kb}, som beskriver en rolig periode på avdelingen og god oppmøteprosent på skolen.",
    ),
    INSIDE: (
        "Fremdriftsbesøk. Skolen går greit, matematikken er tung. {kb} hjelper til med å få roligere plass å lese.",
        "Relasjonsbesøk. Spilte kort og snakket om fotball og mat. Ingen saker i dag, og det var meningen.",
        "Kartla ønsker: egen bolig, førerkort, mer kontakt med barna. Egne ord er skrevet inn som mål.",
        "BankID virker ikke etter at kodebrikken ble borte. Ny må hentes i banken med gyldig legitimasjon.",
        "Fikk beskjed fra {kb} om mulig overføring til lavere sikkerhet. Spent, men litt redd for å miste arbeidsplassen.",
        "Ringte avdelingen. God stemning, har fått fast jobb på verkstedet.",
        "Gjennomgang av gjeld: rundt 180 000 i erstatning og noen inkassosaker. Ønsker oversikt før løslatelse.",
        "Snakket om rus. Nykter i fire måneder, trener hver dag. Urinprøvene har vært rene.",
        "Tannlegetime er endelig på plass. Har hatt vondt lenge uten å si fra.",
        "Permisjonen gikk fint. Møtte {far} på kafé, tilbake i god tid.",
        "Fremstilling til NAV for å ordne legitimasjon. To betjenter var med, alt gikk rolig for seg.",
        "Søker om permisjon til begravelse; {adv} hjelper med begrunnelsen.",
        "Sliter med søvnen etter bytte av celle. Vil snakke med helseavdelingen selv.",
        "Psykologtime ved DPS må søkes om på nytt, henvisningen var blitt liggende.",
        "Hørte om sveisekurset. Søknadsfristen er snart, fylte ut søknaden sammen.",
        "Leser mye for tiden. Ønsker seg bøker på somali; biblioteket i fengselet skaffer.",
        "Snakket om barna. Vil gjerne ha ukentlig samtale på video, {kb} undersøker tidene.",
        "Møte med {nav} i fengselet: bostøtte, fullmakt og hvilket kontor som har saken.",
        "Gaming og hybelliv i gamle dager: lo mye i dag. Viktig besøk for relasjonen.",
        "Litt kort i telefonen. Har hatt en dårlig uke etter avslag på permisjon.",
    ),
    READY: (
        "Gikk gjennom hva som mangler før løslatelse: legitimasjon, bank, bolig og fastlege.",
        "Visning på kommunal bolig. Liten, men lys. Ønsker å takke ja.",
        "{nav} bekrefter at søknaden om økonomisk sosialhjelp er mottatt og ligger til behandling.",
        "Boligsøknaden er sendt på nytt, det manglet et vedlegg. Purrer om en uke.",
        "Samtale om første døgn ute: hvem henter, hva er i kjøleskapet, hvem ringer vi hvis det butter.",
        "Møte med {fri} om vilkår: oppmøte, bosted og ingen kontakt med medtiltalte.",
        "Tjenestemelding er sendt lokalt NAV-kontor. {nav} blir kontaktperson.",
        "Permisjon for å se på leiligheten. Målte opp til seng og gardiner.",
        "BankID i orden! Logget inn på nettbank for første gang på tre år.",
        "Ringte DPS: første time kan bli ti dager etter løslatelse. Ber om noe tidligere.",
        "Gjeldsrådgiver er bestilt. Får hjelp til å stanse trekk den første tiden.",
        "{kb} melder om uro på avdelingen. Deltakeren holder seg unna og teller dager.",
        "Prøveløslatelse innvilget. Gledestårer i telefonen. Nå må resten på plass.",
        "Ansvarsgruppe: alle vet hvem som gjør hva, men bolig er fortsatt ikke avklart.",
        "Snakket om overdosefare de første ukene. Tok imot nalokson nesespray og opplæring.",
        "Fastlege er byttet til {lege}, time neste uke etter løslatelse.",
    ),
    OUT: (
        "Hentet ved porten. Kjøpte frokost, mat og busskort. Første natt i egen seng.",
        "NAV-møte. Fikk innvilget nødhjelp til livsopphold, depositum til behandling hos {nav}.",
        "Ringte om kvelden: stille i leiligheten. Snakket til det ble lettere.",
        "Første oppmøte hos {fri}. Kom i tide, vilkårene er forstått.",
        "Fulgte til {lege}. Fikk ny resept og henvisning.",
        "Strømmen var stengt. Ringte leverandøren sammen og fikk betalingsutsettelse.",
        "Mistet timen på DPS, kart på telefonen sviktet. Ny time er avtalt, vi kjører.",
        "Handlet møbler på gjenbruk. Sofa, bord og to lamper for 900 kroner.",
        "Gamle kjente ringer stadig. Vil bytte nummer, gjorde det sammen.",
        "Ruskonsulenten ble med hjem på kaffe. God kjemi.",
        "Arbeidstrening starter mandag. Nervøs for å sove over seg.",
        "Politikontakten ringte for å høre hvordan det går. Det opplevdes greit.",
        "Utbetalingen fra NAV kom ikke. Ringte vakttelefonen og fikk nødhjelp samme dag.",
        "Snakket om fest i helgen. Har en plan for hvem som kan ringes hvis det frister.",
        "Voksenopplæringen har plass fra januar. Søknaden ble levert på papir, siden innloggingen feilet.",
        "Ansvarsgruppemøte. NAV, friomsorgen og DPS til stede. Enige om at bolig holder, økonomi er skjør.",
        "Middag hos {far}. Første gang på lenge at hele familien satt ved samme bord.",
    ),
    OWN: (
        "Ringte for å fortelle om fast plass på lageret. Stolt.",
        "Kaffe på stamstedet. Snakket om ferie, kjæreste og ingenting.",
        "Tok selv kontakt med {nav} om ny søknad. Vi trengte ikke gjøre noe.",
        "Gjeldsordningen er i gang. Betaler det avtalte hver måned.",
        "Har begynt i fotballag på onsdager. Treneren vet ikke om fortiden, og det er godt.",
        "Oppdateringssamtale. Bolig, jobb og helse i orden. Ønsker sjeldnere møter.",
        "En dårlig helg. Sa fra selv dagen etter, og timen hos {lege} er fremskyndet.",
        "Mestringssamtale: fra å bli kjørt til alt, til å ordne billetter til hele gjengen.",
        "Sendte bilde av karakterkortet. Bestått i alle fag!",
        "Spør om vi kan bli med på møtet på barnevernet. Vil ellers styre selv.",
        "Lurer på hva som skjer når vi slutter å ringe. Snakket om at døra står åpen.",
        "Nettverk etter soning har invitert til hyttetur. Har meldt seg på.",
    ),
    LAST: (
        "Avsluttende samtale. Så tilbake på det som har gått bra, og på det som var tungt.",
        "Sendte melding om at vi avslutter oppfølgingen, og at døra står åpen.",
        "Takket for følget. Ønsker å bli spurt igjen om et halvt år.",
        "Orientert samarbeidspartnere om utfasing. Samtykkene gjelder ikke lenger.",
        "Snakket om hvem som er der når vi ikke er det: {far}, {lege} og laget.",
        "Har ikke hørt noe på en stund. {nav} ble bedt om å høre om kontakt er ønsket.",
        "Gave til ny leilighet: kaffetrakter. Smilte bredt.",
    ),
}

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
    "Ingen tegn til rus.",
    "Litt urolig for økonomien.",
    "Tok det overraskende fint.",
    "Ba om å få bestemme tempoet selv.",
)

MESSAGES: Final = (
    "SMS: «Hei! Står avtalen i morgen?» – «Ja, kommer.»",
    "Svarte med tommel opp på påminnelsen om NAV-møtet.",
    "Skrev at bussen er forsinket, kom et kvarter for sent.",
    "Sendte lenke til skjemaet, fikk «takk, fikser».",
    "Ønsket god helg. Svarte med et bilde av middagen.",
    "Spurte hvordan timen gikk. «Helt ok. Ringer deg mandag.»",
    "«Har fått nøkkel!!» Svarte med gratulasjon.",
    "Påminnelse om oppmøte sendt, bekreftet etter ti minutter.",
    "Spør om vi kan flytte til torsdag. Det går fint.",
)

ATTEMPTS: Final = (
    "Ringte, ikke svar.",
    "Ringte to ganger, rett til telefonsvarer.",
    "Sendte SMS, ikke svar ennå.",
    "Telefonen er slått av.",
    "Møtte ikke til avtalen. La igjen beskjed.",
    "Ringte {far}, som heller ikke har hørt noe.",
    "Banket på, ingen hjemme. La lapp i postkassa.",
    "Prøvde igjen på kvelden. Ingen svar.",
)

EVENTS: Final = (
    "Overført til ny avdeling.",
    "Innbrudd i boden, politiet er varslet.",
    "Bot for kjøring uten førerkort. Fortalte det selv.",
    "Fikk nøkler til leiligheten.",
    "Innlagt til observasjon, utskrevet dagen etter.",
    "Bestemoren døde. Permisjon er søkt om.",
    "Rapport på avdelingen etter krangel, uten reaksjon.",
    "Signerte arbeidsavtale.",
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
