"""When two texts are the same text."""

import pytest

from portal.texts.segments import source_hash, text_hash


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('Se <a id="a1">her</a> og <a id="a2">der</a>', 'Se <a id="a2">her</a> og <a id="a1">der</a>'),
        ("<b>Ring nu</b>", "Ring nu"),
        ("Ring   nu\n", "Ring nu"),
        ("Told &amp; Skat", "Told & Skat"),
    ],
)
def test_tags_spaces_and_numbers_of_links_make_no_other_text(one, other):
    assert text_hash(one) == text_hash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ring nu", "Ring ikke nu"), ("[[doctor]]", "[[police]]"), ("Ring nu", "ring nu"), ("5 &lt; 6", "5 &gt; 6")],
)
def test_other_words_make_another_text(one, other):
    assert text_hash(one) != text_hash(other)


@pytest.mark.django_db
def test_a_danish_string_is_named_as_wagtail_localize_names_it():
    from wagtail.models import Locale
    from wagtail_localize.models import String
    from wagtail_localize.strings import StringValue

    stored = String.from_value(Locale.objects.get(language_code="da"), StringValue("Ring <b>nu</b>"))
    assert source_hash("Ring <b>nu</b>") == str(stored.data_hash)
