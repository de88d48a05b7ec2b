"""Every action and every rule by name, for the command palette."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from rich.text import Text
from textual.command import DiscoveryHit, Hit, Hits, Provider

from leadline_tui.safe import picture
from leadline_tui.screens.main import MainScreen


class _Command(NamedTuple):
    name: str
    help: str
    run: Callable[[], object]


_ACTIONS = (
    ("Save", "write the rules to their file", "save"),
    ("Save as", "write the rules to another file", "save_as"),
    ("Reformat", "lay the rules out anew", "reformat"),
    ("Put the problem right", "do what the finding at the cursor proposes", "fix"),
    ("Next problem", "go to the next finding", "next_problem(1)"),
    ("Previous problem", "go to the finding before", "next_problem(-1)"),
    ("Compile for a service", "run the expectations, see what changed, write the file", "compile"),
    ("Problems", "open or close the list of findings", "problems"),
    ("Find and replace", "in the rules", "find"),
    ("Go to", "a line or a rule", "go_to"),
    ("Rules", "go to the text", "go('rules')"),
    ("Contacts", "go to the contacts", "go('contacts')"),
    ("Why", "go to the pinned contact's reasons", "go('why')"),
    ("Over time", "go to the pinned contact's score over time", "go('time')"),
    ("What if", "change a field, an event or the day of the pinned contact", "suppose"),
    ("Take the last what-if back", "of the pinned contact", "unsuppose"),
    ("Keep the case", "as an expectation in a sample file", "keep"),
    ("Effect", "go to what the rules do to all contacts", "go('effect')"),
    ("Read the contacts anew", "after their file has changed", "read_contacts"),
    ("Help", "keys, and what the finding at the cursor means", "explain"),
)
_IN_THE_TEXT = (
    ("Comment out or in", "the selected lines", "toggle_comment"),
    ("Move the line up", "past the one above", "move_lines(-1)"),
    ("Move the line down", "past the one below", "move_lines(1)"),
    ("Undo", "the last step", "undo"),
    ("Redo", "what was undone", "redo"),
    ("Propose", "what may stand at the cursor", "complete"),
)


class LeadlineCommands(Provider):
    """What the main screen and its text can do."""

    async def discover(self) -> Hits:
        for command in self._actions():
            yield DiscoveryHit(Text(command.name), command.run, text=command.name, help=command.help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in (*self._actions(), *self._rules()):
            score = matcher.match(command.name)
            if score > 0:
                highlighted = matcher.highlight(command.name)
                yield Hit(score, highlighted, command.run, text=command.name, help=command.help)

    def _actions(self) -> Iterator[_Command]:
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        for name, help_, action in _ACTIONS:
            yield _Command(name, help_, partial(screen.run_action, action))
        for name, help_, action in _IN_THE_TEXT:
            yield _Command(name, help_, partial(self._in_the_text, screen, action))

    @staticmethod
    async def _in_the_text(screen: MainScreen, action: str) -> None:
        screen.action_go("rules")
        await screen.editor.run_action(action)

    def _rules(self) -> Iterator[_Command]:
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        for part in screen.session.outline():
            yield _Command(
                f"Go to {part.kind}: {picture(part.name)}", f"line {part.line}", partial(self._jump, screen, part.line)
            )

    @staticmethod
    def _jump(screen: MainScreen, line: int) -> None:
        screen.action_go("rules")
        screen.editor.jump(line - 1)
