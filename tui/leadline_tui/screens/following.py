"""The pinned contact over time: followed beside the screen, and only while that is to be seen."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.worker import Worker, get_current_worker

from leadline_tui.screens.turns import take_turn
from leadline_tui.session.following import Followed, follow
from leadline_tui.session.session import Session
from leadline_tui.widgets.time_pane import TimePane

if TYPE_CHECKING:
    from leadline.scorer import Scorer
    from leadline_tui.screens.main import MainScreen

_Key = tuple["Scorer", str, tuple[str, ...]]


@dataclass
class Came(Message):
    """A contact has been followed."""

    key: _Key
    followed: Followed


class Follower:
    """Remembers the last contact that was followed, and for which rules and changes. `turn` is held by what is worked
    out of the pinned contact."""

    def __init__(self, screen: MainScreen, session: Session, turn: threading.Lock) -> None:
        self._screen, self._session, self._turn = screen, session, turn
        self._asked: _Key | None = None
        self._known: tuple[_Key, Followed] | None = None
        self._worker: Worker[None] | None = None

    def show(self, otherwise: str) -> None:
        """Tells the pane what is known, and sees that it becomes so."""
        pane = self._screen.query_one(TimePane)
        place, scored = self._session.pinned_place, self._session.scored
        if not pane.display or place is None or scored is None:
            pane.tell(None, otherwise)
            return
        contact = scored.standings[place].id
        key = (scored.scorer, contact, self._session.cases.changes_of(contact))
        # While scores are on their way, those that are known are soon nobody's any more.
        is_settled = self._session.scored_version == self._session.version or self._session.has_old_scores
        if is_settled and (self._known is None or self._known[0] != key):
            self._ask(key, *self._session.subject(place))
        if self._known is not None and self._known[0][1] == contact:
            pane.tell(self._known[1])
        else:
            pane.tell(None, "working it out …")

    def _ask(self, key: _Key, raw: Mapping[str, Any], as_of: int) -> None:
        if self._asked == key:
            return
        self._asked = key

        def run() -> None:
            worker = get_current_worker()
            with take_turn(self._turn, worker):
                found = follow(key[0], raw, as_of, lambda: not worker.is_cancelled)
            if found is not None:
                self._screen.post_message(Came(key, found))

        self._worker = self._screen.run_worker(run, thread=True, exclusive=True, group="time", exit_on_error=False)

    def stop(self) -> None:
        """Leaves what is being followed: the text is another one, and soon its scores will be."""
        if self._worker is not None and self._worker.is_running:
            self._worker.cancel()
            self._asked = None

    def take(self, came: Came) -> None:
        """Takes in what was found, unless something else has been asked for since."""
        if came.key == self._asked:
            self._known = (came.key, came.followed)
            self._screen.query_one(TimePane).tell(came.followed)
