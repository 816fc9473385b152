"""What looks like an address or a number in a text that is kept."""

import pytest
from django.core.exceptions import ValidationError

from portal.contact_details import refuse_contact_details


@pytest.mark.parametrize(
    "text", ["anna.nowak@example.dk", "Call 20304050", "Call 20 30 40 50", "+48 601-234-567", "8 (912) 345 67 89"]
)
def test_an_address_or_a_number_is_refused(text: str):
    with pytest.raises(ValidationError):
        refuse_contact_details(text)


@pytest.mark.parametrize(
    "text",
    [
        "Gdzie oddać rower?",
        "Moved here on 20.12.2026, before 2026-12-24",
        "From 01.12.2026 to 31.12.2026",
        "7400 Herning, 13:00-15:00",
        "Where is form 02.034?",
        "What is an @ in an address?",
    ],
)
def test_dates_hours_and_postcodes_are_none(text: str):
    refuse_contact_details(text)
