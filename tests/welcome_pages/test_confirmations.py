"""What each municipality has to confirm stands in the list of what is due, until a certain fact answers it."""

import pytest

from portal.municipalities.models import MunicipalityPage
from portal.texts.findings import all_findings
from tests.factories import add_page, make_fact, make_home, make_locales

pytestmark = pytest.mark.django_db


def due(municipality: str, subject: str) -> list[str]:
    """Return what is to be confirmed on a subject by a municipality."""
    return [found.what for found in all_findings() if found.where == municipality and subject in found.what]


def test_a_municipality_is_asked_until_a_certain_fact_is_in_the_register():
    home = make_home(make_locales())
    add_page(home, MunicipalityPage, "herning", title="Herning", name="Herning")
    assert due("Herning", "telephone of Borgerservice") == [
        "to be confirmed by the municipality: telephone of Borgerservice (nothing is known)"
    ]
    fact = make_fact("herning-phone", scope="local", municipality="herning", confidence="M")
    assert due("Herning", "telephone of Borgerservice") == [
        "to be confirmed by the municipality: telephone of Borgerservice (herning-phone is not certain)"
    ]
    fact.confidence = "H"
    fact.save()
    assert due("Herning", "telephone of Borgerservice") == []


def test_the_fact_of_one_municipality_does_not_answer_for_another():
    home = make_home(make_locales())
    for slug in ("herning", "struer"):
        add_page(home, MunicipalityPage, slug, title=slug, name=slug)
    make_fact("herning-ics-west", "Ja", "text", scope="local", municipality="herning", confidence="H")
    assert due("herning", "ICS West") == []
    assert len(due("struer", "ICS West")) == 1


def test_the_number_of_a_crisis_line_is_asked_for_until_somebody_has_checked_it():
    make_home(make_locales())

    def asked() -> list[str]:
        return [found.what for found in all_findings() if found.where == "fact suicide-line"]

    assert asked() == ["to be checked with Livslinien: its telephone number"]
    fact = make_fact("suicide-line", "https://www.livslinien.dk/", "link", confidence="H")
    assert len(asked()) == 1
    fact.kind, fact.value, fact.confidence = "phone", "70 11 31 31", "M"
    fact.save()
    assert len(asked()) == 1
    fact.confidence = "H"
    fact.save()
    assert asked() == []
