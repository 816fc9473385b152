"""To other programs a field guide is the form that it explains."""

import pytest

from portal.search.updates import run_updates
from tests.portal.search.documents import find

pytestmark = pytest.mark.django_db


@pytest.mark.storage
def test_a_field_guide_is_found_under_the_key_of_its_form(guide, form):
    run_updates()
    hits = [hit for hit in find(guide.title).hits if hit.kind == "form"]
    assert hits
    assert {hit.key for hit in hits} == {form.key}


def test_a_name_in_an_example_finds_no_guide_and_a_label_does(guide):
    run_updates()
    assert not find("Kowalska").hits
    assert [hit.title for hit in find("Folkekirken").hits if hit.title == guide.title]
