"""Rights over what is no page and belongs to one municipality: whoever may work on the pages there."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission
from wagtail.permission_policies import ModelPermissionPolicy

from .models import MunicipalityPage

Somebody = User | AnonymousUser

EVERYWHERE = "*"
"""Stands for every municipality, and for what belongs to none. No slug can look like it."""


class PlacePermissionPolicy(ModelPermissionPolicy):
    """Rights over rows with a `municipality` are rights over pages there: no permission of its own has to be given."""

    codename = "add_page"
    """The right to pages that is asked for."""

    def places(self, user: Somebody) -> set[str]:
        """Return the slugs of the municipalities whose rows the user may change, or EVERYWHERE."""
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
        """Say whether there may be a row that the user has a right to."""
        return bool(self.places(user))

    def user_has_any_permission(self, user: Somebody, actions: Iterable[str]) -> bool:
        """Say the same for several rights, which are one here."""
        return bool(self.places(user))

    def user_has_permission_for_instance(self, user: Somebody, action: str, instance: Any) -> bool:
        """Say whether the user may change this row; every editor may look at it."""
        places = self.places(user)
        return bool(places) and (action == "view" or EVERYWHERE in places or instance.municipality in places)

    def user_has_any_permission_for_instance(self, user: Somebody, actions: Iterable[str], instance: Any) -> bool:
        """Say whether the user has one of these rights to this row."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Somebody, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the rows to which the user has one of these rights."""
        places = self.places(user)
        if EVERYWHERE in places or (places and "view" in actions):
            return self.model._default_manager.all()
        return self.model._default_manager.filter(municipality__in=places)


class OwnPlacePermissionPolicy(PlacePermissionPolicy):
    """The same for what names people or mailboxes: nobody of another municipality even sees it."""

    codename = "publish_page"

    def user_has_permission_for_instance(self, user: Somebody, action: str, instance: Any) -> bool:
        """Say whether the user may see and change this row."""
        places = self.places(user)
        return EVERYWHERE in places or instance.municipality in places

    def instances_user_has_any_permission_for(self, user: Somebody, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the rows of the user's municipalities."""
        places = self.places(user)
        rows = self.model._default_manager.all()
        return rows if EVERYWHERE in places else rows.filter(municipality__in=places)
