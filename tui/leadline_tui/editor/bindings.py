"""The keys of the editor, each with an id by which it can be given another key."""

from __future__ import annotations

from textual.binding import Binding

_MOVES = (
    ("up", "cursor_up"),
    ("down", "cursor_down"),
    ("left", "cursor_left"),
    ("right", "cursor_right"),
    ("ctrl+left", "cursor_word_left"),
    ("ctrl+right", "cursor_word_right"),
    ("home", "cursor_line_start"),
    ("end", "cursor_line_end"),
    ("ctrl+home", "cursor_text_start"),
    ("ctrl+end", "cursor_text_end"),
)
_OTHERS = (
    ("pageup", "cursor_page_up", "A page up"),
    ("pagedown", "cursor_page_down", "A page down"),
    ("ctrl+a", "select_all", "Select all"),
    ("ctrl+l", "select_line", "Select the line"),
    ("enter,ctrl+j", "new_line", "New line, indented like this one"),
    ("tab", "indent", "Indent, or take the proposal"),
    ("shift+tab", "dedent", "Indent less"),
    ("escape", "leave", "Close what is open"),
    ("backspace,shift+backspace", "delete_left", "Delete to the left"),
    ("delete", "delete_right", "Delete to the right"),
    ("ctrl+w,ctrl+backspace,alt+backspace", "delete_word_left", "Delete the word to the left"),
    ("alt+delete,ctrl+delete", "delete_word_right", "Delete the word to the right"),
    ("ctrl+k", "delete_line", "Delete the line"),
    ("alt+up", "move_lines(-1)", "Move the line up"),
    ("alt+down", "move_lines(1)", "Move the line down"),
    ("ctrl+x", "cut", "Cut"),
    ("ctrl+c", "copy", "Copy"),
    ("ctrl+v", "paste", "Paste"),
    ("ctrl+z", "undo", "Undo"),
    ("ctrl+y,ctrl+shift+z", "redo", "Redo"),
    ("ctrl+underscore,ctrl+slash", "toggle_comment", "Comment out, or in again"),
    ("ctrl+at,ctrl+space", "complete", "Propose what may stand here"),
)


def editor_bindings() -> list[Binding]:
    """All keys of the editor."""
    # What arrows do needs no words.
    found = [Binding(key, action, "", show=False, id=f"editor.{action}") for key, action in _MOVES]
    for key, action in _MOVES:
        selecting = key.replace("ctrl+", "ctrl+shift+") if key.startswith("ctrl+") else f"shift+{key}"
        found.append(Binding(selecting, f"{action}(True)", "", show=False, id=f"editor.select.{action}"))
    for key, action, words in _OTHERS:
        name = action.partition("(")[0] + (".up" if "-1" in action else "")
        found.append(Binding(key, action, words, show=False, id=f"editor.{name}"))
    return found
