"""Why the pinned contact has its scores: worked out beside the screen, since many rules and events take a while."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from leadline_tui.screens.turns import take_turn
from leadline_tui.session.session import Reasons, ReasonsKey, Session
from leadline_tui.widgets.why_pane import WhyPane

if TYPE_CHECKING:
    from leadline_tui.screens.main import MainScreen


@dataclass
class Explained(Message):
    """A contact has been explained."""

    key: ReasonsKey
    reasons: Reasons


class Explainer:
    """Asks for one explanation at a time. `turn` is held by what is worked out of the pinned contact."""

    def __init__(self, screen: MainScreen, session: Session, turn: threading.Lock) -> None:
        self._screen, self._session, self._turn = screen, session, turn
        self._asked: ReasonsKey | None = None

    def show(self, otherwise: str) -> None:
        """Tells the pane what is known, and sees that it becomes so; until then it shows what it showed."""
        pane, place = self._screen.query_one(WhyPane), self._session.pinned_place
        if place is None:
            pane.tell(None, otherwise)
            return
        known = self._session.reasons(place)
        if known is None:
            self._ask(place)
        elif pane.display:
            pane.tell(known)

    def _ask(self, place: int) -> None:
        key = self._session.reasons_key(place)
        if key == self._asked:
            return
        self._asked = key
        scorer, (raw, as_of) = key[0], self._session.subject(place)

        def run() -> None:
            from leadline.reports import explain_outcome, twigs_of

            worker = get_current_worker()
            with take_turn(self._turn, worker):
                if not worker.is_cancelled:
                    explanation = explain_outcome(scorer.explain(raw, as_of))
                    self._screen.post_message(Explained(key, Reasons(explanation, twigs_of(explanation))))

        self._screen.run_worker(run, thread=True, exclusive=True, group="why", exit_on_error=False)

    def take(self, explained: Explained) -> None:
        """Takes in what was found, unless something else has been asked for since."""
        if explained.key == self._asked:
            self._asked = None
            self._session.accept_reasons(explained.key, explained.reasons)
            self.show("")
