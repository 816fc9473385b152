"""Reads and checks all files of starter activities before anything is written."""

from dataclasses import dataclass, field
from pathlib import Path

from portal.pages.slugs import ASCII_SLUG
from portal.starter.located import Mapping, Place, Problem, load

from ..models.activities import INDEX_SLUG
from ..models.calendar import SLUG
from .shapes import check_activity, check_page

FOLDER = Path(__file__).parent
PAGES = "pages"
OVERVIEW, CALENDAR = f"{INDEX_SLUG}.yaml", f"{SLUG}.yaml"


@dataclass(frozen=True, eq=False)
class ActivityFile:
    """One checked activity: a file in the folder of its municipality, named by its slug."""

    data: Mapping
    municipality: str
    slug: str

    @property
    def name(self) -> str:
        """Return the name under which the loader remembers it."""
        return f"{self.municipality}/{self.slug}.yaml"

    @property
    def reference(self) -> str:
        """Return a word that no other file has."""
        return f"{self.municipality}/{self.slug}"


@dataclass(frozen=True, eq=False)
class OverviewFile:
    """The overview of one municipality: one file gives the texts of all."""

    data: Mapping
    municipality: str
    slug: str = INDEX_SLUG

    @property
    def name(self) -> str:
        """Return the name under which the loader remembers it."""
        return f"{PAGES}/{OVERVIEW} {self.municipality}"

    @property
    def reference(self) -> str:
        """Return a word that no other file has."""
        return self.municipality


@dataclass(frozen=True, eq=False)
class CalendarFile:
    """The calendar over all municipalities."""

    data: Mapping
    name: str = f"{PAGES}/{CALENDAR}"
    reference: str = SLUG
    slug: str = SLUG


@dataclass
class Activities:
    """All content of this room, checked."""

    calendars: list[CalendarFile] = field(default_factory=list)
    """At most one."""
    overviews: list[OverviewFile] = field(default_factory=list)
    activities: list[ActivityFile] = field(default_factory=list)


def read(root: Path = FOLDER) -> Activities:
    """Return all content below a folder. Raises Problem at the first mistake."""
    found = Activities()
    pages = {path.name: _checked_page(path) for path in sorted(root.glob(f"{PAGES}/*.yaml"))}
    paths = [path for path in sorted(root.glob("*/*.yaml")) if path.parent.name != PAGES]
    _refuse_strays(root, {*paths, root / PAGES / OVERVIEW, root / PAGES / CALENDAR})
    municipalities = sorted({path.parent.name for path in paths})
    if paths and OVERVIEW not in pages:
        raise Problem(root / PAGES / OVERVIEW, 1, "the file is missing: all activities stand below such a page")
    for path in paths:
        place = Place(path, 1, "activity", load(path))
        check_activity(place)
        if not ASCII_SLUG.fullmatch(path.stem):
            raise Problem(path, 1, "the name of the file becomes a part of addresses: only a-z, 0-9 and hyphens")
        _check_municipalities(place.value, path, municipalities)
        found.activities.append(ActivityFile(place.value, path.parent.name, path.stem))
    found.calendars = [CalendarFile(data) for name, data in pages.items() if name == CALENDAR]
    found.overviews = [OverviewFile(pages[OVERVIEW], municipality) for municipality in municipalities]
    return found


def _checked_page(path: Path) -> Mapping:
    place = Place(path, 1, "page", load(path))
    check_page(place)
    return place.value


def _check_municipalities(data: Mapping, path: Path, municipalities: list[str]) -> None:
    """Raise Problem where it is of interest to its own municipality, or to one that there is not."""
    for slug, line in zip(data.get("also_in", []), getattr(data.get("also_in"), "lines", []), strict=True):
        if slug == path.parent.name or slug not in municipalities:
            raise Problem(path, line, f"“also_in” names no other municipality: “{slug}”")


def _refuse_strays(root: Path, known: set[Path]) -> None:
    for path in sorted([*root.rglob("*.yaml"), *root.rglob("*.yml")]):
        if path not in known:
            raise Problem(path, 1, "nothing reads this file: activities end in .yaml and stand in a municipality")
