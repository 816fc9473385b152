"""A fact or term that a page cites cannot be deleted, by whatever road."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.db.models import Model, ProtectedError
from django.db.models.signals import pre_delete
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from .models import Fact, GlossaryTerm
from .tokens import citations

NAMES_IN_A_MESSAGE = 20


def connect() -> None:
    """Connect the receivers; called once, when the app is ready."""
    pre_delete.connect(refuse_delete_of_cited, sender=Fact, dispatch_uid="facts_refuse_delete")
    pre_delete.connect(refuse_delete_of_cited, sender=GlossaryTerm, dispatch_uid="terms_refuse_delete")


def citing_objects(item: Fact | GlossaryTerm) -> list[Model]:
    """Return what cites a fact or term: what is live, and drafts, which the reference index does not see."""
    found: list[Model] = [source for source, _references in ReferenceIndex.get_grouped_references_to(item)]
    citation = ("term:" if isinstance(item, GlossaryTerm) else "", item.pk)
    for page in Page.objects.filter(has_unpublished_changes=True).select_related("latest_revision"):
        if page.latest_revision is None or any(page.pk == other.pk for other in found):
            continue
        draft = page.latest_revision.as_object()
        raw_texts, cited_facts = getattr(draft, "raw_texts", None), getattr(draft, "cited_facts", None)
        if raw_texts is None or cited_facts is None:
            continue
        if any(citation in citations(text) for text in raw_texts()) or (
            not citation[0] and item.pk in set(cited_facts())
        ):
            found.append(page)
    return found


def refuse_delete_of_cited(sender: type[Model], instance: Fact | GlossaryTerm, **kwargs: Any) -> None:
    """Raise ProtectedError where a page cites the object, or every page shows it, also for deletions by query or shell."""
    if stands_in_footer(instance):
        raise ProtectedError(f"{instance} stands in the footer of every page", {instance})
    users = citing_objects(instance)
    if users:
        raise ProtectedError(f"{instance} is cited by {len(users)} pages", set(users))


def stands_in_footer(item: Fact | GlossaryTerm) -> bool:
    """Say whether an object is an emergency number that every page shows."""
    return isinstance(item, Fact) and item.in_footer is not None


def explain_refusal(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """Answer a deletion in the admin with the list of pages instead of an error."""
    for item in instances:
        if not isinstance(item, Fact | GlossaryTerm):
            continue
        if stands_in_footer(item):
            text = _(
                "“%(item)s” cannot be deleted. It stands in the footer of every page; take it out of the footer first."
            )
            messages.error(request, text % {"item": item})
            return redirect(reverse(f"wagtailsnippets_portal_{item._meta.model_name}:edit", args=[quote(item.pk)]))
        users = citing_objects(item)
        if users:
            names = ", ".join(f"{user} ({getattr(user, 'locale', '')})" for user in users[:NAMES_IN_A_MESSAGE])
            if len(users) > NAMES_IN_A_MESSAGE:
                names += " …"
            messages.error(
                request,
                _("“%(item)s” cannot be deleted. These pages cite it: %(pages)s.") % {"item": item, "pages": names},
            )
            return redirect(reverse(f"wagtailsnippets_portal_{item._meta.model_name}:usage", args=[item.pk]))
    return None
