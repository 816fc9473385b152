"""The attendance list as a file for spreadsheets."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from portal.facts.per_language import language_name

from ..models import SignUp

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def attendance_csv(sign_ups: Iterable[SignUp]) -> bytes:
    """Return the list. A Danish Excel opens it with a double click: it wants semicolons, and a mark that this is UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("First name"), _("People"), _("State"), _("E-mail"), _("Phone"), _("Language"), _("Reference")])
    for one in sign_ups:
        cells = [
            one.name,
            one.seats,
            one.get_status_display(),
            one.email,
            one.phone,
            language_name(one.language),
            one.code,
        ]
        writer.writerow([harmless(str(cell)) for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return what no spreadsheet takes for a formula: visitors write names. A phone number keeps its plus behind a quote."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
