"""The small site with a welcome pack: an emergency number, a contact card of Herning, and a Danish word."""

import pytest

from tests.factories import Tree, add_page, block, make_fact, make_term, publish
from tests.snapshots import built_once, tree
from welcome_pages.models import WelcomePackPage

__all__ = ["tree"]


@pytest.fixture
@built_once
def pack_site(tree: Tree) -> Tree:
    """The pack in every language; outside Danish its title and summary are still Danish."""
    make_fact("cpr-report-deadline", "P5D", "deadline")
    make_fact("emergency-112", "112", in_footer=1)
    make_fact("herning-phone", "96 28 28 28", scope="local", municipality="herning")
    make_fact("herning-address", "Torvet 5, 7400 Herning", "address", scope="local", municipality="herning")
    make_term("borgerservice", "Borgerservice")
    tree.herning.welcome = "<p>Velkommen til Herning. Spørg i [[term:borgerservice]].</p>"
    facts = [{"type": "item", "value": key, "id": key} for key in ("herning-phone", "herning-address")]
    tree.herning.main_contact = [block("contact", {"heading": "CPR og adresse", "facts": facts}, "c1")]
    tree.herning = publish(tree.herning)
    pack = add_page(tree.home, WelcomePackPage, "velkomstpakke")
    for code, locale in tree.locales.items():
        if code != "da":
            pack.copy_for_translation(locale, alias=True)
    return tree
