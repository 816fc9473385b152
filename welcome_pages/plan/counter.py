"""The plan for staff at the counter: who stands there, which procedure, which forms, which office comes next."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.facts import register
from portal.facts.per_language import language_name, site_languages
from portal.pages.link_scope import LinkScope
from portal.pages.rows import home_of_language, municipality_type_id, top_level

from .answers import QUESTIONS, Asked, parse
from .pages import field_guide_addresses, library_address
from .planning import PlannedStep, contradiction_of, plan_of
from .presenting import Presenter, StepRow, cited_facts, cited_texts
from .texts import shipped

FIRST_LANGUAGE = "en"
FIELDS = "felter"
"""The last word of the address of every field guide."""


@require_safe
def counter(request: HttpRequest) -> HttpResponse:
    """Show the plan of a citizen in Danish, with any language of the site beside it."""
    language = request.GET.get("lang", FIRST_LANGUAGE)
    if language not in site_languages():
        raise BadRequest("lang: a language of the site")
    scope = _scope(language)
    asked = parse(request.GET, [row.slug for row in scope.municipalities])
    response = render(request, "welcome_pages/admin/counter.html", _context(scope, asked, language))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _scope(language: str) -> LinkScope:
    """Return where a reader of this language would be, for the links of the plan."""
    home = home_of_language(language) or home_of_language(settings.LANGUAGE_CODE)
    if home is None:
        raise Http404("the site has no home page")
    scope, top, kind = LinkScope(), top_level(home), municipality_type_id()
    scope.enter(home, top, {row.slug for row in top if row.content_type_id == kind})
    return scope


def _context(scope: LinkScope, asked: Asked, language: str) -> dict[str, Any]:
    rules, texts = shipped()
    own = get_language() or settings.LANGUAGE_CODE
    is_complete = not asked.answers.missing and not asked.errors
    contradiction = contradiction_of(rules, asked.answers) if is_complete else None
    planned = plan_of(rules, asked.answers) if is_complete and not contradiction else []
    cited = [*cited_texts(planned, texts, language), *cited_texts(planned, texts, settings.LANGUAGE_CODE)]
    register.current().want(*cited, facts=cited_facts(planned))
    presenter = Presenter(rules, texts, scope, asked, timezone.localdate())
    steps = [step for phase in presenter.phases(planned) for step in phase.steps] if planned else []
    questions = [
        {
            "name": name,
            "words": texts.words("questions", name, own).text,
            "answer": asked.answers[name],
            "options": [(value, texts.words("questions", f"{name}-{value}", own).text) for value in offered],
        }
        for name, offered in QUESTIONS.items()
    ]
    return {
        "labels": {
            "show": _("Show the plan"),
            "language": _("The citizen’s language"),
            "forms": _("Forms and guides"),
            "next": _("Next office"),
            "library": _("All forms for these people"),
        },
        "asked": asked,
        "questions": questions,
        "municipalities": [(row.slug, row.title) for row in scope.municipalities],
        "arrival_words": texts.words("questions", "arrival", own).text,
        "municipality_words": texts.words("questions", "m", own).text,
        "languages": [(code, language_name(code)) for code in site_languages() if code != settings.LANGUAGE_CODE],
        "beside": language,
        "contradiction": texts.words("contradictions", contradiction.key, own).text if contradiction else "",
        "rows": _rows(steps, planned, field_guide_addresses(scope, asked.answers.m) if steps else set()),
        "library_url": _library_url(scope, asked) if steps else "",
    }


def _rows(steps: list[StepRow], planned: list[PlannedStep], field_guides: set[str]) -> list[dict[str, Any]]:
    """Return each step with its field guide and with the offices that it opens the way to, whichever row comes next."""
    by_key = {step.key: step for step in steps}
    return [
        {
            "step": step,
            "field_guide": address if (address := f"{step.form_url}{FIELDS}/") in field_guides else "",
            "next": [by_key[key] for key in one.opens],
        }
        for step, one in zip(steps, planned, strict=True)
    ]


def _library_url(scope: LinkScope, asked: Asked) -> str:
    """Return the address of the form library with the forms for these people."""
    base = library_address(scope, asked.answers.m)
    return f"{base}?{urlencode({'who': asked.answers.who})}" if base else ""
