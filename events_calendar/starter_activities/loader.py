"""Loads the pages of the calendar and the example activities, below municipalities that are there already."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from portal.municipalities.models import MunicipalityPage
from portal.pages.home import HomePage
from portal.starter.pages import PageLoader
from portal.starter.records import digest

from ..choices import municipality_choices
from ..models import ActivityIndexPage, ActivityPage, CalendarPage, LoadedActivity, Organiser
from .fields import ActivityFields, CalendarPageFields
from .reader import Activities, ActivityFile, CalendarFile, OverviewFile

File = ActivityFile | OverviewFile | CalendarFile


class ActivityLoader(PageLoader[File]):
    """Brings the examples to the state of their files, except where an editor has been at work."""

    records_model = LoadedActivity

    def __init__(self, content: Activities) -> None:
        super().__init__()
        self.files: list[File] = [*content.calendars, *content.overviews, *content.activities]

    @property
    def steps(self) -> int:
        """Return how many steps `run` takes, for a progress bar."""
        return len(self.files)

    def run(self) -> Iterator[str]:
        """Load everything, parents first; yields a word after each page."""
        self.make_locales()
        for file in self.files:
            self.place(file)
            self.fill(file)
            yield file.reference

    def written(self) -> str:
        """Say what was written."""
        return f"{self.counts['page']} pages in all languages, {self.counts['organiser']} organisers"

    def parent_of(self, file: File) -> Page | None:
        """Return the overview of an activity, the municipality of an overview, and the home page for the calendar."""
        if isinstance(file, CalendarFile):
            return HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if isinstance(file, OverviewFile):
            pages = MunicipalityPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
            return pages.filter(slug=file.municipality).first()
        return ActivityIndexPage.objects.filter(pk=self.page_ids.get(file.municipality)).first()

    def new_page(self, file: File) -> Page:
        """Return an unsaved page; an activity cannot be without a day."""
        title = file.data["title"][settings.LANGUAGE_CODE]
        values = {"title": title, "slug": file.slug, "live": False, "locale": self.locales[settings.LANGUAGE_CODE]}
        if isinstance(file, CalendarFile):
            return CalendarPage(**values, show_in_menus=True)
        if isinstance(file, OverviewFile):
            return ActivityIndexPage(**values)
        return ActivityPage(**values, start_date=timezone.localdate())

    def fields_of(self, file: File, page: Page) -> CalendarPageFields:
        """Return the values of the page. Its dates count from the day on which it was loaded first."""
        first = page.first_published_at
        loading_day = timezone.localdate(first) if first else timezone.localdate()
        if not isinstance(file, ActivityFile):
            return CalendarPageFields(file.name, file.data, self.page_id, loading_day)
        fields = ActivityFields(file.name, file.data, self.page_id, loading_day)
        there = {slug for slug, _title in municipality_choices()}
        fields.values["also_in"] = [slug for slug in fields.values["also_in"] if slug in there]  # some may be deleted
        fields.values["organiser"] = self._organiser(file) if "organiser" in file.data else None
        return fields

    def _organiser(self, file: ActivityFile) -> Organiser:
        """Return the organiser of this name in the municipality; one that is made here is remembered by its id."""
        name = file.data["organiser"]
        found = Organiser.objects.filter(name=name, municipality=file.municipality).first()
        if found is None:
            found = Organiser.objects.create(name=name, municipality=file.municipality)
            self.remember(f"organiser {file.municipality} {name}", digest(name), str(found.pk))
            self.counts["organiser"] += 1
        return found
