"""What is forgotten of people who signed up, and what is looked after every night."""

import datetime
import logging

from django.utils import timezone
from tqdm import tqdm

from ..models import SignUp
from . import service

logger = logging.getLogger(__name__)

KEPT = datetime.timedelta(days=30)
"""After the end of the date."""


def anonymise() -> int:
    """Delete who it was, 30 days after the date; the row and its status stay for the numbers."""
    now = timezone.now()
    over = SignUp.objects.filter(anonymised_at=None, occurrence__ends_at__lt=now - KEPT)
    nobody = {"name": "", "email": "", "phone": "", "contact_key": "", "token_hash": "", "telling": ""}
    return over.update(**nobody, told={}, anonymised_at=now)


def advance() -> int:
    """Let every waiting list move on, and return how many dates were looked at. One that fails keeps no other from it."""
    ids = service.to_settle()
    failed = []
    for occurrence_id in tqdm(ids, desc="Waiting lists", delay=1, disable=None):
        try:
            service.settle(occurrence_id)
        except Exception:
            logger.exception("The waiting list of date %s could not be advanced.", occurrence_id)
            failed.append(str(occurrence_id))
    if failed:
        raise RuntimeError(f"Not advanced because of an error: {', '.join(failed)}")
    return len(ids)
