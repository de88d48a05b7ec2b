"""The pinned contact's score over time: what comes first, a picture, and every change with its cause."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from leadline.points import write_points
from leadline_tui.messages import GoToRule, Told
from leadline_tui.safe import picture
from leadline_tui.session.chart import draw_chart
from leadline_tui.session.following import Followed, Turn
from leadline_tui.styles import part_style
from leadline_tui.widgets.marked_list import MarkedList
from leadline_tui.widgets.one_line import Line

_TALL, _LOW = 6, 3
_ROOM_FOR_TALL = 18
_AXIS = 7


class TimePane(Vertical):
    """Enter goes to the rule that makes a change."""

    HELP = "time"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"time--past", "time--ahead", "time--quiet", "time--now", "time--crossing"}
    DEFAULT_CSS = """
    TimePane {
        background: $surface; color: $foreground; height: 1fr;
        #time-told { height: auto; padding: 0 1; }
        #time-chart { height: auto; }
        MarkedList { height: 1fr; background: $surface; }
        .time--past { color: $text-primary; }
        .time--ahead { color: $text-muted; }
        .time--quiet { color: $text-muted; }
        .time--now { color: $text-accent; text-style: bold; }
        .time--crossing { text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="time", classes="pane")
        self.border_title = Text("Over time", end="")
        self._followed: Followed | None = None
        self._shown: tuple[Followed | None, int, int, str] | None = None

    def compose(self) -> ComposeResult:
        yield Line(id="time-told")
        yield Line(id="time-chart")
        yield MarkedList(id="time-turns", markup=False)

    @property
    def turns(self) -> MarkedList:
        return self.query_one("#time-turns", MarkedList)

    def tell(self, followed: Followed | None, otherwise: str = "") -> None:
        """Shows a contact over time, or why there is nothing to show."""
        key = (followed, self.size.width, self.size.height, otherwise)
        if key == self._shown:
            return
        self._shown = key
        is_other = followed is None or self._followed is None or followed.contact != self._followed.contact
        marked = None if is_other else self.turns.highlighted
        self._followed = followed
        title = "Over time" if followed is None else f"{picture(followed.contact)} over time"
        self.border_title = Text(title, end="")
        told = otherwise if followed is None else followed.outlook
        self.query_one("#time-told", Line).update(Text(picture(told), end=""))
        self.query_one("#time-chart", Line).update(Text("", end="") if followed is None else self._chart(followed))
        self._list(followed, marked)

    def on_resize(self, event: events.Resize) -> None:
        if self._shown is not None:
            self.tell(self._shown[0], self._shown[3])

    def _list(self, followed: Followed | None, marked: int | None) -> None:
        turns = followed.turns if followed is not None else ()
        widths = [max((len(text) for text in column), default=0) for column in zip(*map(_cells, turns), strict=True)]
        self.turns.set_options([Option(self._row(turn, widths)) for turn in turns])
        if followed is not None and turns:
            at = min(followed.first, len(turns) - 1) if marked is None else min(marked, len(turns) - 1)
            self.turns.highlighted = at

    def _row(self, turn: Turn, widths: list[int]) -> Text:
        when, total, place = _cells(turn)
        text = Text(f"  {when:<{widths[0]}}  ", end="", no_wrap=True)
        text.append(f"{total:>{widths[1]}}  ", self._style("ahead" if turn.is_ahead else "past"))
        text.append(f"{place:<{widths[2]}}  ", self._style("crossing") if turn.is_crossing else "")
        text.append(picture(turn.why), self._style("quiet"))
        return text

    def _chart(self, followed: Followed) -> Text:
        width = max(10, self.size.width - _AXIS - 3)
        chart = draw_chart(followed.curve, followed.as_of, width, _TALL if self.size.height >= _ROOM_FOR_TALL else _LOW)
        text = Text(end="", no_wrap=True)
        for number, row in enumerate(chart.rows):
            label = chart.top if number == 0 else chart.bottom if number == len(chart.rows) - 1 else None
            text.append(f"{write_points(label) if label is not None else '':>{_AXIS}} ", self._style("quiet"))
            text.append(row[: chart.now], self._style("past"))
            text.append(row[chart.now] if row[chart.now] != " " else "┊", self._style("now"))
            text.append(row[chart.now + 1 :] + "\n", self._style("ahead"))
        text.append_text(self._below(followed, chart.now, width))
        return text

    def _below(self, followed: Followed, now: int, width: int) -> Text:
        """The line below the picture: where it begins, today, where it ends."""
        row = " " * width
        for start, said in ((now - 2, "today"), (width - len(followed.ends), followed.ends), (0, followed.begins)):
            start = max(0, min(start, width - len(said)))
            # What has no room is left out; today is the first to have some.
            if not row[max(0, start - 1) : start + len(said) + 1].strip():
                row = row[:start] + said + row[start + len(said) :]
        return Text(f"{'':>{_AXIS}} {row}", style=self._style("quiet"), end="")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._tell_marked()

    def on_descendant_focus(self) -> None:
        self._tell_marked()

    def _tell_marked(self) -> None:
        """All of the marked change, which may be longer than there is room for."""
        marked = self.turns.highlighted
        if self._followed is not None and marked is not None and self.turns.has_focus:
            turn = self._followed.turns[marked]
            self.post_message(Told(f"{turn.when}: {turn.why}"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._followed is None:
            return
        turn = self._followed.turns[event.option_index]
        if turn.rule is not None or turn.line is not None:
            self.post_message(GoToRule(turn.rule, turn.line))

    def _style(self, name: str) -> Style:
        return part_style(self, f"time--{name}")


def _cells(turn: Turn) -> tuple[str, str, str]:
    return turn.when, write_points(turn.total), picture(turn.place) or "–"
