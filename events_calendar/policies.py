"""Who may change which organiser: whoever may add pages below its municipality."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission
from wagtail.permission_policies import ModelPermissionPolicy

from portal.municipalities.models import MunicipalityPage

from .models import Organiser

Somebody = User | AnonymousUser

EVERYWHERE = "*"
"""Stands for every municipality, and for the organisers of none. No slug can look like it."""


class OrganiserPermissionPolicy(ModelPermissionPolicy):
    """Rights over organisers are rights over pages: no permission of its own has to be given."""

    codename = "add_page"
    """The right to pages that is asked for."""

    def places(self, user: Somebody) -> set[str]:
        """Return the slugs of the municipalities whose organisers the user may change, or EVERYWHERE."""
        if not user.is_active or user.is_anonymous:
            return set()
        if user.is_superuser:
            return {EVERYWHERE}
        municipality = ContentType.objects.get_for_model(MunicipalityPage)
        grants = GroupPagePermission.objects.filter(group__user=user, permission__codename=self.codename).filter(
            Q(page__depth=1)
            | Q(page__locale__language_code=settings.LANGUAGE_CODE)
            & (Q(page__depth=2) | Q(page__content_type=municipality))
        )
        return {EVERYWHERE if depth < 3 else slug for depth, slug in grants.values_list("page__depth", "page__slug")}

    def user_has_permission(self, user: Somebody, action: str) -> bool:
        """Say whether there may be an organiser that the user has a right to."""
        return bool(self.places(user))

    def user_has_any_permission(self, user: Somebody, actions: Iterable[str]) -> bool:
        """Say the same for several rights, which are one here."""
        return bool(self.places(user))

    def user_has_permission_for_instance(self, user: Somebody, action: str, instance: Organiser) -> bool:
        """Say whether the user may change this organiser; every editor may look at it."""
        places = self.places(user)
        return bool(places) and (action == "view" or EVERYWHERE in places or instance.municipality in places)

    def user_has_any_permission_for_instance(self, user: Somebody, actions: Iterable[str], instance: Organiser) -> bool:
        """Say whether the user has one of these rights to this organiser."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Somebody, actions: Iterable[str]) -> QuerySet[Organiser]:
        """Return the organisers to which the user has one of these rights."""
        places = self.places(user)
        if EVERYWHERE in places or (places and "view" in actions):
            return Organiser.objects.all()
        return Organiser.objects.filter(municipality__in=places)


class SubmissionPermissionPolicy(OrganiserPermissionPolicy):
    """Who may see what clubs entered: the editors of the municipality alone, because an e-mail address is in it.

    Nobody writes there: the club does in its form, and editors in the page that was made of it.
    """

    def user_has_permission(self, user: Somebody, action: str) -> bool:
        """Say whether there may be entries for the user to look at."""
        return action == "view" and bool(self.places(user))

    def user_has_any_permission(self, user: Somebody, actions: Iterable[str]) -> bool:
        """Say the same for several rights, of which there is only one here."""
        return "view" in set(actions) and bool(self.places(user))

    def user_has_permission_for_instance(self, user: Somebody, action: str, instance: Any) -> bool:
        """Say whether the user may look at this entry."""
        places = self.places(user)
        return action == "view" and (EVERYWHERE in places or instance.municipality in places)

    def instances_user_has_any_permission_for(self, user: Somebody, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the entries of the user's municipalities."""
        places = self.places(user)
        entries = self.model._default_manager.all()
        return entries if EVERYWHERE in places else entries.filter(municipality__in=places)


class FeedPermissionPolicy(OrganiserPermissionPolicy):
    """Who may connect a calendar: whoever may publish pages in its municipality, because it publishes by itself."""

    codename = "publish_page"

    def user_has_permission_for_instance(self, user: Somebody, action: str, instance: Any) -> bool:
        """Say whether the user may see and change this feed; it names the address of its owner."""
        places = self.places(user)
        return EVERYWHERE in places or instance.municipality in places

    def instances_user_has_any_permission_for(self, user: Somebody, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the feeds of the user's municipalities."""
        places = self.places(user)
        feeds = self.model._default_manager.all()
        return feeds if EVERYWHERE in places else feeds.filter(municipality__in=places)
