"""The arrival plan is found by the words of its steps, in the reader's language."""

import pytest

from portal.search.updates import run_updates
from tests.factories import translate
from tests.portal.search.documents import find
from welcome_pages.plan.texts import shipped

pytestmark = pytest.mark.django_db


def test_the_plan_is_found_by_what_any_step_is_called(plan_page, commits):
    translate(plan_page, "pl")
    run_updates()
    rules, texts = shipped()
    for language in ("da", "pl"):
        for key in list(rules.steps)[::6]:
            hits = find(texts.step(key, "title", language).text, language).hits
            assert "plan" in [hit.key for hit in hits], (language, key)
