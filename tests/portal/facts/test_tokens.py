"""The notation by which a text cites facts and terms."""

import pytest

from portal.facts.tokens import citations, has_malformed_token, texts_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ring til [[out-of-hours-doctor]].", [("", "out-of-hours-doctor")]),
        ("Dit [[term:cpr-nummer]]", [("term:", "cpr-nummer")]),
        ("Bez [[term:cpr-nummer|numeru CPR]]", [("term:", "cpr-nummer")]),
        ("[[112]][[114]]", [("", "112"), ("", "114")]),
        ("<p><b>[[doctor]]</b></p>", [("", "doctor")]),
        ("[[[doctor]]]", [("", "doctor")]),
        ("", []),
        ("uden noget [doctor]", []),
    ],
)
def test_a_text_cites_the_facts_and_terms_between_double_brackets(text, expected):
    assert sorted(citations(text).elements()) == sorted(expected)


def test_a_field_that_is_not_filled_cites_nothing():
    assert citations(None) == {}
    assert not has_malformed_token(None)


def test_each_mention_counts_so_a_lost_repetition_is_noticed():
    assert citations("[[doctor]], [[doctor]] og [[term:doctor]]") == {("", "doctor"): 2, ("term:", "doctor"): 1}
    assert citations("[[doctor]] [[doctor]]") != citations("[[doctor]]")


def test_the_label_of_a_term_does_not_count_because_translators_inflect_it():
    assert citations("[[term:cpr|CPR-nummeret]]") == citations("[[term:cpr|numeru CPR]]") == citations("[[term:cpr]]")


def test_order_does_not_count_because_languages_order_their_words_differently():
    assert citations("[[doctor]] før [[term:cpr]]") == citations("[[term:cpr]] przed [[doctor]]")


@pytest.mark.parametrize(
    "text",
    [
        "[[Doctor]]",
        "[[ doctor ]]",
        "[[out of hours]]",
        "[[doctor]",
        "[doctor]]",
        "[[læge]]",
        "[[]]",
        "[[term:]]",
        "[[-doctor]]",
        "[[out_of_hours]]",
        "[[term:cpr|a|b]]",
        "[[term:cpr|[x]]]",
        "[[doctor\n]]",
        "[[doctor]] og [[",
        "[[<b>doctor</b>]]",
        "[[Term:cpr]]",
    ],
)
def test_double_brackets_that_are_no_token_are_malformed(text):
    assert has_malformed_token(text)


@pytest.mark.parametrize("text", ["[[doctor]]", "[[term:cpr|et ord]]", "[doctor]", "a[0] og b[1]", ""])
def test_single_brackets_and_whole_tokens_are_not_malformed(text):
    assert not has_malformed_token(text)


def test_every_text_of_a_nested_stream_is_found_whatever_its_depth():
    raw = [
        {"type": "section", "id": "a", "value": {"heading": "H", "text": "<p>[[x]]</p>"}},
        {"type": "list", "id": "b", "value": [{"type": "item", "id": "c", "value": "[[term:y]]"}]},
        {"type": "fact", "id": "d", "value": None},
    ]
    found = list(texts_in(raw))
    assert {"H", "<p>[[x]]</p>", "[[term:y]]"} <= set(found)
    assert None not in found
