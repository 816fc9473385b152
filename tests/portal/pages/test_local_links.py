"""Links from shared pages to the pages of one municipality are refused: they would lead everybody else astray."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import block, link

pytestmark = pytest.mark.django_db(transaction=True)


def say(page, target):
    page.body = [block("note", f"<p>Se {link(target)}.</p>", "x1")]
    return page


def test_a_shared_guide_cannot_link_to_the_language_centre_of_one_municipality(tree):
    with pytest.raises(ValidationError, match="Sprogcenter"):
        say(tree.cpr, tree.language_centre).full_clean()


def test_a_shared_guide_cannot_link_to_the_home_of_one_municipality(tree):
    with pytest.raises(ValidationError, match="Herning Kommune"):
        say(tree.tax, tree.herning).full_clean()


def test_a_local_page_may_link_to_its_own_municipality_and_to_shared_guides(tree):
    say(tree.language_centre, tree.herning).full_clean()
    say(tree.language_centre, tree.cpr).full_clean()
    say(tree.herning, tree.language_centre).full_clean()


def test_a_municipality_cannot_link_into_another_one(tree):
    with pytest.raises(ValidationError, match="Sprogcenter"):
        say(tree.holstebro, tree.language_centre).full_clean()
