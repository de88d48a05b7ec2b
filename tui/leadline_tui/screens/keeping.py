"""Saving, and not losing what is not saved: files that others change, crashes, closed terminals, quitting."""

from __future__ import annotations

import difflib
import os
import time
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from rich.text import Text
from textual.screen import Screen
from textual.timer import Timer

from leadline_tui.safe import picture
from leadline_tui.screens.dialogs import Choice, ChoiceScreen, InputScreen, TextScreen
from leadline_tui.session import recovery
from leadline_tui.session.files import RulesError, SaveError, digest_on_disk, read_rules
from leadline_tui.session.recovery import Kept
from leadline_tui.session.session import Session

PAUSE = 2.0
"""Seconds after the last key in which an unsaved text is kept beside its file."""


class TextInHand(Protocol):
    """The text that is being edited: the session hears of a key only a moment later."""

    def take(self) -> str:
        """The text as it is now."""

    def put(self, text: str) -> None:
        """Puts another text in its place, as a step that can be undone."""


class Keeper:
    """Asks what is to be asked of a text. `saved` is told after each save."""

    def __init__(self, screen: Screen[None], session: Session, text: TextInHand, saved: Callable[[], None]) -> None:
        self._screen, self._session, self._text, self._saved = screen, session, text, saved
        self._timer: Timer | None = None
        self._left_outside: str | None = None

    # ---- what is not saved yet

    def keep_soon(self) -> None:
        """Keeps the text once nobody has typed for a while."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(PAUSE, self.keep_now)

    def keep_now(self) -> None:
        """Keeps the text at once."""
        self._session.change(self._text.take())
        self._session.keep(time.time())

    def offer_kept(self) -> None:
        """Asks what is to become of a text that an earlier run could not save."""
        kept = recovery.find(self._session.path)
        if kept is None:
            return
        if kept.is_open_elsewhere:
            self._screen.notify("this file is open in another editor too: whoever saves last wins", markup=False)
            return
        if kept.text == self._session.text:
            recovery.drop(self._session.path)
            return
        self._ask_about_kept(kept)

    def _ask_about_kept(self, kept: Kept) -> None:
        when = datetime.fromtimestamp(kept.at).strftime("%Y-%m-%d %H:%M")
        words = f"A text that was not saved was found, of {when}."
        if kept.base != self._session.disk.digest:
            words += "\nThe file itself has been changed since then."
        choices = [
            Choice("take", "r", "Recover it: it comes into the editor, unsaved"),
            Choice("compare", "d", "Show the differences"),
            Choice("drop", "x", "Throw it away"),
        ]
        self._ask("Unsaved text", words, choices, lambda answer: self._settle_kept(answer, kept))

    def _settle_kept(self, answer: str, kept: Kept) -> None:
        if answer == "take":
            self._session.is_kept = True
            self._text.put(kept.text)
        elif answer == "drop":
            recovery.drop(self._session.path)
        elif answer == "compare":
            self._show_differences(
                self._session.text, kept.text, "the file", "unsaved", lambda: self._ask_about_kept(kept)
            )

    # ---- saving

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Saves, asks where it has to, and goes on with `then` once it is saved."""
        self._session.change(self._text.take())
        if self._session.is_read_only:
            self._screen.notify("this file is too large to be edited: it is only shown", severity="warning")
        elif not self._session.path:
            self.save_as(then)
        elif self._session.is_changed_outside:
            self._ask_about_outside(lambda: self._write(self._session.path, then))
        else:
            self._write(self._session.path, then)

    def save_as(self, then: Callable[[], None] | None = None) -> None:
        """Asks for a name and saves under it from now on."""

        def named(path: str | None) -> None:
            if not path:
                return
            path = os.path.expanduser(path)
            if os.path.exists(path) and os.path.realpath(path) != os.path.realpath(self._session.path):
                choices = [Choice("yes", "y", "Replace it"), Choice("", "n", "Keep it, and choose another name")]
                self._ask(
                    "Save as",
                    f"{path} exists already.",
                    choices,
                    lambda answer: self._write(path, then) if answer else self.save_as(then),
                )
            else:
                self._write(path, then)

        name = self._session.path or "rules.lead"
        self._screen.app.push_screen(InputScreen("Save as", name, "Enter saves, Escape leaves it unsaved"), named)

    def _write(self, path: str, then: Callable[[], None] | None) -> None:
        self._session.change(self._text.take())
        try:
            self._session.save(path)
        except SaveError as error:
            self._screen.notify(picture(error.message), title="Not saved", severity="error", markup=False, timeout=10)
            return
        self._saved()
        if then is not None:
            then()

    # ---- changes from outside

    def look_outside(self) -> None:
        """Asks what is to become of a file that somebody else has changed; called when the terminal is looked at.

        Of a change that was told before, and left, it asks only when the text is saved."""
        if not self._session.path or not self._session.is_changed_outside:
            return
        if self._left_outside == digest_on_disk(self._session.path):
            return
        if not os.path.exists(self._session.path):
            self._screen.notify("the file has been removed: saving writes it again", severity="warning", markup=False)
            self._left_outside = ""
            return
        self._ask_about_outside(None)

    def _ask_about_outside(self, write: Callable[[], None] | None) -> None:
        choices = [
            Choice("reload", "r", "Take the file as it is now (undo brings this text back)"),
            Choice("keep", "k", "Keep this text" + (" and replace the file" if write else "; saving will ask again")),
            Choice("compare", "d", "Show the differences"),
        ]

        def settle(answer: str) -> None:
            if answer == "reload":
                self._reload()
            elif answer == "keep" and write is not None:
                write()
            elif answer == "compare":
                self._compare_with_file(write)
            else:
                self._left_outside = digest_on_disk(self._session.path)

        words = f"{self._session.path} has been changed by somebody else."
        self._ask("Changed outside", words, choices, settle)

    def _reload(self) -> None:
        try:
            text = self._session.reload()
        except RulesError as error:
            self._screen.notify(picture(error.message), severity="error", markup=False)
            return
        self._text.put(text)
        self._saved()

    def _compare_with_file(self, write: Callable[[], None] | None) -> None:
        try:
            theirs = read_rules(self._session.path).text
        except RulesError as error:
            self._screen.notify(picture(error.message), severity="error", markup=False)
            return
        self._show_differences(
            theirs, self._session.text, "the file", "this text", lambda: self._ask_about_outside(write)
        )

    def _show_differences(self, old: str, new: str, first: str, second: str, then: Callable[[], None]) -> None:
        lines = difflib.unified_diff(old.split("\n"), new.split("\n"), first, second, lineterm="", n=2)
        text = Text()
        for line in lines:
            style = "bold" if line.startswith(("+++", "---", "@@")) else "green" if line.startswith("+") else ""
            text.append(f"{picture(line)}\n", "red" if line.startswith("-") and not style else style)
        self._screen.app.push_screen(TextScreen("Differences", text), lambda _: then())

    # ---- quitting

    def quit(self, leave: Callable[[], None]) -> None:
        """Leaves at once where all is saved, else asks."""
        self._session.change(self._text.take())
        if not self._session.is_changed:
            self._session.keep(time.time())
            leave()
            return

        def settle(answer: str) -> None:
            if answer == "save":
                self.save(then=leave)
            elif answer == "drop":
                self._session.drop_kept()
                leave()

        choices = [
            Choice("save", "s", "Save and quit"),
            Choice("drop", "d", "Discard the changes and quit"),
            Choice("", "c", "Cancel: go on editing"),
        ]
        name = os.path.basename(self._session.path) or "the text"
        self._ask("Quit", f"{name} has changes that are not saved.", choices, settle)

    def _ask(self, title: str, words: str, choices: list[Choice], settle: Callable[[str], None]) -> None:
        self._screen.app.push_screen(ChoiceScreen(title, words, choices), lambda answer: settle(answer or ""))
