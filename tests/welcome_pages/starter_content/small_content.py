"""A small valid content folder: one page of each kind, two guides, a fact of each kind that pages need."""

from pathlib import Path

LANGUAGES = ("da", "en", "de", "pl", "ru")


def five(words: str) -> str:
    """Return a text in five languages on one line; the Danish one is as given, the others say which they are."""
    versions = [f'{code}: "{words if code == "da" else f"({code}) {words}"}"' for code in LANGUAGES]
    return f"{{{', '.join(versions)}}}"


def fact(key: str, kind: str, value: str, scope: str = "national", municipality: str = "") -> str:
    """Return one entry of a file of facts."""
    return f"""\
- key: {key}
  kind: {kind}
  value: "{value}"
  label: {five(f"Navn {key}")}
  scope: {scope}
  municipality: "{municipality}"
  source_name: "kilde.dk"
  source_url: "https://kilde.dk/"
  owner: "Borgerservice"
  checked_on: 2026-11-22
  check_again_on: 2027-02-22
  confidence: H
"""


def term(key: str, word: str) -> str:
    """Return one entry of the glossary."""
    return f"""\
- key: {key}
  word: {five(word)}
  synonyms: {{da: ["andet {word}"], en: [], de: [], pl: [], ru: []}}
  meaning: {five(f"Betydning af {word}.")}
"""


def head(kind: str, title: str) -> str:
    """Return what every page file begins with."""
    return f"""\
kind: {kind}
owner: Borgerservice
reviewed_on: 2026-11-22
review_again_on: 2027-05-22
title: {five(title)}
"""


FACTS = "".join(
    [
        fact("authority-borgerservice", "text", "Borgerservice i din kommune"),
        fact("out-of-hours-doctor", "phone", "70 11 31 31"),
        fact("cpr-deadline", "deadline", "P5D"),
        fact("link-borger", "link", "https://www.borger.dk/"),
        fact("herning-phone", "phone", "96 28 28 28", "local", "herning"),
    ]
)
CPR = f"""\
{head("guide", "CPR-nummer")}key: T09-cpr-number
parent: ankomst
slug: cpr-nummer
level: national
audiences: [nordic, eu]
authority: authority-borgerservice
procedure: true
deadlines: [cpr-deadline]
sources: [link-borger]
related: [T11-tax-card]
summary: {five("Dit nummer i Danmark.")}
need_to_know:
  - {five("Søg inden 5 dage.")}
bring:
  - {five("Pas eller ID-kort.")}
  - {five("Din lejekontrakt.")}
how:
  - {five("Bestil **tid** hos kommunen.")}
next:
  - {five("Du får et [[term:cpr-nummer|CPR-nummer]] og et [skattekort](T11-tax-card).")}
body:
  - section:
      heading: {five("Vigtigt")}
      paragraphs:
        - {five("Ring til lægevagten: [[out-of-hours-doctor]].")}
      points:
        - {five("Ret.")}
        - {five("Pligt.")}
  - warning:
      text: {five("Vent ikke.")}
  - contact:
      heading: {five("Spørg her")}
      facts: [out-of-hours-doctor, link-borger]
"""
TAX = f"""\
{head("guide", "Skattekort")}key: T11-tax-card
parent: ankomst
slug: skattekort
level: national
audiences: [eu]
authority: authority-borgerservice
procedure: false
deadlines: []
sources: [link-borger]
related: [T09-cpr-number]
summary: {five("Skat af løn.")}
need_to_know:
  - {five("Søg, før du begynder.")}
body:
  - note:
      text: {five("Se satsen her: [[link-borger]].")}
"""
BET = """\
- key: doctor
  urgent: true
  fact: out-of-hours-doctor
  page: T09-cpr-number
  everywhere: ["1813", skadestue]
  words:
    da: [lægevagt, vagtlæge]
    en: ["(en) læge"]
    de: ["(de) læge"]
    pl: ["(pl) læge"]
    ru: ["(ru) læge"]
"""
SYNONYMS = """\
- key: tax-card
  da: {typed: [trækkort, hovedkort], meant: [skattekort]}
  pl: {typed: [PIT], meant: [karta podatkowa, skattekort]}
"""
FILES = {
    "facts/national.yaml": FACTS,
    "glossary.yaml": term("cpr-nummer", "CPR-nummer") + term("borgerservice", "Borgerservice"),
    "search_words.yaml": BET,
    "synonyms.yaml": SYNONYMS,
    "pages/home.yaml": f"""\
{head("home", "Velkommen")}summary: {five("Siden for nye borgere.")}
welcome:
  - {five("Godt, at du er her.")}
featured: [T09-cpr-number]
""",
    "pages/guide.yaml": f"{head('guide_index', 'Alle emner')}slug: guide\nsummary: {five('Find dit emne.')}\n",
    "pages/ankomst.yaml": f"""\
{head("situation", "Ankomst")}slug: ankomst
parent: guide
summary: {five("De første dage.")}
""",
    "pages/om.yaml": f"""\
{head("information", "Om siden")}slug: om
summary: {five("Hvem der står bag.")}
body:
  - note:
      text: {five("Fem kommuner står bag.")}
""",
    "guides/cpr-nummer.yaml": CPR,
    "guides/skattekort.yaml": TAX,
    "municipalities/herning/index.yaml": f"""\
{head("municipality", "Herning Kommune")}slug: herning
name: {five("Herning")}
summary: {five("Ny i Herning.")}
welcome:
  - {five("Velkommen til Herning.")}
body:
  - contact:
      heading: {five("Borgerservice i Herning")}
      facts: [herning-phone]
  - section:
      heading: {five("Dansk")}
      paragraphs:
        - {five("Læs om [sprogcentret](herning/sprogcenter).")}
""",
    "municipalities/herning/sprogcenter.yaml": f"""\
{head("local", "Sprogcenter")}slug: sprogcenter
parent: herning
summary: {five("Lær dansk.")}
body:
  - section:
      heading: {five("Tilmelding")}
      points:
        - {five("Få først et [CPR-nummer](T09-cpr-number).")}
""",
    "municipalities/herning/note-cpr-nummer.yaml": f"""\
{head("note", "I Herning: CPR-nummer")}parent: herning
guide: T09-cpr-number
body:
  - note:
      text: {five("Ring først: [[herning-phone]]. Se også [sprogcentret](herning/sprogcenter).")}
""",
}


class ContentFolder:
    """A folder of content files that a test may change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in FILES.items():
            self.write(name, text)

    def path(self, name: str) -> Path:
        """Return the path of a file."""
        return self.root / name

    def write(self, name: str, text: str | bytes) -> None:
        """Write a file, whatever stood in it."""
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_bytes(text if isinstance(text, bytes) else text.encode())

    def change(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands in a file once."""
        text = self.path(name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def line_of(self, name: str, words: str) -> int:
        """Return the number of the line with these words."""
        lines = self.path(name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if words in line)
