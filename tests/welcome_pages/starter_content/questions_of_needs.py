"""What the evaluation of the first project found that people needed, asked in their own words, and the pages that answer.

One row per need of docs/review/needs.md that a page answers. The words come from the need and not from the title of a page.
A page is named by the last part of its address; `aktiviteter` stands for every activity of the calendar.
"""

from typing import NamedTuple


class Need(NamedTuple):
    """One need, the pages that answer it, and the question in Danish and in one other language."""

    number: str
    answers: str
    danish: str
    language: str
    other: str


COMPANY = "virksomheder arbejdsgiver-tjekliste regler papirer mentor kommunikation kontrakt dansk bolig integration "
HIRES = "tjekliste-eu tjekliste-tilladelse tjekliste-graensependler "

NEEDS = [
    Need(
        "A1",
        "ankomst plan cpr-nummer hvilke-regler eu-opholdsdokument",
        "jeg er lige flyttet hertil, hvad skal jeg gøre den første uge",
        "pl",
        "właśnie przyjechałem, co muszę zrobić w pierwszym tygodniu",
    ),
    Need("A2", "om", "hvem holder siderne opdateret", "en", "who checks that this information is still true"),
    Need(
        "A3",
        "saadan-virker-skat skattekort sundhedskort-og-laege laegevagt-og-sygehus akut-hjaelp sundhed",
        "hvordan virker det, når jeg skal til læge eller på hospitalet",
        "pl",
        "jak działa podatek w Danii",
    ),
    Need(
        "A4",
        "saadan-virker-skat skattekort skattekort-04-063",
        "jeg vil læse om SKAT på engelsk",
        "en",
        "explain the Danish tax system in English",
    ),
    Need(
        "A5",
        "pension bil-fra-udlandet registreringsafgift bil-med-eller-ej",
        "hvad sker der med min pension, når jeg har arbejdet i Danmark",
        "pl",
        "rejestracja samochodu z Polski",
    ),
    Need(
        "A6",
        "hvem-kan-hjaelpe plan dokumenter velkomstpakke",
        "hvilke offentlige kontorer skal jeg hen til og i hvilken rækkefølge",
        "pl",
        "do jakich urzędów trzeba pójść i w jakiej kolejności",
    ),
    Need(
        "A7",
        "bank-og-nemkonto nemkonto-udenlandsk-konto",
        "jeg vil åbne en konto i banken",
        "pl",
        "jak otworzyć konto w banku",
    ),
    Need(
        "A8",
        "kalender aktiviteter faellesskab internationale-klubber foreninger",
        "hvad sker der her denne måned",
        "en",
        "social events near me",
    ),
    Need(
        "A9",
        "fradrag kom-rundt saadan-virker-skat",
        "jeg kører langt til arbejde, kan jeg trække det fra i skat",
        "pl",
        "ulga podatkowa za dojazd do pracy",
    ),
    Need(
        "A10",
        "dansk-kultur",
        "hvordan lever man i Danmark, indkøb og hverdag",
        "en",
        "how do people live here, shopping and daily life",
    ),
    Need(
        "A11",
        "akut-hjaelp laegevagt-og-sygehus sundhed",
        "hvor får jeg lægehjælp, når det haster",
        "pl",
        "potrzebuję pilnie lekarza, gdzie dzwonić",
    ),
    Need(
        "A12",
        "velkomstpakke",
        "en samlet pakke fra myndighederne, som jeg kan printe",
        "en",
        "information pack from the authorities to print",
    ),
    Need("A15", "mistet-job", "jeg er blevet fyret", "pl", "zwolnili mnie, co teraz"),
    Need(
        "A16",
        "medfoelgende-partner dagtilbud skole familie boern-og-skole skoler",
        "min kone og mine børn kommer med",
        "pl",
        "przyjeżdżam z żoną i dziećmi",
    ),
    Need(
        "A17",
        "landbrug-og-saesonarbejde kort-ophold",
        "jeg arbejder på en gård med malkekøer",
        "pl",
        "praca na farmie, długie godziny",
    ),
    Need(
        "A18",
        "anerkendelse-af-uddannelse vurdering-af-uddannelse autorisation",
        "er min uddannelse noget værd her",
        "en",
        "is my degree worth anything here",
    ),
    Need(
        "A19",
        "hvilke-regler skattekort cpr-nummer dokumenter arbejdstilladelse",
        "hvilke papirer skal jeg have for at arbejde her",
        "pl",
        "jakie papiery są potrzebne do pracy w Danii",
    ),
    Need(
        "A20",
        "jeg-fik-et-brev digital-post",
        "jeg har fået et brev om mit barns tænder og forstår det ikke",
        "pl",
        "dostałem list po duńsku i nic nie rozumiem",
    ),
    Need(
        "A21",
        "plan foerste-maaned ankomst",
        "hvad kan vente til efter den første uge",
        "en",
        "what can wait until later",
    ),
    Need(
        "A22",
        "boerne-og-ungeydelse boligstoette jeg-fik-et-brev integration",
        "kan jeg komme til at betale en ydelse tilbage",
        "en",
        "could I have to pay a benefit back",
    ),
    Need(
        "A23",
        "mistet-job arbejdstilladelse",
        "min tilladelse hænger på mit job, og jeg har mistet det",
        "pl",
        "straciłem pracę i mam zezwolenie na pobyt",
    ),
    Need(
        "A24",
        "graensependler social-sikring saerligt-sundhedskort tjekliste-graensependler",
        "jeg bor i Tyskland og arbejder i Danmark",
        "pl",
        "mieszkam w Niemczech, a pracuję w Danii",
    ),
    Need(
        "B1",
        "hvem-kan-hjaelpe hjaelp-paa-dit-sprog borgerservice kontakt",
        "hvem på kommunen taler mit sprog",
        "en",
        "someone at the town hall who speaks English",
    ),
    Need(
        "B2",
        "danskundervisning sprogcenter danskuddannelse note-danskundervisning",
        "hvor kan jeg lære dansk",
        "pl",
        "gdzie mogę uczyć się duńskiego",
    ),
    Need(
        "B3",
        "internationale-klubber foreninger frivillig-og-kirke faellesskab",
        "jeg kender ingen her, hvordan får jeg venner",
        "pl",
        "jak poznać ludzi z mojego kraju",
    ),
    Need("B4", "aktiviteter kalender", "informationsmøde med tolk", "en", "information meeting with an interpreter"),
    Need("B5", "aktiviteter kalender saadan-virker-skat", "møde om skat", "pl", "spotkanie o podatkach"),
    Need(
        "B6",
        "soeg-job-fra-udlandet medfoelgende-partner mistet-job aktiviteter",
        "hjælp til at skrive en ansøgning og et CV",
        "pl",
        "pomoc w napisaniu CV",
    ),
    Need(
        "B7",
        "find-bolig almen-bolig lej-en-bolig bolig note-lej-en-bolig",
        "hvem har en lejlighed til leje",
        "pl",
        "kto wynajmuje mieszkania",
    ),
    Need(
        "B8",
        "internationale-klubber hvem-kan-hjaelpe faellesskab",
        "kontaktperson for polakker",
        "pl",
        "osoba kontaktowa dla Polaków",
    ),
    Need("B10", "faa-barn barselsdagpenge", "jeg venter barn", "pl", "jestem w ciąży"),
    Need(
        "B11",
        "hotline kontakt hvem-kan-hjaelpe",
        "jeg vil tale med et menneske i telefonen",
        "en",
        "I want to talk to a person on the phone",
    ),
    Need(
        "B12",
        "foer-du-kommer hvilke-regler dokumenter soeg-job-fra-udlandet find-bolig",
        "jeg er stadig i udlandet, hvad kan jeg gøre nu",
        "en",
        "I have not moved yet, what can I do now",
    ),
    Need("C1", COMPANY + HIRES, "vi ansætter en medarbejder fra udlandet", "en", "we are hiring somebody from abroad"),
    Need(
        "C2",
        "felter blanketter ord",
        "hvad skal jeg skrive i felterne på blanketten",
        "en",
        "what do I write in each field of the form",
    ),
    Need(
        "C3",
        COMPANY + HIRES + "graensependler",
        "hvem må firmaet ringe til om pendlere fra Tyskland",
        "en",
        "whom can our company ring about commuters from Germany",
    ),
    Need(
        "C4",
        HIRES + "arbejdsgiver-tjekliste virksomheder",
        "liste over det, vi skal huske, når vi ansætter en polak",
        "en",
        "checklist when we hire a non-EU engineer",
    ),
    Need("C5", COMPANY, "manual om udenlandsk arbejdskraft til virksomheder", "en", "employer manual foreign labour"),
    Need(
        "C6",
        "bolig kort-ophold find-bolig",
        "møbleret lejlighed i tre måneder",
        "en",
        "furnished flat for three months",
    ),
    Need(
        "C7",
        "international-skole skoler boern-og-skole skole",
        "skole på engelsk til mine børn",
        "en",
        "school where my child can be taught in English",
    ),
    Need(
        "C8",
        "virksomheder kalender aktiviteter",
        "vores firma vil foreslå et arrangement",
        "en",
        "our company wants to contribute an event",
    ),
    Need(
        "C9",
        "integration foreninger frivillig-og-kirke internationale-klubber fritid faellesskab kalender",
        "hvad kan vores medarbejdere lave efter arbejde",
        "en",
        "what can our staff do after work",
    ),
    Need(
        "C10",
        "blanketter papirer arbejdsgiver-tjekliste " + HIRES,
        "hvilke blanketter skal vi bruge til en ny medarbejder",
        "en",
        "which forms for a new employee",
    ),
    Need("C11", "virksomheder om", "må vi kopiere jeres tekster", "en", "may we copy these texts"),
    Need("C12", "kommunikation", "invitation sammen med lønsedlen", "en", "send an invitation with the payslip"),
    Need(
        "D2",
        "hvilke-regler",
        "hvad er forskellen på EU-borger, tilladelse og grænsependler",
        "en",
        "EU citizen, permit or commuter, what is the difference",
    ),
    Need("D4", "hvem-kan-hjaelpe plan ics-west", "hvilket kontor er det næste", "en", "which office comes next"),
    Need(
        "D5",
        "saerligt-sundhedskort graensependler sundhedskort blanketter",
        "hvilken blanket giver en pendler et sundhedskort",
        "en",
        "which form for a commuter’s health card",
    ),
    Need(
        "E4",
        "integration mentor",
        "hvem fortæller den nye hvad, firmaet eller kommunen",
        "en",
        "who tells the newcomer what, the company or the municipality",
    ),
    Need(
        "E5",
        "danskundervisning hvilke-regler",
        "jeg er flygtning, gælder reglerne for mig",
        "en",
        "I am a refugee, is this for me",
    ),
    Need("E6", "medfoelgende-partner international-skole", "job til ægtefællen", "en", "job for my husband"),
    Need(
        "E7",
        "ics-west hvem-kan-hjaelpe",
        "ét sted, hvor jeg kan ordne alle papirer",
        "en",
        "one place where I can sort out all the papers",
    ),
    Need(
        "E8",
        "internationale-klubber job om integration",
        "samarbejde mellem kommunerne om udenlandske medarbejdere",
        "en",
        "cooperation between the municipalities on international staff",
    ),
]
