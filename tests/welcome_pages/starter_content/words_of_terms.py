"""Whether the label of a glossary term is a form of the term's word: inflected, but the same word."""

import re
import unicodedata
from collections.abc import Mapping

SHORTEST_STEM = 3
LONGEST_ENDING = 5
"""Letters by which two forms of one word may differ at the end: urząd, urzędowi."""

SMALL_WORDS = """
    a an the of for in on to and or et en den det de der die das des dem ein eine einen einem einer und oder zum zur im
    i w we z ze na do o lub albo и в на по за для о из или af til med fra som og your din dit dine ihr ihre ihren ihrem
    ihrer twoj twoja twoje twojego twojej swoj swoja swojego swojej swoim ваш ваша вашего вашей вашем свой своего своей
    своем свое danish danische danischen danischer dunski dunska dunskie dunskiego dunskiej датский датского датской
"""
SMALL = frozenset(SMALL_WORDS.split())

Term = Mapping[str, Mapping[str, object]]


def bare(text: str) -> list[str]:
    """Return the words of a text folded to bare letters, without brackets and small words."""
    text = (
        re.sub(r"\([^)]*\)", " ", text).lower().replace("ё", "е").replace("ł", "l").replace("ø", "o").replace("ß", "ss")
    )
    kept = "".join(
        sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign) or sign == "\u0306"
    )
    return [word for word in re.findall(r"\w+", unicodedata.normalize("NFC", kept)) if word not in SMALL]


def are_forms_of_one(one: str, other: str) -> bool:
    """Say whether two words have one stem: equal up to their endings."""
    if one == other or (abs(len(one) - len(other)) == 1 and (one.startswith(other) or other.startswith(one))):
        return True
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same >= SHORTEST_STEM and max(len(one), len(other)) - same <= LONGEST_ENDING


def names_of(term: Term, language: str) -> list[list[str]]:
    """Return the words of every name that a term has in a language; the Danish names hold everywhere."""
    names = []
    for code in dict.fromkeys((language, "da")):
        for name in (term["word"][code], *term["synonyms"][code]):  # type: ignore[misc]
            names.append(bare(str(name)))
    return [name for name in names if name]


def is_form_of(label: str, term: Term, language: str) -> bool:
    """Say whether a label holds every word of a name of the term, in whatever form."""
    words = bare(label)
    return any(
        all(any(are_forms_of_one(word, part) for word in words) for part in name) for name in names_of(term, language)
    )
