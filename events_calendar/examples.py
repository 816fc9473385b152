"""The example activities that ship: which they are, and how all of them go."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db import models, transaction
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail_localize.models import TranslatableObject, TranslationSource

from .models import ActivityPage, LoadedActivity, Occurrence, Organiser


@dataclass
class Removal:
    """What a removal has done."""

    activities: int = 0
    pages: int = 0
    dates: int = 0
    sign_ups: int = 0
    organisers: int = 0
    left: list[str] = field(default_factory=list)
    """The titles of those for which people have signed up."""


def danish_examples() -> PageQuerySet:
    """Return the Danish pages of the activities that are marked as examples."""
    return ActivityPage.objects.filter(is_example=True, locale__language_code=settings.LANGUAGE_CODE)


def examples() -> PageQuerySet:
    """Return the examples in all languages. The Danish page says whether it is one."""
    return ActivityPage.objects.filter(translation_key__in=danish_examples().order_by().values("translation_key"))


def sign_ups(activity: ActivityPage) -> Iterator[models.QuerySet]:
    """Yield what refers to the dates of an activity, one table at a time."""
    for relation in Occurrence._meta.related_objects:
        manager = relation.related_model._base_manager
        yield manager.filter(**{f"{relation.field.name}__activity": activity})


def remove_examples(*, with_sign_ups: bool = False) -> Iterator[Removal]:
    """Delete every example in all languages with its dates; yields what has been done so far after each.

    An example for which people have signed up stays, unless they are to go too. What the loader remembers stays in any
    case, so that loading again does not bring an example back.
    """
    done = Removal()
    for activity in list(danish_examples().order_by("path")):
        with transaction.atomic():
            _remove(activity, done, with_sign_ups=with_sign_ups)
        yield done
    with transaction.atomic():
        done.organisers = _remove_organisers()
    yield done


def _remove(activity: ActivityPage, done: Removal, *, with_sign_ups: bool) -> None:
    is_taken = activity.occurrences.filter(taken__gt=0).exists() or any(rows.exists() for rows in sign_ups(activity))
    if is_taken and not with_sign_ups:
        done.left.append(activity.title)
        return
    for rows in sign_ups(activity):
        done.sign_ups += rows.count()
        rows.delete()
    done.dates += activity.occurrences.count()
    done.activities += 1
    key = activity.translation_key
    versions = Page.objects.filter(translation_key=key).order_by("-pk")
    done.pages += versions.count()
    while page := versions.first():
        page.specific.delete()
    TranslationSource.objects.filter(object__translation_key=key).delete()  # its texts; they protect what follows
    TranslatableObject.objects.filter(translation_key=key).delete()


def _remove_organisers() -> int:
    """Delete the organisers that came with the examples, where nothing is arranged by them any more."""
    made = LoadedActivity.objects.filter(name__startswith="organiser ").values_list("written", flat=True)
    used = ActivityPage.objects.exclude(organiser=None).values("organiser")
    unused = Organiser.objects.filter(pk__in=[int(pk) for pk in made]).exclude(pk__in=used)
    count = unused.count()
    unused.delete()
    return count
