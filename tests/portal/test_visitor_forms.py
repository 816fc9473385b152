"""Forms of visitors: programs are kept out, people never lose what they wrote, and whatever comes back can be sent again."""

import time
import uuid

import pytest
from django import forms
from django.core import signing
from django.http import QueryDict

from portal import visitor_forms
from portal.visitor_forms import FASTEST, LONGEST, SALT, VisitorForm

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def in_english():
    from django.utils import translation

    with translation.override("en"):
        yield


class NoteForm(VisitorForm):
    text = forms.CharField()


def opened(seconds_ago: float) -> str:
    return signing.Signer(salt=SALT).sign(str(int(time.time() - seconds_ago)))


def sent(**values: object) -> NoteForm:
    """Return the form as a person sends it, but for some values."""
    fields = {"form_key": uuid.uuid4(), "opened_at": opened(60), "second_nickname": "", "text": "Hello", **values}
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        if value is not None:
            data[name] = str(value)
    return NoteForm(data)


def sent_again(form: NoteForm) -> NoteForm:
    """Send again what the form shows."""
    shown = {name: form[name].value() for name in form.fields}
    return sent(**shown)


def test_a_person_passes():
    form = sent()
    assert form.is_valid(), form.errors
    assert isinstance(form.cleaned_data["form_key"], uuid.UUID)


def test_a_new_form_has_a_key_and_a_time_of_its_own():
    first, second = NoteForm(), NoteForm()
    assert first["form_key"].value() != second["form_key"].value()
    assert first["opened_at"].value()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"second_nickname": "x"}, "Your browser filled in a field"),
        ({"second_nickname": "x" * 5000}, "Your browser filled in a field"),
        ({"form_key": "nonsense"}, "Please check what you wrote"),
        ({"form_key": None}, "Please check what you wrote"),
        ({"opened_at": ""}, "The form was open for a long time."),
        ({"opened_at": None}, "The form was open for a long time."),
        ({"opened_at": "1700000000"}, "The form was open for a long time."),
        ({"opened_at": "1700000000:forged"}, "The form was open for a long time."),
        ({"opened_at": opened(LONGEST + 60)}, "The form was open for a long time."),
    ],
)
def test_what_is_refused_keeps_the_text_and_passes_when_it_is_sent_again(values, said, monkeypatch):
    form = sent(**values)
    assert not form.is_valid()
    (text,) = form.non_field_errors()
    assert said in text
    assert list(form.errors) == ["__all__"], "nothing is said about fields that nobody sees"
    assert form["text"].value() == "Hello"
    later = time.time() + FASTEST + 1
    monkeypatch.setattr(visitor_forms.time, "time", lambda: later)
    again = sent_again(form)
    assert again.is_valid(), again.errors


def test_a_form_that_was_filled_in_at_once_passes_a_moment_later(monkeypatch):
    form = sent(opened_at=opened(0))
    assert not form.is_valid()
    assert "That was very quick." in form.non_field_errors()[0]
    later = time.time() + FASTEST + 1
    monkeypatch.setattr(visitor_forms.time, "time", lambda: later)
    assert sent_again(form).is_valid()


def test_the_key_stays_the_same_when_something_else_was_wrong():
    form = sent(text="")
    assert not form.is_valid()
    assert str(form["form_key"].value()) == str(sent_again(form)["form_key"].value())


def test_the_unseen_field_is_neither_reached_nor_completed():
    html = str(NoteForm()["second_nickname"])
    assert 'tabindex="-1"' in html
    assert 'autocomplete="off"' in html
