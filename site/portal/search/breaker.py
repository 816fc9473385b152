"""A circuit breaker: after two failures nobody waits for Elasticsearch any more, until it has been seen to answer again.

The one who looks is a thread in the background, never a reader.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.db import connections

logger = logging.getLogger(__name__)

FAILURES_TO_OPEN = 2
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
"""Seconds between two probes; doubled after each that fails."""


class CircuitBreaker:
    """Open: the service is not asked. Closed: it is. One per process and service."""

    def __init__(self, name: str, probe: Callable[[], None]) -> None:
        """`probe` raises while the service is not ready; it runs in a thread of its own."""
        self.name, self._probe = name, probe
        self._lock = threading.Lock()
        self._failures = 0
        self._is_open = False
        self.reason = ""

    @property
    def is_open(self) -> bool:
        """Say whether the service must not be asked."""
        return self._is_open

    def succeeded(self) -> None:
        """Note an answer."""
        self._failures = 0

    def failed(self, error: Exception) -> None:
        """Note a failure; the second in a row opens the breaker."""
        with self._lock:
            self._failures += 1
            self.reason = f"{type(error).__name__}: {error}"[:300]
            if self._is_open or self._failures < FAILURES_TO_OPEN:
                return
            self._is_open = True
        logger.error("%s does not answer and is left alone until it does: %s", self.name, self.reason)
        threading.Thread(target=self._recover, name=f"{self.name} probe", daemon=True).start()

    def _recover(self) -> None:
        pause = FIRST_PAUSE
        while True:
            time.sleep(pause)
            try:
                try:
                    self._probe()
                finally:
                    connections.close_all()
            except Exception as error:  # whatever it is, the service is not ready
                self.reason = f"{type(error).__name__}: {error}"[:300]
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            with self._lock:
                self._failures, self._is_open, self.reason = 0, False, ""
            logger.warning("%s answers again.", self.name)
            return
