"""What if: changes of the pinned contact, as the bar above the strip takes them."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from leadline_tui.safe import picture
from leadline_tui.screens import showing
from leadline_tui.screens.dialogs import InputScreen
from leadline_tui.session.session import Session
from leadline_tui.widgets.what_if_bar import WhatIfBar

if TYPE_CHECKING:
    from leadline_tui.screens.main import MainScreen


class Supposer:
    """Carries out what the bar asks for."""

    def __init__(self, screen: MainScreen, session: Session) -> None:
        self._screen, self._session = screen, session
        self._kept_in = ""

    @property
    def _bar(self) -> WhatIfBar:
        return self._screen.query_one(WhatIfBar)

    def open(self, begun: str = "") -> None:
        """Opens the bar for the pinned contact."""
        if self._session.pinned_place is None:
            self._screen.notify("there is no contact to suppose something of: start with --contacts FILE", timeout=3)
            return
        self._bar.open(begun)
        self.show()

    def suppose(self, text: str) -> None:
        """Makes a change, or does what one of the words says."""
        words = {"undo": self.take_back, "clear": self.clear, "keep": self.keep}
        if text.casefold() in words:
            self._bar.field.value = ""
            words[text.casefold()]()
            return
        place, scored = self._session.pinned_place, self._session.scored
        if place is None or scored is None:
            return
        from leadline.what_if import ChangeError

        try:
            self._session.cases.add(scored, place, text)
        except ChangeError as error:
            self._bar.tell_fault(error.message)
            return
        self._bar.field.value = ""
        self._changed()

    def take_back(self) -> None:
        """Takes the last change back."""
        if self._session.cases.take_back(self._session.pinned_id):
            self._changed()

    def clear(self) -> None:
        """The contact as it is."""
        self._session.cases.clear(self._session.pinned_id)
        self._changed()

    def keep(self) -> None:
        """Asks for a sample file and keeps the case there, as an expectation that `leadline test` runs."""
        if self._session.pinned_place is None:
            self._screen.notify("there is no contact to keep: start with --contacts FILE", timeout=3)
        elif self._session.scored_version != self._session.version:
            self._screen.notify("the scores are those of an older text: put the errors right first", timeout=4)
        else:
            screen = InputScreen(
                "Keep the case",
                self._kept_in or self._session.propose_sample_file(),
                "The pinned contact and what it gets go into this sample file, whose other lines stay as they are; "
                "leadline test runs it. Enter keeps, Escape leaves it.",
            )
            self._screen.app.push_screen(screen, self._keep_in)

    def _keep_in(self, path: str | None) -> None:
        if not path:
            return
        from leadline.kept_cases import KeepError

        path = os.path.expanduser(path)
        try:
            id_ = self._session.keep_case(path, time.time_ns() // 1000)
        except KeepError as error:
            self._screen.notify(picture(error.message), title="Not kept", severity="error", markup=False, timeout=10)
            return
        self._kept_in = path
        self._screen.notify(picture(f'kept as "{id_}" in {path}'), markup=False, timeout=4)

    def _changed(self) -> None:
        showing.show_scores(self._screen)

    def show(self) -> None:
        """Tells the bar what is supposed."""
        place = self._session.pinned_place
        if place is None or self._session.scored is None:
            return
        supposed = self._session.supposed(place)
        changes = supposed.case.changes if supposed is not None else ()
        as_of = supposed.case.as_of if supposed is not None else self._session.scored.contacts.as_of
        self._bar.tell(self._session.pinned_id, changes, self._session.say_day(as_of), self._session.example_changes())
