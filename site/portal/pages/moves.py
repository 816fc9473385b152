"""Moves that would tear the trees of the languages apart, or break a rule of the page at its new place, are refused.

The admin answers with a message (`explain_refused_move`, `explain_refused_bulk_move`); every other way of moving a page
meets the receiver, which raises. All languages are checked before any page is moved.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page


def problems_of_move(page: Page, parent: Page) -> list[str]:
    """Return why a page cannot be moved below another parent, in any language; empty where it can.

    A move within one parent changes the order only.
    """
    if page.get_parent().pk == parent.pk:
        return []
    if page.locale_id != parent.locale_id:
        return [_("“%(page)s” can only stand below a page of its own language.") % {"page": page.title}]
    if page.locale.language_code != settings.LANGUAGE_CODE:
        return list(_problems_of_translation(page, parent))
    problems = list(_problems_at(page, parent))
    for translation in page.get_translations():
        own = parent.get_translations().filter(locale_id=translation.locale_id).first()
        if own is not None and translation.get_parent().pk != own.pk:
            problems += _problems_at(translation, own)
    return list(dict.fromkeys(problems))


def _problems_of_translation(page: Page, parent: Page) -> Iterator[str]:
    danish = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if danish is None:
        yield from _problems_at(page, parent)
    elif danish.get_parent().translation_key != parent.translation_key:
        yield _(
            "“%(page)s” is a translation and stands where its Danish page stands. Move the Danish page, and all languages follow."
        ) % {"page": page.title}


def _problems_at(page: Page, parent: Page) -> Iterator[str]:
    if Page.objects.child_of(parent).filter(slug=page.slug).exclude(pk=page.pk).exists():
        yield _("“%(parent)s” (%(language)s) already has a page with the address “%(slug)s”.") % {
            "parent": parent.title,
            "language": parent.locale.language_code,
            "slug": page.slug,
        }
    specific = page.specific
    check_place = getattr(specific, "check_place", None)
    if check_place is None:
        return
    specific.future_parent = parent
    try:
        check_place()
    except ValidationError as error:
        yield from error.messages


def refuse_move(sender: type[Page], instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Raise ValidationError before a page is moved to where it may not stand, by whatever road."""
    problems = problems_of_move(instance, parent_page_after)
    if problems:
        raise ValidationError(problems)


def explain_refused_move(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Answer a move in the admin with the reasons instead of an error."""
    return _explain(request, [page], destination)


def explain_refused_bulk_move(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Answer a move of several pages with the reasons; then none of them is moved."""
    if action_type != "move" or action.cleaned_form is None:
        return None
    return _explain(request, objects, action.cleaned_form.cleaned_data["chooser"])


def _explain(request: HttpRequest, pages: list[Page], destination: Page) -> HttpResponse | None:
    problems = [problem for page in pages for problem in problems_of_move(page, destination)]
    problems += _clashes(pages)
    for problem in dict.fromkeys(problems):
        messages.error(request, problem)
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk) if problems else None


def _clashes(pages: list[Page]) -> Iterator[str]:
    """Yield what pages that move together have against each other: two addresses that would be one, two notes on a guide."""
    seen: dict[Any, Page] = {}
    for page in pages:
        for mark in getattr(page.specific, "unique_beside", lambda: ())():
            if mark in seen:
                yield _("“%(one)s” and “%(other)s” cannot stand side by side.") % {"one": seen[mark], "other": page}
            seen.setdefault(mark, page)
