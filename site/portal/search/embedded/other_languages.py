"""Finds a page by a word of a further language: "Haftpflicht" typed in the English interface.

What comes back is the page in the reader's language.
"""

from dataclasses import replace

from django.conf import settings

from ..questions import Question
from .index import OTHER
from .vocabulary import vocabulary

LESS = 0.6
"""How much a page counts that was found by its text in another language."""


def in_other_languages(question: Question, version: int) -> list[Question]:
    """Return the question in each language that has the words which neither the reader's language nor Danish has."""
    here = [vocabulary(code, version) for code in (question.language, settings.LANGUAGE_CODE, OTHER)]
    unknown = [word for word in question.words if not any(known.forms(word) for known in here)]
    if not unknown:
        return []
    others = [code for code, _name in settings.LANGUAGES if code not in {question.language, settings.LANGUAGE_CODE}]
    return [
        replace(question, language=code, readings=(), synonyms=())
        for code in others
        if all(vocabulary(code, version).has(word) for word in unknown)
    ]
