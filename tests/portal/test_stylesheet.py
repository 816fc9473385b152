"""The style sheet of the site: one brace too few puts everything behind it into the print style."""

import re

from tests.conftest import ROOT

STYLESHEET = ROOT / "site" / "portal" / "static" / "portal" / "portal.css"


def test_every_rule_and_every_media_query_is_closed_where_the_next_section_begins():
    text = re.sub(r'"[^"]*"', "", STYLESHEET.read_text(encoding="utf-8"))
    depth, open_at_section = 0, []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("/* ") and depth:
            open_at_section.append(number)
        depth += line.count("{") - line.count("}")
    assert (depth, open_at_section) == (0, [])
