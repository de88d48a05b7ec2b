"""Every action, theme and rule by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text
from textual.binding import Binding

from leadline_tui.editor import LeadEditor
from leadline_tui.key_names import say_keys
from leadline_tui.safe import picture
from leadline_tui.screens.main import MainScreen
from leadline_tui.screens.picking import Pick
from leadline_tui.themes import THEMES
from leadline_tui.wanted import has_words, words_of

if TYPE_CHECKING:
    from leadline_tui.app import LeadlineApp

Run = Callable[[], Awaitable[object]]
_WIDEST_NAME, _WIDEST_KEY = 28, 11
_WAYS = {"go('why')": "F4", "go('time')": "F4 F4", "filter_contacts": "F3 /", "sort_contacts": "F3 s"}
"""Keys of actions that are bound by another name, or only where one must go first."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do: its name, the key that does it too, what it is, and how it is run."""

    name: str
    key: str
    help: str
    run: Run


_ACTIONS = (
    ("Save", "write the rules to their file", "save"),
    ("Save as", "write the rules to another file", "save_as"),
    ("Reformat", "lay the rules out anew", "reformat"),
    ("Put the problem right", "do what the finding at the cursor proposes", "fix"),
    ("Put every problem right", "as far as the findings propose how", "fix_all"),
    ("Next problem", "go to the next finding", "next_problem(1)"),
    ("Previous problem", "go to the finding before", "next_problem(-1)"),
    ("Problems", "open or close the list of findings", "problems"),
    ("Compile for a service", "run the expectations, see what changed, write the file", "compile"),
    ("Find and replace", "in the rules", "find"),
    ("Go to a line or a rule", "in the rules", "go_to"),
    ("Rules", "go to the text", "go('rules')"),
    ("Contacts", "go to the contacts", "go('contacts')"),
    ("Filter the contacts", "by part of an id, a stage or a grade", "filter_contacts"),
    ("Sort the contacts", "by points, change, stage, name", "sort_contacts"),
    ("Read the contacts anew", "after their file has changed", "read_contacts"),
    ("Why", "go to the pinned contact's reasons", "go('why')"),
    ("Over time", "go to the pinned contact's score over time", "go('time')"),
    ("What if", "change a field, an event or the day of the pinned contact", "suppose"),
    ("Take the last what-if back", "of the pinned contact", "unsuppose"),
    ("Take every what-if back", "of the pinned contact", "clear_supposed"),
    ("Keep the case", "as an expectation in a sample file", "keep"),
    ("Effect", "go to what the rules do to all contacts", "go('effect')"),
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


def offer_commands(app: LeadlineApp, wanted: str) -> Sequence[Pick[Run]]:
    """The commands whose name or words have all words of a text in them, those that begin with it first."""
    words = words_of(wanted)
    ranked = [(_rank(command, words), command) for command in _commands(app, is_searched=bool(words))]
    fitting = sorted((item for item in ranked if item[0] is not None), key=lambda item: item[0] or 0)
    return [Pick(command.run, _row(command)) for _, command in fitting]


def _rank(command: Command, words: Sequence[str]) -> int | None:
    if not has_words(f"{command.name} {command.help}", words):
        return None
    if not words or command.name.casefold().startswith(" ".join(words)):
        return 0
    return 1 if has_words(command.name, words) else 2


def _row(command: Command) -> Text:
    text = Text(f"  {picture(command.name)}", end="", no_wrap=True)
    text.append(" " * max(2, _WIDEST_NAME - text.cell_len))
    text.append(f"{command.key:<{_WIDEST_KEY}}", "bold")
    text.append(command.help, "dim")
    return text


def _commands(app: LeadlineApp, is_searched: bool) -> Iterator[Command]:
    main = app.main
    keys = {binding.action: binding.key for binding in _bindings((*MainScreen.BINDINGS, *LeadEditor.BINDINGS))}
    for name, help_, action in _ACTIONS:
        key = _WAYS.get(action) or _key(keys.get(action))
        yield Command(name, key, help_, partial(main.run_action, action))
    for name, help_, action in _IN_THE_TEXT:
        yield Command(name, _key(keys.get(action)), help_, partial(_in_the_text, main, action))
    own = [theme.name for theme in THEMES]
    others = sorted(set(app.available_themes) - set(own)) if is_searched else []
    for name in (*own, *others):
        said = "in use" if name == app.theme else ""
        yield Command(f"Theme: {name.removeprefix('leadline-')}", "", said, partial(_choose_theme, app, name))
    yield Command("Quit", "^Q", "asks what becomes of what is not saved", app.action_quit)
    if is_searched:
        for part in main.session.outline():
            yield Command(f"Go to {part.kind}: {part.name}", "", f"line {part.line}", partial(_jump, main, part.line))


def _bindings(declared: Sequence[object]) -> Iterator[Binding]:
    return (binding for binding in declared if isinstance(binding, Binding))


def _key(keys: str | None) -> str:
    return "" if keys is None else say_keys(keys.split(","))


async def _in_the_text(screen: MainScreen, action: str) -> None:
    screen.action_go("rules")
    await screen.editor.run_action(action)


async def _choose_theme(app: LeadlineApp, name: str) -> None:
    app.theme = name


async def _jump(screen: MainScreen, line: int) -> None:
    screen.action_go("rules")
    screen.editor.jump(line - 1)
