"""A run that the system ends: it cleans up as one that the user interrupts."""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn

_ENDS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Ended(KeyboardInterrupt):
    """Ended from outside, by the signal of a `number`."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def end_in_order() -> None:
    """From now on a signal that would end this process raises Ended in it; what `nohup` has shut off stays so."""
    for number in _ENDS:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def end_at_once() -> None:
    """For a process that has nothing to clean up: such a signal ends it as it always did."""
    for number in _ENDS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    # Whoever asks twice does not break off the cleaning up.
    for other in _ENDS:
        signal.signal(other, signal.SIG_IGN)
    raise Ended(number)
