"""Tells at `manage.py check` that the rules of the plan are broken: before readers see it."""

from typing import Any

from django.core import checks

from portal.starter.located import Problem

from .phrases import shipped_phrases
from .texts import shipped


@checks.register
def check_plan_rules(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Return the first mistake in the rules or the words of the plan, with its file and line."""
    try:
        shipped()
        shipped_phrases()
    except Problem as problem:
        return [checks.Error(str(problem), id="welcome_pages.E001")]
    return []
