"""Whatever is posted to a page form or to the translation editor, no script reaches the public page."""

import json
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from wagtail_localize.models import StringSegment

from tests.factories import translate
from tests.portal.facts.page_form import send
from tests.portal.small_site import admin_browser, make_small_site, section
from tests.portal.texts.reader import read_guide, translation_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits", "waiting_tasks")]

ATTACK = (
    '<p onclick="attack()">Ring <script>attack()</script>'
    '<a href="javascript:attack()">nu</a> <b onmouseover="attack()">straks</b>'
    '<img src="x" onerror="attack()"><iframe src="javascript:attack()"></iframe></p>'
)


TEXT = "Ring <script>attack()</script> nu straks"
POSTED = json.dumps(
    {
        "blocks": [
            {
                "key": "a",
                "text": TEXT,
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": TEXT.index("nu"), "length": 2, "key": 0}],
            }
        ],
        "entityMap": {
            "0": {
                "type": "LINK",
                "mutability": "MUTABLE",
                "data": {"url": "javascript:attack()", "onclick": "attack()"},
            }
        },
    }
)
"""What the editor for rich text sends, from the hands of an attacker."""


def is_clean(main):
    """Say whether nothing in the text of a page can run."""
    assert main.find_all(["script", "iframe", "img"]) == []
    attributes = [(name, value) for tag in main.find_all(True) for name, value in tag.attrs.items()]
    assert [name for name, _value in attributes if name.startswith("on")] == []
    assert [value for _name, value in attributes if "javascript:" in str(value)] == []
    return True


def test_what_an_editor_posts_is_cleaned():
    page = make_small_site().guide()
    answer = send(
        admin_browser(),
        page,
        ("section", {"heading": "<script>attack()</script>", "text": POSTED}),
        title="<script>attack()</script>",
        summary='<img src=x onerror="attack()">',
        what_to_bring=POSTED,
    )
    assert answer.status_code == 302
    read = read_guide("da")
    assert "straks" in read.main_text
    assert is_clean(read.soup.main)
    assert "<script>attack" not in read.text


@pytest.mark.parametrize(
    "text", [ATTACK, "Zadzwoń <script>attack()</script>", '<a href="javascript:attack()">teraz</a>']
)
def test_what_a_translator_posts_is_cleaned_or_refused(text):
    page = make_small_site().guide("laege", section("<p>Ring nu.</p>"))
    translate(page, "pl", strings={"Laege": "Lekarz", "Trin": "Krok"})
    translation, browser = translation_of(page), admin_browser()
    for danish in ("Ring nu.", "Laege", "Trin"):
        segment = StringSegment.objects.get(source=translation.source, string__data=danish)
        browser.generic(
            "PUT",
            reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
            urlencode({"value": text}),
            content_type="application/x-www-form-urlencoded",
        )
    translation.save_target(publish=True)
    read = read_guide()
    assert is_clean(read.soup.main)
    assert "<script>attack" not in read.text
