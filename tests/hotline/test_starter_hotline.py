"""The hotline as it ships."""

import pytest

from hotline.models import HotlineLine, HotlinePage
from hotline.starter.loader import StarterHotline
from tests.factories import Tree

pytestmark = pytest.mark.django_db(transaction=True)


def load() -> list[str]:
    """Load the file, and return what was left as it is."""
    shipment = StarterHotline()
    loader = shipment.loader(shipment.read())
    list(loader.run())
    return loader.kept


def test_the_page_ships_in_five_languages_and_what_editors_change_stays(tree: Tree):
    assert load() == []
    titles = dict(HotlinePage.objects.live().values_list("locale__language_code", "title"))
    assert titles == {"da": "Hotline", "en": "Hotline", "de": "Hotline", "pl": "Infolinia", "ru": "Горячая линия"}
    rule = HotlineLine.objects.get().opening_rules.get()
    assert (rule.weekday, f"{rule.start:%H:%M}", f"{rule.end:%H:%M}") == (0, "13:00", "15:00")
    rule.weekday = 3
    rule.save()
    assert load() == []
    assert HotlineLine.objects.get().opening_rules.get().weekday == 3
    assert HotlinePage.objects.count() == 5
