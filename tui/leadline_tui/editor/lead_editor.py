"""The editor of rules: a text area with the language's colours, findings in place, proposals, and keys in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.document._document import EditResult, Location, Selection
from textual.document._document_navigator import DocumentNavigator
from textual.document._edit import Edit
from textual.widgets import TextArea

from leadline_tui.editor.bindings import editor_bindings
from leadline_tui.editor.colours import COMPONENTS
from leadline_tui.editor.completing import Completing
from leadline_tui.editor.document import RulesDocument, RulesLines
from leadline_tui.editor.moving import Moving
from leadline_tui.editor.ordered_keys import OrderedKeys
from leadline_tui.editor.painting import Painting, Span, document_of
from leadline_tui.editor.typing import Typing
from leadline_tui.session.marks import Mark, Marks, follow

_UNDO_STEPS = 1000
_TAB = 4


class LeadEditor(Completing, Typing, Moving, Painting, OrderedKeys, TextArea, inherit_bindings=False):
    """A text area for rules. Rows and columns count from 0 here."""

    BINDINGS: ClassVar[list[BindingType]] = [*editor_bindings()]
    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    DEFAULT_CSS = """
    LeadEditor {
        border: none; padding: 0; background: $surface; color: $foreground;
        scrollbar-size-horizontal: 0; scrollbar-size-vertical: 1;
        scrollbar-background: $surface; scrollbar-color: $panel-lighten-2;
        &:focus { border: none; }
        .lead--statement { color: $text-accent; text-style: bold; }
        .lead--word { color: $text-primary; }
        .lead--type { color: $text-secondary; }
        .lead--name { color: $foreground; }
        .lead--declared { color: $foreground; text-style: bold; }
        .lead--points { color: $text-warning; text-style: bold; }
        .lead--number { color: $text-warning; }
        .lead--date { color: $text-warning; }
        .lead--text { color: $text-success; }
        .lead--comment { color: $text-muted; text-style: italic; }
        .lead--faulty { color: $text-error; }
        .lead--error { color: $error; text-style: bold; }
        .lead--warning { color: $warning; text-style: bold; }
        .lead--info { color: $text-muted; }
        .lead--found { background: $warning 40%; }
    }
    """

    def __init__(self, text: str = "", *, read_only: bool = False, id: str | None = None) -> None:
        self.set_up_painting()
        super().__init__(
            text,
            soft_wrap=False,
            show_line_numbers=True,
            max_checkpoints=_UNDO_STEPS,
            read_only=read_only,
            id=id,
        )
        self.cursor_blink = False
        self._height = 0
        self.indent_width = _TAB

    def _set_document(self, text: str, language: str | None) -> None:
        self.document = RulesDocument(text)
        self.wrapped_document = RulesLines(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def on_resize(self, event: events.Resize) -> None:
        """The cursor's line stays in sight when there is less room, unless somebody had scrolled away from it."""
        row = self.cursor_location[0]
        top, before = self.scroll_offset.y, self._height
        self._height = event.size.height
        if top <= row < top + max(before, 1):
            self.call_after_refresh(self.scroll_cursor_visible)

    # ---- what is shown beside the text

    def set_marks(self, marks: Marks) -> None:
        """Shows findings in the text as it stands now."""
        self.marks = marks
        self.refresh()

    def set_found(self, found: Mapping[int, tuple[Span, ...]]) -> None:
        """Marks what was sought."""
        self.found = found
        self.refresh()

    @property
    def mark_at_cursor(self) -> Mark | None:
        """The gravest finding under the cursor, else in its line."""
        row, column = self.cursor_location
        marks = self.marks.get(row, ())
        under = (mark for mark in marks if mark.start <= column <= mark.end)
        return next(under, marks[0] if marks else None)

    # ---- editing; marks go with their text

    def edit(self, edit: Edit) -> EditResult:
        before = list(self.document.lines)
        result = super().edit(edit)
        self._follow(before)
        return result

    def _undo_batch(self, edits: Sequence[Edit]) -> None:
        before = list(self.document.lines)
        super()._undo_batch(edits)
        self._follow(before)

    def _redo_batch(self, edits: Sequence[Edit]) -> None:
        before = list(self.document.lines)
        super()._redo_batch(edits)
        self._follow(before)

    def _follow(self, before: Sequence[str]) -> None:
        self.marks = follow(self.marks, before, self.document.lines)

    def replace_text(self, text: str) -> None:
        """Puts another text in the place of this one as one step that can be undone; only what differs is touched,
        so that the cursor and the findings stay with what stays."""
        before, after = document_of(self), RulesDocument(text)
        top, below = _common_rows(before.lines, after.lines)
        if before.lines == after.lines:
            return
        old = before.lines[top : before.line_count - below]
        new = after.lines[top : after.line_count - below]
        if old and new:
            row, column = self.cursor_location
            self.replace_rows(top, top + len(old) - 1, new)
            self.move_cursor((min(row, self.document.line_count - 1), column))
        elif old:
            self._replace_step("", *_rows_with_an_end(before, top, len(old)))
        else:
            self._insert_rows(top, new)

    def _insert_rows(self, top: int, rows: Sequence[str]) -> None:
        joined = "\n".join(rows)
        if top < self.document.line_count:
            self._replace_step(f"{joined}\n", (top, 0), (top, 0))
        else:
            self._replace_step(f"\n{joined}", self.document.end, self.document.end)

    def _replace_step(self, text: str, start: Location, end: Location) -> None:
        self.history.checkpoint()
        self.replace(text, start, end)
        self.history.checkpoint()

    # ---- keys that mean more than one thing

    def action_new_line(self) -> None:
        if not self.take_proposal(only_if_chosen=True):
            super().action_new_line()

    def action_indent(self) -> None:
        if not self.take_proposal(only_if_chosen=False):
            super().action_indent()

    def action_leave(self) -> None:
        """Closes the proposals, else lets go of the selection."""
        if self.is_proposing:
            self.close_popup()
        elif not self.selection.is_empty:
            self.selection = Selection.cursor(self.selection.end)

    def jump(self, row: int, column: int = 0, end: int | None = None) -> None:
        """Puts the cursor somewhere, in the middle of the screen where it was not to be seen; selects up to `end`."""
        row = max(0, min(row, self.document.line_count - 1))
        top = self.scroll_offset.y
        is_seen = top <= row < top + self.size.height
        self.move_cursor((row, column), center=not is_seen)
        if end is not None:
            self.selection = Selection((row, column), (row, end))


def _common_rows(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many rows are the same at the start, and how many at the end."""
    most = min(len(before), len(after))
    top = next((row for row in range(most) if before[row] != after[row]), most)
    below = next((row for row in range(most - top) if before[-row - 1] != after[-row - 1]), most - top)
    return top, below


def _rows_with_an_end(document: RulesDocument, top: int, count: int) -> tuple[Location, Location]:
    """From where to where rows reach with the end of a line: of their last one, or of the one above."""
    if top + count < document.line_count:
        return (top, 0), (top + count, 0)
    return ((top - 1, len(document[top - 1])) if top else (0, 0)), document.end
