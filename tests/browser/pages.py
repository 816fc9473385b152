"""One address of each kind of page, and how a page is opened in Chromium."""

from collections.abc import Callable, Iterator

from playwright.sync_api import BrowserContext, Page

GUIDE_WITH_NOTE = "herning/guide/ankomst/cpr-nummer/"
NOT_FOUND = "guide/findes-ikke/"
KINDS = {
    "home": "",
    "municipality": "herning/",
    "overview of guides": "guide/",
    "life situation": "guide/ankomst/",
    "shared guide": "guide/ankomst/cpr-nummer/",
    "guide with a local note": GUIDE_WITH_NOTE,
    "local page": "herning/bolig/",
    "clubs": "herning/foreninger/",
    "club": "ringkoebing-skjern/foreninger/internationals-ringkoebing-skjern/",
    "accessibility statement": "was/",
    "results of a search": "herning/search/?q=skat",
    "calendar": "kalender/",
    "calendar of a municipality by month": "herning/kalender/?view=month",
    "activity": "herning/aktiviteter/lektiecafe/",
    "form of associations": "kalender/indsend/",
    "form library": "blanketter/",
    "form": "herning/blanketter/eu-opholdsdokument-od1/",
    "field guide": "blanketter/eu-opholdsdokument-od1/felter/",
    "words on forms": "blanketter/ord/",
    "questions of the plan": "plan/",
    "plan": "herning/plan/?who=eu&why=work&stay=long&children=1&arrival=2027-01-04",
    "choice of a welcome pack": "velkomstpakke/",
    "welcome pack": "herning/velkomstpakke/",
    "hotline": "herning/hotline/",
    "language of the call": "hotline/book/",
    "times to call": "hotline/book/times/?call=de",
    "find a booking": "hotline/find/",
    "manual for employers": "herning/virksomheder/",
    "chapter for employers": "herning/virksomheder/regler/",
    "checklist for employers": "virksomheder/tjekliste-tilladelse/",
    "wall sheet": "herning/guide/ankomst/cpr-nummer/opslag/",
    "not found": NOT_FOUND,
}
"""Kind of page → what follows the language in its address."""

PHONE = {"width": 360, "height": 740}
NARROWEST = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}

OpenContext = Callable[..., BrowserContext]


class Site:
    """The server under test, and the pages on it."""

    def __init__(self, server: str) -> None:
        self.server = server

    def url(self, language: str, rest: str = "") -> str:
        """Return the address of a page."""
        return f"{self.server}/{language}/{rest}"

    def walk(self, page: Page, language: str) -> Iterator[str]:
        """Open one page of each kind, and yield the kind."""
        for kind, rest in KINDS.items():
            answer = page.goto(self.url(language, rest))
            assert answer is not None
            assert answer.status == (404 if rest == NOT_FOUND else 200), f"{answer.status} at {answer.url}"
            yield kind
