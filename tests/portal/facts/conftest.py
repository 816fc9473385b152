"""The catalogues of the source tree, compiled for a test: none depends on when somebody compiled them last."""

from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings as project_settings
from django.test import override_settings

from portal.facts import opening_hours, rendering

REMEMBERED = [
    function
    for module in (opening_hours, rendering)
    for function in vars(module).values()
    if hasattr(function, "cache_clear")
]


def forget_words() -> None:
    """Empty what the process remembers of rendered facts: it was made with another catalogue."""
    for function in REMEMBERED:
        function.cache_clear()


@pytest.fixture
def catalogues(tmp_path: Path) -> Iterator[None]:
    """Translate with the catalogues of this working tree."""
    for po in Path(project_settings.BASE_DIR, "locale").glob("*/LC_MESSAGES/django.po"):
        target = tmp_path / po.parent.relative_to(Path(project_settings.BASE_DIR, "locale")) / "django.mo"
        target.parent.mkdir(parents=True)
        polib.pofile(str(po)).save_as_mofile(str(target))
    forget_words()
    with override_settings(LOCALE_PATHS=[tmp_path]):
        yield
    forget_words()
