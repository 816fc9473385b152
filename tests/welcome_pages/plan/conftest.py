"""The small site with an arrival plan, two of its guides, and the facts of its deadlines."""

import pytest

from tests.factories import Tree, add_page, make_fact
from tests.snapshots import built_once, tree
from welcome_pages.models import PlanPage

__all__ = ["tree"]


@pytest.fixture
@built_once
def plan_page(tree: Tree) -> PlanPage:
    """The page of the plan in every language; outside Danish its title and summary are still Danish."""
    make_fact("cpr-report-deadline", "P5D", "deadline")
    make_fact("eu-residence-deadline", "P3M", "deadline")
    make_fact("car-registration-deadline", "P30D", "deadline")
    make_fact("herning-phone", "96 28 28 28", scope="local", municipality="herning")
    make_fact("emergency-112", "112", in_footer=1)
    page = add_page(tree.home, PlanPage, "plan", show_in_menus=True)
    for code, locale in tree.locales.items():
        if code != "da":
            page.copy_for_translation(locale, alias=True)
    return PlanPage.objects.get(pk=page.pk)
