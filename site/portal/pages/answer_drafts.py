"""How an answered question becomes a draft of a page: the room that has such pages says how it is made."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.html import escape, linebreaks
from wagtail.models import Page

from portal.municipalities.models import MunicipalityPage

AnswerPage = Callable[[str, list[tuple[str, Any]]], Page]
_makers: list[AnswerPage] = []


def register_answer_page(make: AnswerPage) -> None:
    """Let a room make the page of a question and its answer: of a title and of blocks. Called in `AppConfig.ready`."""
    _makers[:] = [make]


def may_draft(municipality: str, user: Any) -> bool:
    """Say whether somebody may add a page below a municipality."""
    parent = _parent(municipality)
    return bool(_makers and parent and parent.permissions_for_user(user).can_add_subpage())


def draft_answer(municipality: str, question: str, answer: str, user: Any) -> Page:
    """Add a draft below a municipality, which goes the usual way to being published. Raises PermissionDenied."""
    parent = _parent(municipality)
    if parent is None or not may_draft(municipality, user):
        raise PermissionDenied
    section = ("section", {"heading": question[:120], "text": linebreaks(escape(answer))})
    page: Any = _makers[0](question, [section])
    page.locale, page.live, page.owner = parent.locale, False, user
    page.content_owner = parent.content_owner
    page.may_be_incomplete = True
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action="wagtail.create")
    made: Page = page
    return made


def _parent(municipality: str) -> MunicipalityPage | None:
    if not municipality:
        return None
    pages = MunicipalityPage.objects.filter(slug=municipality, locale__language_code=settings.LANGUAGE_CODE)
    return pages.first()
