"""The edit form of a guide in the admin, as a browser fills it in and sends it."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

FACT_LISTS = ["deadlines", "sources"]


def section_value(text: str, heading: str = "Trin") -> dict[str, str]:
    """Return a section as its form sends it."""
    return {"heading": heading, "text": rich_text(text)}


def card_value(*fact_keys: str, heading: str = "Kontakt") -> dict[str, Any]:
    """Return a contact card as its form sends it."""
    items = {
        str(index): {"value": key, "id": f"{index}", "order": str(index), "deleted": ""}
        for index, key in enumerate(fact_keys)
    }
    return {"heading": heading, "facts": {"count": str(len(items)), **items}}


def send(
    browser: Client,
    page: Page,
    *body: tuple[str, Any],
    ids: list[str] | None = None,
    publish: bool = True,
    lists: dict[str, list[str]] | None = None,
    **inputs: str,
) -> HttpResponse:
    """Open the form of a guide, put these blocks and inputs into it, and send it."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    opened = browser.get(url)
    assert opened.status_code == 200
    data = querydict_from_html(opened.content.decode(), form_id="page-edit-form")
    blocks = streamfield(list(body))
    for index, block_id in enumerate(ids or []):
        blocks[str(index)]["id"] = block_id
    streams = {name: streamfield([("fact", key) for key in (lists or {}).get(name, [])]) for name in FACT_LISTS}
    data.update(nested_form_data({"body": blocks, "related": streamfield([]), **streams}))
    data.update(inputs)
    if publish:
        data["action-publish"] = "action-publish"
    return browser.post(url, data)


def refusals(response: HttpResponse) -> str:
    """Return everything that the form of a refused page says, also inside its blocks."""
    assert response.status_code == 200, "the page was saved"
    said = []
    for errors in response.context["form"].errors.as_data().values():
        for error in errors:
            inside_blocks = error.as_json_data() if hasattr(error, "as_json_data") else error.messages
            said.append(json.dumps(inside_blocks, ensure_ascii=False))
    return "\n".join(said)
