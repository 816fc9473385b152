"""A small valid folder of starter activities below the municipalities of the small site."""

from pathlib import Path

from tests.welcome_pages.starter_content.small_content import five

PAGE = f"""\
title: {five("Aktiviteter")}
summary: {five("Hvad der sker her.")}
owner: "Kultur"
"""
CAFE = f"""\
title: {five("Sprogcafé")}
summary: {five("Tal dansk sammen.")}
owner: "Kultur"
organiser: "Sprogcaféen (eksempel)"
type: language
starts: {{week: 1, weekday: thursday}}
time: "19:00-21:00"
repeats: {{how: odd_weeks, weekdays: [thursday]}}
venue: {{name: "Biblioteket"}}
also_in: [holstebro]
price: {five("Gratis.")}
sign_up: {{how: none}}
body:
  - section:
      heading: {five("Sådan foregår det")}
      paragraphs:
        - {five("Tag en ven med.")}
"""
EVENING = f"""\
title: {five("Skattemøde")}
summary: {five("Få styr på skatten.")}
owner: "Borgerservice"
type: informative
starts: {{week: 2, weekday: tuesday}}
time: "22:00-00:30"
venue: {{name: "Rådhuset"}}
sign_up: {{how: here, places: 10, waiting_places: 2}}
body:
  - section:
      heading: {five("Program")}
      points:
        - {five("Skattekort.")}
"""
FILES = {
    "pages/aktiviteter.yaml": PAGE,
    "pages/kalender.yaml": PAGE.replace("Aktiviteter", "Kalender"),
    "herning/sprogcafe.yaml": CAFE,
    "holstebro/skattemoede.yaml": EVENING,
}


class ActivityFolder:
    """The files on disk, to be changed by a test."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Write one file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def change(self, name: str, old: str, new: str) -> int:
        """Replace words that stand once in a file, and return their line."""
        text = (self.root / name).read_text()
        assert text.count(old) == 1
        self.write(name, text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1
