"""F1: what can be done where one is, and what the finding at the cursor means."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from rich.text import Text
from textual.screen import Screen

from leadline_tui.key_names import say_keys
from leadline_tui.safe import picture

if TYPE_CHECKING:
    from leadline.rules import Diagnostic

_WORDS = {
    "rules": (
        "Rules",
        "Every rule is one line: the points, a name in quotes, and when they are given. Proposals come while you type "
        "(Tab takes one). ● marks an error, ▲ a warning; the line below the text says what is wrong, F7 puts it right "
        "where the way is certain.",
    ),
    "contacts": (
        "Contacts",
        "Every contact with its points, and what your changes since the last save do to it. Enter pins one: its score "
        "stays in sight below the text while you write.",
    ),
    "why": (
        "Why",
        "Where the pinned contact's points come from, largest first; then what was taken away, how it adds up, "
        "and what is missing. Enter goes to the rule of a line.",
    ),
    "time": (
        "Over time",
        "The pinned contact's points by its events so far, and what comes if nothing happens: windows end, decay takes "
        "its steps, days pass. The first line tells when it leaves its stage. Enter goes to the rule of a change.",
    ),
    "what-if": (
        "What if",
        "What would become of the pinned contact with another value (job = CEO), one more event (+visit path=/pricing "
        "2d), one less (-1 is the newest), or on another day (today = +14d). Nothing of it reaches the data. Tab takes "
        "the proposal; undo takes the last change back, clear all of them, keep makes "
        "a case of a sample file of it, which leadline test then runs.",
    ),
    "effect": (
        "Effect",
        "How many contacts are in each stage by the saved rules and by the text as it stands, who moves, and how "
        "the points of all contacts spread: the upper half of a bar is by the saved rules, the lower by the text.",
    ),
    "find": (
        "Find and replace",
        "Enter goes to the next place, Up to the one before. A capital letter finds only itself, a small one both. "
        "Ctrl+R opens the field for what takes its place: there Enter replaces one and goes on, Ctrl+T replaces all, "
        "as one step that can be undone.",
    ),
    "problems": ("Problems", "All findings, the gravest first. Enter goes to one, F7 puts it right."),
}
_KEYS = 22
_SAME = {"filter": "contacts", "replace": "find", "proposals": "rules"}
_ALWAYS = (
    "Nothing needs the mouse: Ctrl+P has every action by name. To select text with the terminal itself hold Shift "
    "while dragging. What is not saved is kept beside the file, and offered the next time if something goes wrong."
)


def write_help(screen: Screen[None], pane: str, finding: Diagnostic | None) -> tuple[str, Text]:
    """A title and the words for a pane, and for the finding at the cursor."""
    title, words = _WORDS[_SAME.get(pane, pane)]
    text = Text()
    if finding is not None:
        text.append(f"{picture(finding.message)}\n", "bold")
        text.append(f"{picture(finding.help)}\n" if finding.help else "")
        text.append(f"\nWhat {finding.name} means\n", "bold")
        text.append(f"{picture_lines(_page(finding.name))}\n\n")
    text.append(f"{words}\n\n")
    text.append("Keys here\n", "bold")
    _append_keys(text, screen)
    text.append(f"\n{_ALWAYS}\n")
    return title, text


def _append_keys(text: Text, screen: Screen[None]) -> None:
    keys: dict[str, list[str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        # Keys of the toolkit's own fields and lists, such as the arrows, are known to everybody and have no id.
        if binding.description and binding.id and not binding.system:
            keys.setdefault(binding.description, []).append(binding.key)
    for description, names in keys.items():
        # A key with many names gets rows of its own instead of pushing its words aside.
        *others, last = wrap(say_keys(names), _KEYS)
        text.append("".join(f"  {part}\n" for part in others) + f"  {last:<{_KEYS}}", "bold")
        text.append(f" {description}\n")


def _page(code: str) -> str:
    from leadline.codes import code_page

    return code_page(code)


def picture_lines(text: str) -> str:
    """Several lines made safe to show."""
    return "\n".join(map(picture, text.strip().split("\n")))
