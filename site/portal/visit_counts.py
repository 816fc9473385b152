"""Counts that all web workers share: how often a visitor has done a thing, in the database and only while it matters."""

import datetime

from django.db import connection, models
from django.utils import timezone

COUNT = """
INSERT INTO portal_visitcount ("key", uses, expires_at) VALUES (%s, 1, %s)
ON CONFLICT ("key") DO UPDATE SET uses = portal_visitcount.uses + 1
RETURNING uses
"""
COUNT_TWO = """
INSERT INTO portal_visitcount ("key", uses, expires_at)
SELECT %s, 1, %s
UNION ALL
SELECT %s, 1, %s WHERE NOT EXISTS (SELECT 1 FROM portal_visitcount WHERE "key" = %s AND uses >= %s)
ON CONFLICT ("key") DO UPDATE SET uses = portal_visitcount.uses + 1
RETURNING "key", uses
"""


class VisitCount(models.Model):
    """How often something was done in one window of time. The key is a keyed hash, and says nothing about anybody."""

    key = models.CharField(max_length=64, primary_key=True)
    uses = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.key


def count(key: str, expires_at: datetime.datetime) -> int:
    """Count one use and return how many there were. One statement: no two workers read the same number."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, connection.ops.adapt_datetimefield_value(expires_at)])
        ((uses,),) = cursor.fetchall()
    return int(uses)


def count_two(
    first: tuple[str, datetime.datetime], most: int, second: tuple[str, datetime.datetime]
) -> tuple[int, int]:
    """Count one use of the first key, and one of the second where the first had fewer than `most`; return how many there were.

    One statement too, and always in this order: of two workers none waits for the other in a circle.
    """
    keys = [(key, connection.ops.adapt_datetimefield_value(expires_at)) for key, expires_at in (first, second)]
    with connection.cursor() as cursor:
        cursor.execute(COUNT_TWO, [*keys[0], *keys[1], first[0], most])
        uses = dict(cursor.fetchall())
    return int(uses[first[0]]), int(uses.get(second[0], 0))


def forget() -> int:
    """Delete the counts of windows that are over."""
    return VisitCount.objects.filter(expires_at__lte=timezone.now()).delete()[0]
