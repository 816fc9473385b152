"""Danish strings and their translations as wagtail-localize cuts them: between content files and translations."""

from wagtail_localize.strings import StringValue, extract_strings


class Catalogue:
    """The translations of one page into one language: Danish string → translated string."""

    def __init__(self, name: str, language: str) -> None:
        self.name, self.language = name, language
        self.strings: dict[str, str] = {}

    def add_text(self, danish: str, translated: str) -> None:
        """Add a plain text of one line."""
        self._add(StringValue.from_plaintext(danish).data, StringValue.from_plaintext(translated).data)

    def add_html(self, danish: str, translated: str) -> None:
        """Add a rich text. Raises ValueError where the two do not have the same parts."""
        _template, danish_strings = extract_strings(danish)
        _template, translated_strings = extract_strings(translated)
        if len(danish_strings) != len(translated_strings):
            raise ValueError(f"{self.name}: the parts of the text in “{self.language}” differ from the Danish ones")
        for (source, source_links), (target, target_links) in zip(danish_strings, translated_strings, strict=True):
            self._add(source.data, _renumber(target.data, source_links, target_links))

    def _add(self, source: str, target: str) -> None:
        self.strings.setdefault(source, target)


def _renumber(text: str, source_links: dict[str, dict], target_links: dict[str, dict]) -> str:
    """Give the links of a translation the numbers that the same links have in the Danish string."""
    free = dict(source_links)
    marks = {}
    for number, attributes in target_links.items():
        match = next((name for name, other in free.items() if other == attributes), None)
        if match is not None:
            marks[number] = match
            del free[match]
    for number in marks:
        text = text.replace(f'id="{number}"', f'id="@{number}"')
    for number, match in marks.items():
        text = text.replace(f'id="@{number}"', f'id="{match}"')
    return text
