"""Which keys the last line shows, by where one is. The panes and their keys stand in the first line."""

from __future__ import annotations

from textual.screen import Screen

from leadline_tui.widgets.completion_popup import CompletionPopup
from leadline_tui.widgets.contacts_pane import ContactsPane
from leadline_tui.widgets.find_bar import FindBar
from leadline_tui.widgets.problem_list import ProblemList
from leadline_tui.widgets.what_if_bar import WhatIfBar

Keys = tuple[tuple[str, str, str], ...]
"""How each is written, what it does, and the action of the main screen that a click runs, if there is one."""

_ALWAYS: Keys = (("F1", "Help", "explain"), ("^P", "All", "app.palette"), ("^Q", "Quit", "app.quit"))
_WHAT_IF: Keys = (("^T", "What if", "suppose"),)

KEYS: dict[str, Keys] = {
    "rules": (
        ("^S", "Save", "save"),
        ("F1", "Help", "explain"),
        ("F7", "Fix", "fix"),
        ("F8", "Next problem", "next_problem(1)"),
        ("^F", "Find", "find"),
        *_ALWAYS[1:],
        ("F9", "Compile", "compile"),
        *_WHAT_IF,
        ("^G", "Go to", "go_to"),
        ("^R", "Reformat", "reformat"),
        ("F6", "Problems", "problems"),
    ),
    "proposals": (("Tab", "Take it", ""), ("↑↓", "Another", ""), ("Esc", "Close", ""), *_ALWAYS),
    "contacts": (("Enter", "Pin", ""), ("/", "Filter", "filter_contacts"), ("s", "Sort", "sort_contacts"), *_ALWAYS),
    "filter": (("Enter", "To the list", ""), ("Esc", "Show all", ""), *_ALWAYS),
    "why": (("Enter", "To the rule", ""), ("→←", "Open, close", ""), *_WHAT_IF, ("F4", "Over time", "why"), *_ALWAYS),
    "time": (("Enter", "To the rule", ""), ("F4", "Why", "why"), *_WHAT_IF, *_ALWAYS),
    "effect": (("↑↓", "Scroll", ""), ("F3", "Contacts", "go('contacts')"), ("F4", "Why", "why"), *_ALWAYS),
    "what-if": (("Enter", "Make it", ""), ("Tab", "Take the proposal", ""), ("Esc", "Close", ""), *_ALWAYS),
    "find": (("Enter", "Next", ""), ("↑", "Previous", ""), ("^R", "Replace", ""), ("Esc", "Close", ""), *_ALWAYS),
    "replace": (("Enter", "Replace", ""), ("↓", "Skip", ""), ("^T", "All", ""), ("Esc", "Close", ""), *_ALWAYS[:1]),
    "problems": (("Enter", "Go there", ""), ("F7", "Fix", ""), ("F6", "Close", "problems"), *_ALWAYS),
}


def place_of(screen: Screen[None], pane: str) -> str:
    """Where one is: in a field, in the list of problems, or in a pane."""
    find = screen.query_one(FindBar)
    if find.has_focus_within:
        return "replace" if find.has_class("-replacing") else "find"
    if screen.query_one(WhatIfBar).has_focus_within:
        return "what-if"
    if screen.query_one(ProblemList).has_focus:
        return "problems"
    if screen.query_one(CompletionPopup).is_open:
        return "proposals"
    return "filter" if screen.query_one(ContactsPane).is_filtering else pane
