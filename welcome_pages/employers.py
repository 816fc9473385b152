"""What the manual for employers shows: its chapters and checklists, the steps of a list, and the way in from elsewhere."""

from dataclasses import dataclass, field
from typing import Any

from portal.pages.context import Link
from portal.pages.link_scope import LinkScope, Target

from .employer_blocks import Doer, Phase
from .listings import COLUMNS, GuideRow, rows_of, situations_below
from .wall_sheets import WALL_SHEET

SLUG = "virksomheder"


@dataclass(frozen=True)
class StepRow:
    """One step of a checklist as it is shown."""

    path: str
    """The content path of the block, by which its texts are marked."""
    text: str
    due: str
    who: str
    page: Target | None


@dataclass
class PhaseRows:
    """The steps that are due at one time."""

    key: str
    title: str
    steps: list[StepRow] = field(default_factory=list)


def employers_link(scope: LinkScope) -> Link | None:
    """Return the way to the manual from where the reader is; None where it is not published. No query."""
    row = next((row for row in scope.footer_pages + scope.sections if row.slug == SLUG), None)
    return Link(scope.path_for(row.url_path), row.title, scope.language_of(row)) if row else None


def manual_context(path: str, scope: LinkScope) -> dict[str, Any]:
    """Return what the first page of the manual lists. Four queries."""
    from .models import EmployerChapterPage, EmployerChecklistPage  # the models import this module

    home = scope.home.path if scope.home else path
    return {
        "chapters": _parts(EmployerChapterPage, path, scope),
        "checklists": _parts(EmployerChecklistPage, path, scope),
        "wall_situations": [row for row in situations_below(home, scope) if row.guides],
        "wall_sheet": WALL_SHEET,
    }


def neighbours(path: str, scope: LinkScope) -> tuple[GuideRow | None, GuideRow | None]:
    """Return the chapters before and after the one at a tree path. One query."""
    from .models import EmployerChapterPage

    rows = _rows(EmployerChapterPage, path[: -EmployerChapterPage.steplen], scope)
    place = next((number for number, (own, _row) in enumerate(rows) if own == path), None)
    if place is None:  # a draft that is previewed
        return None, None
    parts = [None, *(row for _own, row in rows), None]
    return parts[place], parts[place + 2]


def _parts(model: Any, path: str, scope: LinkScope) -> list[GuideRow]:
    return [row for _own, row in _rows(model, path, scope)]


def _rows(model: Any, path: str, scope: LinkScope) -> list[tuple[str, GuideRow]]:
    found = list(model.objects.filter(path__startswith=path, live=True).order_by("path").values_list(*COLUMNS))
    rows = rows_of(GuideRow, scope, (row[1:] for row in found))
    return [(row[0], guide) for row, guide in zip(found, rows, strict=True)]


def phases_of(raw: Any, scope: LinkScope) -> list[PhaseRows]:
    """Return the steps of a checklist as it is stored, by when they are due."""
    phases = {value: PhaseRows(value, str(label)) for value, label in Phase.choices}
    for block in raw:
        value = block["value"]
        phase = phases.get(value.get("phase"), phases[Phase.LATER])
        page = value.get("page")
        phase.steps.append(
            StepRow(
                path=f"steps.{block['id']}",
                text=value.get("step") or "",
                due=value.get("due") or "",
                who=str(Doer(value["who"]).label) if value.get("who") in Doer.values else "",
                page=scope.target(page) if page else None,
            )
        )
    return [phase for phase in phases.values() if phase.steps]
