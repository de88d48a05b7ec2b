"""Putting off Python's search for circles of garbage while rules are read and compiled."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """No search for circles inside of the block, if it was not off already.

    Reading and compiling make many thousands of values that stay, and no circle among them. Each search would look
    at all of them anew: of ten thousand rules it would take a third of the time. Nor are they looked at as new ones
    after the block: they count as old from then on.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # What the program froze itself would thaw with the rest.
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
