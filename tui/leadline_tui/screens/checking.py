"""When the text is looked at again: a moment after the last key, beside the screen, and once more if it has changed."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker, get_current_worker

from leadline_tui.messages import Found
from leadline_tui.session.pipeline import Checked, News, Pipeline, Request

PAUSE, LONG_PAUSE = 0.06, 0.1
"""Seconds after the last key; the longer one where looking at the text is so much work that it is not to be begun
between any two keys of somebody who types."""
_MUCH = 0.03
"""Seconds."""


class Checker:
    """Runs the pipeline for a screen, which is sent what is found."""

    def __init__(self, screen: Screen[None], pipeline: Pipeline, make_request: Callable[[], Request]) -> None:
        self._screen, self._pipeline, self._make_request = screen, pipeline, make_request
        self._timer: Timer | None = None
        self._worker: Worker[None] | None = None
        self._took = 0.0

    def check_soon(self) -> None:
        """Looks at the text once nobody has typed for a moment."""
        self._stop_timer()
        if self._worker is not None:
            self._worker.cancel()
        self._timer = self._screen.set_timer(LONG_PAUSE if self._took > _MUCH else PAUSE, self.check_now)

    def check_now(self) -> None:
        """Looks at the text at once; what is found still comes later."""
        self._stop_timer()
        request = self._make_request()
        self._worker = self._screen.run_worker(
            lambda: self._run(request), thread=True, exclusive=True, group="check", exit_on_error=False
        )

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be found."""
        return self._timer is not None or (self._worker is not None and not self._worker.is_finished)

    def _run(self, request: Request) -> None:
        worker, begun = get_current_worker(), time.monotonic()

        def tell(news: News) -> None:
            if isinstance(news, Checked):
                self._took = time.monotonic() - begun
            self._screen.post_message(Found(news))

        self._pipeline.run(request, tell, lambda: not worker.is_cancelled)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
