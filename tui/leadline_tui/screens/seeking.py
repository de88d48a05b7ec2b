"""Finding and replacing: what the bar below the text asks of the editor."""

from __future__ import annotations

from leadline_tui.editor import LeadEditor
from leadline_tui.session.searching import Hit, find_all, next_hit, replace_in
from leadline_tui.widgets.find_bar import FindBar


class Seeker:
    """Keeps the places of what is sought."""

    def __init__(self, editor: LeadEditor, bar: FindBar) -> None:
        self._editor, self._bar = editor, bar
        self._hits: tuple[Hit, ...] = ()

    def open(self) -> None:
        """Opens the bar with what is selected."""
        selected = self._editor.selected_text
        self._bar.open(selected if selected and "\n" not in selected else "")

    def seek(self, wanted: str) -> None:
        """Looks for a text from the cursor on; the empty text ends it."""
        if not wanted and not self._bar.is_open:
            self._hits = ()
            self._editor.set_found({})
            self._editor.focus()
            return
        self.look_again()
        start = min(self._editor.selection)
        self._show(next_hit(self._hits, start))

    def look_again(self) -> None:
        """The places in the text as it is now."""
        if not self._bar.is_open:
            return
        self._hits = find_all(self._editor.document.lines, self._bar.wanted)
        found: dict[int, tuple[tuple[int, int], ...]] = {}
        for hit in self._hits:
            found[hit.row] = (*found.get(hit.row, ()), (hit.start, hit.end))
        self._editor.set_found(found)

    def step(self, step: str) -> None:
        """Goes to another place, or replaces one or all."""
        self.look_again()
        if step == "all":
            self._replace_all()
        elif step == "replace":
            self._replace_one()
        elif step == "previous":
            self._show(next_hit(self._hits, min(self._editor.selection), forward=False))
        else:
            self._show(next_hit(self._hits, max(self._editor.selection)))

    def _replace_one(self) -> None:
        """Replaces the place that is selected, and goes on to the next."""
        start, end = sorted(self._editor.selection)
        current = next((hit for hit in self._hits if (hit.row, hit.start) == start and (hit.row, hit.end) == end), None)
        if current is not None and not self._editor.read_only:
            self._editor.history.checkpoint()
            self._editor.replace(self._bar.by, start, end, maintain_selection_offset=False)
            self._editor.history.checkpoint()
            self.look_again()
        self._show(next_hit(self._hits, self._editor.cursor_location))

    def _replace_all(self) -> None:
        rows = sorted({hit.row for hit in self._hits})
        if rows:
            wanted, by = self._bar.wanted, self._bar.by
            self._editor.change_lines(rows[0], rows[-1], lambda line: replace_in(line, wanted, by))
            self.look_again()
        self._show(next_hit(self._hits, (0, 0)))

    def _show(self, index: int | None) -> None:
        if index is not None:
            hit = self._hits[index]
            self._editor.jump(hit.row, hit.start, hit.end)
        self._bar.tell(index, len(self._hits))
