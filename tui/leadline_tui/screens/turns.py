"""One thing at a time is worked out of the pinned contact, and only after what was found before it is painted."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textual.worker import Worker

_PAINTED = 0.12
"""Seconds in which what was found last is painted, before more is worked out of it: both at once would keep keys
waiting."""


@contextmanager
def take_turn(turn: threading.Lock, worker: Worker[Any]) -> Iterator[None]:
    """Holds the turn, from the moment at which work may begin. One that was cancelled on the way need not wait."""
    with turn:
        if not worker.is_cancelled:
            time.sleep(_PAINTED)
        yield
