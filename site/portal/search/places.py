"""Which municipality a question names: "Herning library" means the one in Herning."""

from portal.municipalities.models import MunicipalityPage

from .remembered import remembered
from .text import fold, folded_words

SHORTEST_NAME = 5
LONGEST_ENDING = 3
"""Letters that a language may put behind a name: Herningu, Хернинге, Hernings."""


def place_in(text: str, language: str) -> str:
    """Return the slug of the municipality that a text names, or nothing where it names none or several."""
    words = folded_words(text, language)
    found = {
        slug
        for name, slug in _names(language)
        if any(word.startswith(name) and len(word) - len(name) <= LONGEST_ENDING for word in words)
    }
    return found.pop() if len(found) == 1 else ""


@remembered(MunicipalityPage)
def _names(language: str) -> list[tuple[str, str]]:
    """Return the folded words of the names in all languages with the slug of the municipality."""
    rows = MunicipalityPage.objects.live().values_list("name", "slug").distinct()
    return [
        (fold(word, language), slug)
        for name, slug in rows
        for word in folded_words(name, "")
        if len(word) >= SHORTEST_NAME
    ]
