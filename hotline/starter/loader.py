"""Reads the file of the hotline, and makes its page and its opening hours."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from portal.pages.home import HomePage
from portal.starter.fields import TranslatedFields
from portal.starter.located import Mapping, Place, load
from portal.starter.pages import PageLoader
from portal.starter.shapes import Check, body, choice, text, word
from portal.starter.shipments import Shipment
from portal.starter.texts import check_same_words, check_text, texts

from ..models import HotlineLine, HotlinePage, LoadedHotline, OpeningRule
from ..models.pages import SLUG

FOLDER = Path(__file__).parent
REVIEW_AFTER = datetime.timedelta(days=180)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def _times(place: Place) -> tuple[datetime.time, datetime.time]:
    try:
        start, end = map(datetime.time.fromisoformat, place.word().split("-"))
    except ValueError:
        place.refuse('must be like "13:00-15:00"')
    if end <= start:
        place.refuse("must end after it begins")
    return start, end


def _check_hours(place: Place) -> None:
    for item in place.items(at_least=1):
        fields = item.fields({"weekday", "time"})
        choice(WEEKDAYS)(fields["weekday"])
        _times(fields["time"])


CHECKS: dict[str, Check] = {
    "title": text(255, is_plain=True),
    "summary": text(300, is_plain=True),
    "owner": word(100),
    "body": body,
    "hours": _check_hours,
}


@dataclass(frozen=True, eq=False)
class HotlineFile:
    """The checked file."""

    data: Mapping
    name: str = "hotline.yaml"
    reference: str = SLUG
    slug: str = SLUG


def read(folder: Path = FOLDER) -> HotlineFile:
    """Return the content of the file. Raises Problem at the first mistake."""
    path = folder / "hotline.yaml"
    place = Place(path, 1, "hotline", load(path))
    for name, part in place.fields(set(CHECKS)).items():
        CHECKS[name](part)
    for versions, line in texts(place.value):
        check_text(Place(path, line, "text", versions), is_plain=True)
    check_same_words(place)
    return HotlineFile(place.value)


class HotlineFields(TranslatedFields):
    """The values of the page."""

    def __init__(self, file: HotlineFile, loader: "HotlineLoader") -> None:
        super().__init__(file.name, loader.page_id)
        today = timezone.localdate()
        self.values = {
            "title": self.text(file.data["title"]),
            "summary": self.text(file.data["summary"]),
            "body": [self.block(block, number) for number, block in enumerate(file.data["body"])],
            "content_owner": file.data["owner"],
            "reviewed_on": today,
            "review_again_on": today + REVIEW_AFTER,
        }


class HotlineLoader(PageLoader[HotlineFile]):
    """Makes the page, and the opening hours where there are none: editors may change both."""

    records_model = LoadedHotline

    def __init__(self, file: HotlineFile) -> None:
        super().__init__()
        self.file = file

    @property
    def steps(self) -> int:
        """Return how many steps `run` takes, for a progress bar."""
        return 2

    def run(self) -> Iterator[str]:
        """Make opening hours and page; yields a word after each."""
        self.make_locales()
        if not HotlineLine.objects.exists() and self.file.name not in self.records:
            line = HotlineLine.objects.create(name="Hotline")
            for hours in self.file.data["hours"]:
                start, end = map(datetime.time.fromisoformat, hours["time"].split("-"))
                OpeningRule.objects.create(line=line, weekday=WEEKDAYS.index(hours["weekday"]), start=start, end=end)
            self.counts["hotline"] += 1
        yield "opening hours"
        self.place(self.file)
        self.fill(self.file)
        yield self.file.reference

    def written(self) -> str:
        """Say what was written."""
        return f"{self.counts['page']} pages in all languages, {self.counts['hotline']} hotlines"

    def parent_of(self, file: HotlineFile) -> Page | None:
        """Return the home page."""
        return HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()

    def new_page(self, file: HotlineFile) -> Page:
        """Return an unsaved page."""
        danish = settings.LANGUAGE_CODE
        title = file.data["title"][danish]
        return HotlinePage(title=title, slug=SLUG, live=False, show_in_menus=True, locale=self.locales[danish])

    def fields_of(self, file: HotlineFile, page: Page) -> HotlineFields:
        """Return the values of the page."""
        return HotlineFields(file, self)


class StarterHotline(Shipment):
    """The hotline, as `load_starter_content` knows it."""

    title = "Starter hotline"
    records = LoadedHotline

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder

    def read(self) -> HotlineFile:
        """Return the checked content."""
        return read(self.folder)

    def describe(self, content: HotlineFile) -> str:
        """Say what was found in the files."""
        return f"the hotline, open at {len(content.data['hours'])} times a week"

    def loader(self, content: HotlineFile) -> HotlineLoader:
        """Return what loads it."""
        return HotlineLoader(content)
