"""Mistakes that authors of content files make, each as a change of the small content folder."""

from tests.welcome_pages.starter_content.small_content import FACTS, five, term

FACT_FILE, GLOSSARY = "facts/national.yaml", "glossary.yaml"
GUIDE, OTHER_GUIDE = "guides/cpr-nummer.yaml", "guides/skattekort.yaml"
HOME, SITUATION, ABOUT = "pages/home.yaml", "pages/ankomst.yaml", "pages/om.yaml"
HERNING, CENTRE, NOTE = (f"municipalities/herning/{name}.yaml" for name in ("index", "sprogcenter", "note-cpr-nummer"))

DOCTOR = five("Ring til lægevagten: [[out-of-hours-doctor]].")
NEXT = five("Du får et [[term:cpr-nummer|CPR-nummer]] og et [skattekort](T11-tax-card).")
WAIT = five("Vent ikke.")
BOOK = five("Bestil **tid** hos kommunen.")
FIRST = five("Få først et [CPR-nummer](T09-cpr-number).")
FIVE = five("Fem kommuner står bag.")

# fmt: off
# name: (file, what stands there, what is written instead, a part of the line that is to blame, a part of the reason)
MISTAKES = {
    "YAML with an open bracket": (
        GUIDE, "audiences: [nordic, eu]", "audiences: [nordic, eu", "authority:", "expected",
    ),
    "YAML with a tab": (GUIDE, "level: national", "\tlevel: national", "\tlevel", "found"),
    "YAML with wrong indentation": (
        GUIDE, "slug: cpr-nummer", "  slug: cpr-nummer", "  slug: cpr-nummer", "mapping values are not allowed",
    ),
    "two documents in one file": (
        GUIDE, "level: national", "level: national\n---\nlevel: national", "---", "another document",
    ),
    "a Python object": (
        GUIDE, "level: national", "level: !!python/name:os.system", "level:", "could not determine a constructor",
    ),
    "a key twice": (
        GUIDE, "level: national", "level: national\nlevel: local", "level: local", "“level” stands twice",
    ),
    "a language twice": (GUIDE, WAIT, WAIT.replace("en:", "da:"), "Vent ikke", "“da” stands twice"),
    "a key that is a number": (
        GUIDE, "level: national", "level: national\n7: seven", "7: seven", "a key must be a word",
    ),
    "a key that is a list": (
        GUIDE, "level: national", "level: national\n? [a, b]\n: c", "? [a, b]", "a key must be a word",
    ),
    "a date that no calendar has": (GUIDE, "2027-05-22", "2027-13-45", "2027-13-45", "cannot be read"),
    "no kind": (GUIDE, "kind: guide\n", "", "owner:", "“kind” must be one of"),
    "an unknown kind": (GUIDE, "kind: guide\n", "kind: giude\n", "kind: giude", "“kind” must be one of: home"),
    "a kind that is a list": (GUIDE, "kind: guide\n", "kind: [guide]\n", "kind:", "“kind” must be one of"),
    "a missing key": (GUIDE, "level: national\n", "", "kind: guide", "“level” is missing"),
    "a misspelt key": (GUIDE, "bring:", "brings:", "brings:", "“brings” is not known here"),
    "a key of another kind of page": (
        ABOUT, "slug: om", "slug: om\nparent: guide", "parent:", "“parent” is not known here",
    ),
    "a missing language": (
        GUIDE, WAIT, WAIT.replace(', ru: "(ru) Vent ikke."', ""), '"Vent ikke."', "into “ru” is missing",
    ),
    "a language that the site has not": (
        GUIDE, WAIT, WAIT.replace("pl:", "uk:"), '"Vent ikke."', "“uk” is no language",
    ),
    "Danish under the code of the country": (
        GUIDE, WAIT, WAIT.replace("da:", "dk:"), '"Vent ikke."', "“dk” is no language",
    ),
    "an empty text": (GUIDE, '"(pl) Vent ikke."', '" "', '"Vent ikke."', "the text in “pl” is empty"),
    "a text that is a number": (
        GUIDE, '"(pl) Vent ikke."', "7", '"Vent ikke."', "the text in “pl” is empty, or no text",
    ),
    "a Danish text that is a list": (
        GUIDE, '"Vent ikke."', "[a]", "da: [a]", "the text in “da” is empty, or no text",
    ),
    "a text in no language": (
        GUIDE, WAIT, '"Vent ikke."', '"Vent ikke."', "“text” must be a text in each of: da, de, en",
    ),
    "a title in no language": (
        ABOUT, five("Om siden"), '"Om siden"', '"Om siden"', "“title” must be a text in each of",
    ),
    "an unknown fact in a text": (
        GUIDE, DOCTOR, DOCTOR.replace("out-of", "over-of"), "Ring til", "no fact “over-of-hours-doctor”",
    ),
    "an unknown term": (
        GUIDE, NEXT, NEXT.replace("term:cpr-nummer", "term:crp"), "Du får et", "there is no term “crp”",
    ),
    "an unknown fact on a card": (
        GUIDE, "facts: [out-of-hours-doctor", "facts: [doctor", "facts: [doctor", "no fact “doctor”",
    ),
    "an unknown deadline": (GUIDE, "[cpr-deadline]", "[deadline]", "deadlines:", "there is no fact “deadline”"),
    "an unknown source": (GUIDE, "sources: [link-borger]", "sources: [link]", "sources:", "there is no fact “link”"),
    "an unknown authority": (
        GUIDE, "authority-borgerservice", "authority", "authority:", "there is no fact “authority”",
    ),
    "a phone number as a deadline": (
        GUIDE, "[cpr-deadline]", "[out-of-hours-doctor]", "deadlines:", "needs facts of the kind deadline",
    ),
    "a deadline as a source": (
        GUIDE, "sources: [link-borger]", "sources: [cpr-deadline]", "sources:", "needs facts of the kind link",
    ),
    "a link as an authority": (
        GUIDE, "authority-borgerservice", "link-borger", "authority:", "needs facts of the kind text",
    ),
    "a fact twice on a card": (GUIDE, "doctor, link-borger]", "doctor, out-of-hours-doctor]", "facts: [", "twice"),
    "a link to no page": (
        GUIDE, NEXT, NEXT.replace("T11-tax-card", "T99-none"), "Du får et", "there is no page “T99-none”",
    ),
    "a related guide that is not there": (
        GUIDE, "[T11-tax-card]\nsummary", "[T99-none]\nsummary", "related:", "no guide “T99-none”",
    ),
    "a related guide that is no guide": (
        GUIDE, "[T11-tax-card]\nsummary", "[herning/sprogcenter]\nsummary", "related:", "no guide",
    ),
    "a guide related to itself": (
        GUIDE, "[T11-tax-card]\nsummary", "[T09-cpr-number]\nsummary", "related:", "this very page",
    ),
    "a featured page that is not there": (
        HOME, "[T09-cpr-number]", "[T99-none]", "featured:", "there is no guide “T99-none”",
    ),
    "a note on no guide": (
        NOTE, "guide: T09-cpr-number", "guide: T99-none", "guide: T99", "there is no guide “T99-none”",
    ),
    "an unknown parent": (
        GUIDE, "parent: ankomst", "parent: afgang", "parent:", "there is no page “afgang” to stand below",
    ),
    "a parent of another kind": (
        GUIDE, "parent: ankomst", "parent: herning", "parent:", "there is no page “herning” to stand below",
    ),
    "a parent that is a list": (GUIDE, "parent: ankomst", "parent: [ankomst]", "parent:", "“parent” must be a text"),
    "a token lost in a translation": (
        GUIDE, "(pl) Ring til lægevagten: [[out-of-hours-doctor]].", "(pl) Ring.", "Ring til",
        "“pl” cites other facts",
    ),
    "a token that only a translation has": (
        GUIDE, "(ru) Ret.", "(ru) Ret [[link-borger]].", "(ru) Ret", "“ru” cites other facts",
    ),
    "a token twice in a translation": (
        GUIDE, "(de) Ring til lægevagten:", "(de) [[out-of-hours-doctor]]:", "Ring til", "“de” cites other facts",
    ),
    "a link changed in a translation": (
        GUIDE, "(pl) Du får et [[term:cpr-nummer|CPR-nummer]] og et [skattekort](T11-tax-card).",
        "(pl) [[term:cpr-nummer]] [x](T09-cpr-number)", "Du får et", "“pl” links to other pages",
    ),
    "a link lost in a translation": (
        CENTRE, "(en) Få først et [CPR-nummer](T09-cpr-number).", "(en) Få et CPR-nummer.", "Få først",
        "“en” links to other pages",
    ),
    "bold in one language only": (
        GUIDE, "(en) Bestil **tid**", "(en) Bestil tid", "Bestil", "“en” has other bold words",
    ),
    "all of it bold in Danish only": (
        GUIDE, BOOK, five("**Bestil tid.**"), "Bestil", "bold from end to end in one language only",
    ),
    "bold that is not closed": (
        GUIDE, BOOK, five("Bestil **tid hos kommunen."), "Bestil", "other bold words",
    ),
    "bold with nothing in it": (
        GUIDE, BOOK, five("Bestil **** hos kommunen."), "Bestil",
        "“*” would be shown",
    ),
    "a star for bold": (
        GUIDE, BOOK, five("Bestil *tid* hos kommunen."), "Bestil",
        "“*” would be shown",
    ),
    "a bold mark inside a link": (
        CENTRE, FIRST,
        five("Få **først et [CPR** nummer](T09-cpr-number)."), "Få", "inside a link or a term",
    ),
    "a token with a space": (GUIDE, WAIT, five("Ring [[out of hours]]."), "Ring [[out of", "no fact and no term"),
    "a token with capitals": (GUIDE, WAIT, five("Ring [[Out-of-hours-doctor]]."), "[[Out", "no fact and no term"),
    "a token that is not closed": (
        GUIDE, WAIT, five("Ring [[out-of-hours-doctor]."), "Ring [[out-of-hours-doctor].", "no fact and no term",
    ),
    "a link to an address": (
        GUIDE, WAIT, five("Se [borger](https://borger.dk)."), "Se [borger]", "would be shown as it stands",
    ),
    "a typed address": (GUIDE, WAIT, five("Se www.borger.dk."), "Se www", "“www.” would be shown as it stands"),
    "HTML": (GUIDE, WAIT, five("Vent <b>ikke</b>."), "Vent <b>", "“<” would be shown as it stands"),
    "a token in a title": (
        GUIDE, five("CPR-nummer"), five("CPR [[cpr-deadline]]"), "title:", "“title” in “da” is shown as it stands",
    ),
    "bold in a summary": (
        GUIDE, five("Dit nummer i Danmark."), five("**Dit** nummer."), "summary:",
        "“summary” in “da” is shown as it stands",
    ),
    "a link in a heading": (
        GUIDE, five("Vigtigt"), five("[Vigtigt](T11-tax-card)"), "heading:",
        "“heading” in “da” is shown as it stands",
    ),
    "a heading that is too long": (
        GUIDE, five("Vigtigt"), five("Vigtigt " * 20), "heading:", "characters, 120 are allowed",
    ),
    "a summary that is too long": (
        GUIDE, five("Dit nummer i Danmark."), five("Dit nummer. " * 30), "summary:", "300 are allowed",
    ),
    "one Danish text with two translations": (
        GUIDE, five("Pligt."), five("Ret.").replace("(pl) Ret", "(pl) Prawo"), "(pl) Prawo", "in another way on line",
    ),
    "an impossible review date": (
        GUIDE, "2027-05-22", "next spring", "review_again_on:", "must be a date such as 2026-11-22",
    ),
    "a review date with a time": (GUIDE, "2027-05-22", "2027-05-22 10:00:00", "review_again_on:", "must be a date"),
    "a review before the last one": (
        GUIDE, "2027-05-22", "2026-11-22", "review_again_on:", "must be after “reviewed_on”",
    ),
    "an unknown audience": (GUIDE, "[nordic, eu]", "[nordic, everybody]", "audiences:", "must be one of: nordic"),
    "an audience that is no list": (GUIDE, "[nordic, eu]", "eu", "audiences:", "“audiences” must be a list"),
    "no audience": (GUIDE, "[nordic, eu]", "[]", "audiences:", "must not be an empty list"),
    "an unknown level": (GUIDE, "level: national", "level: european", "level:", "“level” must be one of: national"),
    "a level that is a list": (
        GUIDE, "level: national", "level: [national]", "level:", "“level” must be one of: national",
    ),
    "a procedure without an answer": (GUIDE, f"next:\n  - {NEXT}\n", "", "procedure:", "needs “next”"),
    "a procedure with an empty answer": (
        GUIDE, f"next:\n  - {NEXT}\n", "next: []\n", "next:", "“next” must not be an empty list",
    ),
    "an answer that nobody would see": (
        OTHER_GUIDE, "procedure: false", f"procedure: false\nnext: [{WAIT}]", "next:", "only for a guide with",
    ),
    "a procedure that is a word": (
        GUIDE, "procedure: true", "procedure: maybe", "procedure:", "must be true or false",
    ),
    "the slug of another page": (
        OTHER_GUIDE, "slug: skattekort", "slug: cpr-nummer", "slug:", "is the slug of guides/cpr-nummer.yaml",
    ),
    "the slug of a section": (ABOUT, "slug: om", "slug: guide", "slug:", "is the slug of pages/guide.yaml"),
    "a slug with Danish letters": (ABOUT, "slug: om", "slug: om-løn", "slug:", "“slug” must be small letters"),
    "a slug with a space": (ABOUT, "slug: om", 'slug: "om os"', "slug:", "“slug” must be small letters"),
    "a reserved slug": (ABOUT, "slug: om", "slug: search", "slug:", "none of: admin, api, plan, search"),
    "a slug that is a number": (ABOUT, "slug: om", "slug: 2026", "slug:", "“slug” must be a text"),
    "an empty slug": (ABOUT, "slug: om", "slug:", "slug:", "“slug” must be a text"),
    "the key of another guide": (
        OTHER_GUIDE, "key: T11-tax-card", "key: T09-cpr-number", "key:", "already stands in guides/cpr-nummer.yaml",
    ),
    "a guide key without a number": (
        OTHER_GUIDE, "key: T11-tax-card", "key: tax-card", "key:", "must be like T09-cpr-number",
    ),
    "an empty owner": (GUIDE, "owner: Borgerservice", "owner:", "owner:", "“owner” must be a text"),
    "a local link on a shared page": (
        GUIDE, WAIT, five("Se [her](herning/sprogcenter)."), "Se [her]", "belongs to a municipality",
    ),
    "a body that is a text": (
        ABOUT, f"body:\n  - note:\n      text: {FIVE}", "body: tekst", "body:",
        "“body” must be a list",
    ),
    "an empty body": (
        ABOUT, f"body:\n  - note:\n      text: {FIVE}", "body: []", "body:",
        "must not be an empty list",
    ),
    "a block of an unknown kind": (
        GUIDE, "  - warning:", "  - warnning:", "warnning:", "“warnning” is no kind of block",
    ),
    "a block with two kinds": (GUIDE, "  - contact:", "    contact:", "  - warning:", "parts with one kind each"),
    "a block that is a word": (GUIDE, "  - warning:", "  - tip\n  - warning:", "  - tip", "parts with one kind each"),
    "a block with nothing in it": (
        GUIDE, f"  - warning:\n      text: {WAIT}", "  - warning:", "- warning:",
        "“warning” must have the keys: text",
    ),
    "a misspelt key in a section": (
        GUIDE, "paragraphs:", "paragraph:", "paragraph:", "“paragraph” is not known here",
    ),
    "a misspelt key in a warning": (GUIDE, f"text: {WAIT}", f"texts: {WAIT}", "- warning:", "“text” is missing"),
    "a key too many in a card": (
        GUIDE, "      facts: [out", f"      text: {WAIT}\n      facts: [out", "      text: {da: \"Vent ikke.\"",
        "“text” is not known here",
    ),
    "a section with a heading only": (
        CENTRE, f"      points:\n        - {FIRST}\n", "", "- section:",
        "needs “paragraphs” or “points”",
    ),
    "a section without a heading": (
        CENTRE, f"      heading: {five('Tilmelding')}\n", "", "- section:", "“heading” is missing",
    ),
    "paragraphs that are one text": (
        GUIDE, f"paragraphs:\n        - {DOCTOR}", f"paragraphs: {DOCTOR}", "paragraphs:",
        "“paragraphs” must be a list",
    ),
    "a card without facts": (
        HERNING, "facts: [herning-phone]", "facts: []", "facts:", "“facts” must not be an empty list",
    ),
    "a fact that is no word": (
        HERNING, "facts: [herning-phone]", "facts: [112]", "facts:", "must be a text; put figures in quotation marks",
    ),
    "steps that are no texts": (
        GUIDE, f"next:\n  - {NEXT}", "next: [7]", "next:", "“next” must be a text in each of",
    ),
    "a fact twice": (
        FACT_FILE, "- key: cpr-deadline", "- key: link-borger", "- key: link-borger",
        "fact link-borger already stands in",
    ),
    "a fact without a key": (FACT_FILE, "- key: cpr-deadline\n  kind", "- kind", "- kind", "“key” is missing"),
    "a fact without a source": (
        FACT_FILE, FACTS, FACTS.replace('  source_name: "kilde.dk"\n', "", 1), "- key: authority",
        "“source_name” is missing",
    ),
    "a misspelt key of a fact": (
        FACT_FILE, FACTS, FACTS.replace("confidence:", "confidense:", 1), "- key: authority",
        "“confidence” is missing",
    ),
    "a key too many in a fact": (
        FACT_FILE, FACTS, FACTS.replace("  confidence: H", "  confidence: H\n  colour: red", 1), "colour:",
        "“colour” is not known here",
    ),
    "a fact of an unknown kind": (FACT_FILE, "kind: deadline", "kind: date", "kind: date", "“kind”:"),
    "a phone number with a letter": (FACT_FILE, "70 11 31 31", "70 11 31 3l", "70 11 31 3l", "is no phone number"),
    "a phone number cut short": (FACT_FILE, "70 11 31 31", "70 11 31", "70 11 31", "is no possible phone number"),
    "a phone number that is a figure": (
        FACT_FILE, '"70 11 31 31"', "70113131", "value: 70113131", "put figures in quotation marks",
    ),
    "a deadline in words": (FACT_FILE, '"P5D"', '"5 dage"', '"5 dage"', "is not like 'P5D'"),
    "a link without https": (FACT_FILE, "https://www.borger.dk/", "www.borger.dk", "www.borger.dk", "“value”:"),
    "a label in four languages": (
        FACT_FILE, ', ru: "(ru) Navn cpr-deadline"', "", "Navn cpr-deadline", "into “ru” is missing",
    ),
    "a local fact of no municipality": (
        FACT_FILE, 'municipality: "herning"', 'municipality: ""', "municipality", "must be named for a local fact",
    ),
    "a local fact of an unknown municipality": (
        FACT_FILE, 'municipality: "herning"', 'municipality: "esbjerg"', "esbjerg", "no municipality “esbjerg”",
    ),
    "a fact to be checked before it was checked": (
        FACT_FILE, FACTS, FACTS.replace("2027-02-22", "2026-11-22", 1), "check_again_on: 2026-11-22",
        "must be after “checked_on”",
    ),
    "a fact with a low confidence": (
        FACT_FILE, FACTS, FACTS.replace("confidence: H", "confidence: L", 1), "confidence: L", "“confidence”:",
    ),
    "a fact with an amount": (
        FACT_FILE, "Borgerservice i din kommune", "Gebyr: 190 kr.", "Gebyr", "is an amount or a rate: “190 kr",
    ),
    "a value in an unknown language": (
        FACT_FILE, "  kind: text", '  kind: text\n  other_languages: {uk: "x"}', "other_languages",
        "“uk” is not known here",
    ),
    "a translated phone number": (
        FACT_FILE, "  kind: phone\n  value: \"70", '  kind: phone\n  other_languages: {en: "112"}\n  value: "70',
        "other_languages", "Only links and texts",
    ),
    "facts that are no list": (FACT_FILE, FACTS, "key: a\n", "key: a", "a list is expected"),
    "a fact that is a word": (FACT_FILE, FACTS, f"- fakta\n{FACTS}", "- fakta", "must have the keys"),
    "a term twice": (GLOSSARY, "- key: borgerservice", "- key: cpr-nummer", "- key: cpr-nummer", "already stands in"),
    "a term without a Russian meaning": (
        GLOSSARY, ', ru: "(ru) Betydning af Borgerservice."', "", "Betydning af Borgerservice",
        "into “ru” is missing",
    ),
    "a term without a Polish word": (
        GLOSSARY, ', pl: "(pl) Borgerservice"', "", '"Borgerservice"', "into “pl” is missing",
    ),
    "synonyms that are one text": (
        GLOSSARY, '["andet Borgerservice"]', '"andet Borgerservice"', "andet Borgerservice", "“da” must be a list",
    ),
    "a glossary that is no list": (
        GLOSSARY, term("cpr-nummer", "CPR-nummer"), "x: 1\n", "- key: borgerservice", "expected",
    ),
    "a list instead of a page": (ABOUT, "kind: information", "- kind: information", "owner:", "expected"),
}
# fmt: on
