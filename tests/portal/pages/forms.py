"""What a browser sends from the page forms of the admin."""

from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from portal.facts.fields import TEXT_FEATURES, CitingRichTextField

RICH_TEXT_BLOCKS = {"note", "warning"}


def _block(kind: str, value: Any) -> tuple[str, Any]:
    return kind, rich_text(value, features=TEXT_FEATURES) if kind in RICH_TEXT_BLOCKS else value


def page_form(model: type[Page], **values: Any) -> dict[str, Any]:
    """Return the fields of a form for one kind of page, empty where no value is given.

    A stream is given as a list of (kind, value); only blocks of plain rich text need a value here.
    """
    form: dict[str, Any] = {"content_owner": "Borgerservice", "comments": inline_formset([])}
    for field in model._meta.concrete_fields:
        if isinstance(field, StreamField):
            form[field.name] = streamfield([_block(*item) for item in values.pop(field.name, [])])
        elif isinstance(field, CitingRichTextField):
            form[field.name] = rich_text(values.pop(field.name, ""), features=field.features)
    return nested_form_data({**form, **values})
