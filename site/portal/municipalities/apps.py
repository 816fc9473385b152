"""Wagtail's users app with our group views."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Mirrors the rights of a group to all languages whenever the group is saved."""

    group_viewset = "portal.municipalities.group_views.MirroringGroupViewSet"
