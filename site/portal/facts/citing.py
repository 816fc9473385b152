"""Which facts and terms a text cites, and the error for those that do not exist."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from . import register
from .models import Fact, GlossaryTerm
from .tokens import citations, has_malformed_token


def check_citations(*texts: str, facts: Iterable[str] = ()) -> None:
    """Raise ValidationError naming every fact or term that is cited but does not exist, and every broken token.

    `facts` are the keys of facts that were chosen for a card or a list.
    """
    chosen = [key for key in facts if key]
    found = register.current().want(*texts, facts=chosen)
    problems = [_no_fact(key) for key in chosen if found.facts.get(key) is None]
    for text in texts:
        for prefix, key in citations(text):
            if prefix and found.terms.get(key) is None:
                problems.append(_("The glossary has no term “%(key)s”.") % {"key": key})
            elif not prefix and found.facts.get(key) is None:
                problems.append(_no_fact(key))
        if has_malformed_token(text):
            problems.append(
                _(
                    "Double square brackets mark a fact, such as [[out-of-hours-doctor]], or a term, "
                    "such as [[term:cpr-nummer]]. One here is neither."
                )
            )
    if problems:
        raise ValidationError(list(dict.fromkeys(problems)))


def _no_fact(key: str) -> str:
    return _("The fact register has no fact “%(key)s”.") % {"key": key}


def references(text: str) -> Iterable[tuple[type[models.Model], str, str, str]]:
    """Yield what Wagtail's reference index needs to know of the facts and terms that a text cites."""
    cited = citations(text)
    if not cited:
        return
    found = register.current().want(text)
    for prefix, key in cited:
        if (found.terms if prefix else found.facts).get(key) is not None:
            yield (GlossaryTerm if prefix else Fact), key, "", ""
