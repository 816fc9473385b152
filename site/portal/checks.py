"""System checks for the rules that the team would otherwise have to remember."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page, get_page_models
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.models import LocaleSynchronization


@register(Tags.models)
def check_page_models(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every page of ours keeps one slug in all languages."""
    from portal.pages.base import BasePage

    errors: list[CheckMessage] = []
    for model in get_page_models():
        if model is Page or not issubclass(model, BasePage):
            continue
        fields = [rule for rule in model.override_translatable_fields if rule.field_name == "slug"]
        if not any(isinstance(rule, SynchronizedField) and not rule.overridable for rule in fields):
            errors.append(
                Error(
                    f"{model._meta.label} translates its slug.",
                    hint="Extend BasePage.override_translatable_fields instead of replacing it.",
                    obj=model,
                    id="portal.E001",
                )
            )
    return errors


@register(Tags.models)
def check_block_depth(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No block has a shape whose texts wagtail-localize loses: a list or an image inside two structs."""
    errors: list[CheckMessage] = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                for path in lost_blocks(field.stream_block):
                    errors.append(
                        Error(
                            f"{model._meta.label}.{field.name}: translators would never see “{path}”.",
                            hint="Use a StreamBlock for nested lists, and keep structs one level deep.",
                            obj=model,
                            id="portal.E002",
                        )
                    )
    return errors


def lost_blocks(block: blocks.Block, structs: int = 0, path: str = "") -> Iterator[str]:
    """Yield the paths of lists and images that stand directly inside two structs; a list or a stream begins anew."""
    if isinstance(block, ImageBlock):
        if structs >= 2:
            yield path
    elif isinstance(block, blocks.ListBlock):
        if structs >= 2:
            yield path
        yield from lost_blocks(block.child_block, 0, f"{path}.item")
    elif isinstance(block, blocks.StreamBlock | blocks.StructBlock):
        inner = structs + 1 if isinstance(block, blocks.StructBlock) else 0
        for name, child in block.child_blocks.items():
            yield from lost_blocks(child, inner, f"{path}.{name}" if path else name)


@register(Tags.database)
def check_language_roots(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every language has a published home page, and follows Danish directly.

    A language without one would be a dead end, and an alias of an alias would claim the wrong language.
    """
    errors: list[CheckMessage] = []
    if not databases:
        return errors
    try:
        if "wagtailcore_locale" not in connections["default"].introspection.table_names():
            return errors
        errors.extend(_root_errors())
    except DatabaseError:
        return []  # not migrated yet: there is nothing to check
    return errors


def _root_errors() -> Iterator[CheckMessage]:
    from portal.pages.home import HomePage

    roots = HomePage.objects.filter(depth=2).values_list("locale__language_code", "live")
    if not roots:
        return  # before the first content there is no site
    live = {code for code, is_live in roots if is_live}
    for code, _name in settings.LANGUAGES:
        if code not in live:
            yield Error(
                f"The language {code} has no published home page.",
                hint="Publish it in the admin, or run: manage.py load_starter_content",
                id="portal.E003",
            )
    for rule in LocaleSynchronization.objects.exclude(sync_from__language_code=settings.LANGUAGE_CODE):
        yield Error(
            f"The language {rule.locale.language_code} follows {rule.sync_from.language_code}.",
            hint="Set it to follow Danish, in the admin under Settings, Locales.",
            id="portal.E004",
        )
