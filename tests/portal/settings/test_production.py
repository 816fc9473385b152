"""Production settings pass Django's own check for deployments."""

import re

from tests.portal.settings.process import PRODUCTION, start

ACCEPTED = {
    "security.W005": "HSTS for subdomains is a decision on a whole domain, which is not this site's to make",
    "security.W019": "Wagtail shows previews in a frame of the same site; the site itself sends frame-ancestors 'self'",
    "security.W021": "the preload list of browsers takes whole domains, and gives them back after months",
}


def test_the_check_for_deployments_finds_nothing_but_what_is_accepted():
    result = start("manage.py", "check", "--deploy", **PRODUCTION)
    assert result.returncode == 0
    assert set(re.findall(r"\(([\w.]+\.[A-Z]\d+)\)", result.stderr)) == set(ACCEPTED)


def test_an_accepted_warning_is_all_that_hides_nothing_worse():
    """With a fail level of warnings the same check fails: it is really run, with these settings."""
    result = start("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 1
    assert "3 issues" in result.stderr
