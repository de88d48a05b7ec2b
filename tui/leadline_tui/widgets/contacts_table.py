"""Contacts with their scores, as many as there are: only the rows on the screen are painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from leadline.points import write_change, write_points
from leadline_tui.safe import picture
from leadline_tui.session.listing import Listed, Listing
from leadline_tui.session.scoring import Standing
from leadline_tui.styles import part_style

_POINTS, _CHANGE = 8, 8
_ROOM_FOR_GRADES = 56
_NARROWEST_NAME = 12
_NARROWEST_STAGE, _WIDEST_STAGE = 7, 26
_WIDEST_NAME = 40


class ContactsTable(ScrollView, can_focus=True):
    """One row is marked; Enter pins its contact. The first row of the screen has the headings."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="contacts.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="contacts.down"),
        Binding("pageup", "page(-1)", "A page up", show=False, id="contacts.page_up"),
        Binding("pagedown", "page(1)", "A page down", show=False, id="contacts.page_down"),
        Binding("home,g", "end(-1)", "First", show=False, id="contacts.first"),
        Binding("end,G", "end(1)", "Last", show=False, id="contacts.last"),
        Binding("enter,space", "pin", "Pin", show=False, id="contacts.pin"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "contacts--heading",
        "contacts--marked",
        "contacts--pinned",
        "contacts--up",
        "contacts--down",
        "contacts--quiet",
    }
    DEFAULT_CSS = """
    ContactsTable {
        background: $surface; color: $foreground; scrollbar-size-vertical: 1; overflow-x: hidden;
        .contacts--heading { color: $text-muted; text-style: bold; }
        .contacts--marked { background: $primary 25%; }
        &:focus .contacts--marked { background: $primary; color: $text; text-style: bold; }
        .contacts--pinned { text-style: bold; }
        .contacts--up { color: $text-success; }
        .contacts--down { color: $text-error; }
        .contacts--quiet { color: $text-muted; }
    }
    """

    @dataclass
    class Pinned(Message):
        """A contact is to be pinned: its place among all contacts."""

        place: int

    def __init__(self) -> None:
        super().__init__(id="contacts-table")
        self._rows: Sequence[Listed] = ()
        self._marked = 0
        self._pinned: int | None = None
        self._has_grades = False
        self._has_changes = False
        self._widest_stage = _NARROWEST_STAGE
        self._widest_name = 0
        self._otherwise = ""

    def tell(self, rows: Sequence[Listed], listing: Listing, pinned: int | None, otherwise: str = "") -> None:
        """Shows contacts of a listing, whose columns stay as they are whichever of them are shown; the marked one
        stays marked, wherever it has gone. `otherwise` is said where there are none."""
        marked = self.marked
        self._rows, self._pinned, self._otherwise = rows, pinned, otherwise
        self._has_grades = any(row.standing.grades for row in rows[:1])
        self._has_changes = listing.has_changes
        self._widest_stage = max(_NARROWEST_STAGE, min(_WIDEST_STAGE, listing.stand_width + 1))
        self._widest_name = min(_WIDEST_NAME, listing.name_width + 4)
        at = self._marked
        if marked is not None and not (at < len(rows) and rows[at].place == marked.place):
            at = next((index for index, row in enumerate(rows) if row.place == marked.place), at)
        self._marked = max(0, min(at, len(rows) - 1))
        self.virtual_size = Size(0, len(rows) + 1)
        self.refresh()

    def tell_some(self, standings: Mapping[int, Standing]) -> None:
        """Shows other standings of contacts that are to be seen, by place."""
        rows, top = list(self._rows), self.scroll_offset.y
        for index, row in enumerate(rows[top : top + max(1, self.size.height)], top):
            if row.place in standings:
                rows[index] = row._replace(standing=standings[row.place])
        self._rows = rows
        self._has_changes = self._has_changes or any(row.change for row in rows[top : top + self.size.height])
        self.refresh()

    @property
    def marked(self) -> Listed | None:
        return self._rows[self._marked] if self._marked < len(self._rows) else None

    @property
    def visible_places(self) -> tuple[int, ...]:
        """The places of the contacts on the screen."""
        top = self.scroll_offset.y
        return tuple(row.place for row in self._rows[top : top + max(1, self.size.height)])

    def mark(self, place: int) -> None:
        """Marks the contact at a place, if it is shown."""
        found = next((index for index, row in enumerate(self._rows) if row.place == place), None)
        if found is not None:
            self._go(found)

    # ---- keys and mouse

    def action_move(self, by: int) -> None:
        self._go(self._marked + by)

    def action_page(self, by: int) -> None:
        self._go(self._marked + by * max(1, self.size.height - 2))

    def action_end(self, by: int) -> None:
        self._go(0 if by < 0 else len(self._rows) - 1)

    def action_pin(self) -> None:
        if self.marked is not None:
            self.post_message(self.Pinned(self.marked.place))

    def on_click(self, event: events.Click) -> None:
        row = event.y - 1 + self.scroll_offset.y
        if event.y >= 1 and row < len(self._rows):
            self._go(row)
            self.action_pin()

    def _go(self, row: int) -> None:
        self._marked = max(0, min(row, len(self._rows) - 1))
        top, height = self.scroll_offset.y, max(1, self.size.height - 1)
        if self._marked < top:
            self.scroll_to(y=self._marked, animate=False)
        elif self._marked >= top + height:
            self.scroll_to(y=self._marked - height + 1, animate=False)
        self.refresh()

    # ---- painting

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        base = self.rich_style
        row = y - 1 + self.scroll_offset.y
        if not self._rows:
            return self._line(Text(f" {picture(self._otherwise)}" if y == 1 else "", style=self._style("quiet")), width)
        if y == 0:
            return self._line(self._cells(_HEADINGS, self._style("heading"), self._style("heading")), width)
        if row >= len(self._rows):
            return Strip.blank(width, base)
        return self._row(self._rows[row], row == self._marked, width)

    def _row(self, row: Listed, is_marked: bool, width: int) -> Strip:
        up_or_down = self._style("up" if row.change > 0 else "down")
        is_pinned = row.place == self._pinned
        text = self._cells(
            (
                f"{'▸' if is_marked else ' '}{'◆' if is_pinned else ' '} {picture(row.standing.id)}",
                write_points(row.standing.total),
                write_change(row.change) if row.change else "",
                row.standing.grade,
                row.stand,
            ),
            self._style("pinned") if is_pinned else Style(),
            up_or_down,
        )
        return self._line(text, width, self._style("marked") if is_marked else None)

    def _cells(self, cells: tuple[str, str, str, str, str], name_style: Style, change_style: Style) -> Text:
        name, points, change, grade, stand = cells
        change_width = _CHANGE if self._has_changes else 1
        room = self.size.width - _POINTS - change_width - self._grade_width - self._stage_width
        # Points stand near the names, however wide the terminal is.
        left = max(_NARROWEST_NAME, min(room, self._widest_name + 2))
        text = Text(picture(name), style=name_style, end="", no_wrap=True)
        text.truncate(left - 1, overflow="ellipsis")
        text.append(" " * max(1, left - text.cell_len))
        text.append(f"{points:>{_POINTS - 1}} ")
        text.append(f"{change:>{_CHANGE - 1}} " if self._has_changes else " ", change_style)
        if self._shows_grades:
            text.append(f"{picture(grade):<{self._grade_width}}")
        text.append(picture(stand))
        return text

    @property
    def _shows_grades(self) -> bool:
        return self._has_grades and self.size.width >= _ROOM_FOR_GRADES

    @property
    def _grade_width(self) -> int:
        if not self._shows_grades:
            return 0
        return max(6, *(len(row.standing.grade) + 1 for row in self._rows[:1]))

    @property
    def _stage_width(self) -> int:
        """As wide as the longest stage, unless the names would not be told apart then."""
        taken = _POINTS + (_CHANGE if self._has_changes else 1) + self._grade_width + self._widest_name
        return max(_NARROWEST_STAGE, min(self._widest_stage, self.size.width - taken))

    def _line(self, text: Text, width: int, over: Style | None = None) -> Strip:
        text.end = ""
        strip = Strip(text.render(self.app.console), text.cell_len).adjust_cell_length(width)
        if over is not None:
            strip = Strip([Segment(part.text, (part.style or Style()) + over) for part in strip], width)
        return strip.apply_style(self.rich_style)

    def _style(self, name: str) -> Style:
        return part_style(self, f"contacts--{name}")


_HEADINGS = ("   Contact", "Points", "Change", "Grade", "Stage")
