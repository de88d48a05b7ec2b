"""What the rules do to all contacts: how many are in each stage, before and now, and who has moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from leadline_tui.safe import picture
from leadline_tui.session.effect import Effect, Move
from leadline_tui.styles import part_style
from leadline_tui.widgets.one_line import Line

if TYPE_CHECKING:
    from leadline.reports.standings import Spread

_BAR = "▏▎▍▌▋▊▉█"
_MOST_NAMED = 8


class EffectPane(VerticalScroll):
    """Figures first, then names."""

    HELP = "effect"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"effect--up", "effect--down", "effect--quiet", "effect--heading"}
    DEFAULT_CSS = """
    EffectPane {
        background: $surface; color: $foreground; height: 1fr; scrollbar-size-vertical: 1;
        Line { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
        .effect--up { color: $text-success; text-style: bold; }
        .effect--down { color: $text-error; text-style: bold; }
        .effect--quiet { color: $text-muted; }
        .effect--heading { text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="effect", classes="pane")
        self.border_title = Text("Effect", end="")
        self._told: tuple[Effect | None, str, Spread | None] = (None, "", None)

    def compose(self) -> ComposeResult:
        yield Line(id="effect-figures")

    def tell(self, effect: Effect | None, otherwise: str = "", spread: Spread | None = None) -> None:
        """Shows what has changed and how the points spread, or why there is nothing to show."""
        self._told = effect, otherwise, spread
        line = self.query_one("#effect-figures", Line)
        if effect is None:
            self.border_title = Text("Effect", end="")
            line.update(Text(f" {picture(otherwise)}", style=self._style("quiet"), end=""))
            return
        moved = len(effect.moves)
        told = f"{moved:,} of {effect.contacts:,} change their stage" if moved else "no contact changes its stage"
        self.border_title = Text(f"Effect · {told}", end="")
        rows = [*self._figures(effect), *self._moves(effect.moves)]
        points = self._spread(spread)
        # Where there is little room, more is shown when one comes here.
        if self.has_focus or len(rows) + len(points) <= self.size.height:
            rows += points
        # Only another number of rows is a reason to lay the screen out anew.
        line.update(Text("\n", end="").join(rows), layout=len(rows) != line.size.height)

    def on_resize(self, event: events.Resize) -> None:
        self.tell(*self._told)

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.tell(*self._told)

    def _figures(self, effect: Effect) -> Sequence[Text]:
        width = max(12, *(len(count.name) + 2 for count in effect.counts))
        width = min(width, max(12, self.size.width - 26))
        room = max(0, self.size.width - width - 28)
        heading = f" {'':<{width}}{'saved':>8}{'now':>8}{'':>8}"
        rows = [Text(heading, style=self._style("quiet"), end="")]
        for count in effect.counts:
            row = Text(f" {picture(count.name)}", end="", no_wrap=True)
            row.truncate(width + 1, overflow="ellipsis", pad=True)
            row.append(f"{count.before:>8,}" if count.before is not None else f"{'–':>8}", self._style("quiet"))
            row.append(f"{count.now:>8,}")
            change = count.now - (count.now if count.before is None else count.before)
            row.append(f"{change:>+8,}" if change else " " * 8, self._style("up" if change > 0 else "down"))
            if room:
                row.append(f"  {_bar(count.now / max(1, effect.contacts), room)}", self._style("quiet"))
            rows.append(row)
        return rows

    def _moves(self, moves: Sequence[Move]) -> Sequence[Text]:
        rows: list[Text] = []
        for move in moves[:_MOST_NAMED]:
            row = Text(f" {picture(move.contact)}  ", end="", no_wrap=True)
            row.append(
                f"{picture(move.before) or 'no stage'} → {picture(move.now) or 'no stage'}", self._style("quiet")
            )
            rows.append(row)
        if len(moves) > _MOST_NAMED:
            more = f" and {len(moves) - _MOST_NAMED:,} more: sort the contacts by change"
            rows.append(Text(more, style=self._style("quiet"), end=""))
        return [Text(""), Text(" Who moves", style=self._style("heading"), end=""), *rows] if rows else []

    def _spread(self, spread: Spread | None) -> Sequence[Text]:
        """A row for each bin: the upper half of its bar is by the saved rules, the lower one by those of the moment."""
        if spread is None:
            return []
        heading = Text(" Points", style=self._style("heading"), end="")
        heading.append(f"{'saved':>14}{'now':>8}   ▀ saved  ▄ now", self._style("quiet"))
        ranges = [_range(spread.start + index * spread.width, spread.width) for index in range(len(spread.before))]
        rows = [Text(""), heading]
        most, room = max(*spread.before, *spread.after, 1), max(4, self.size.width - 34)
        for range_, was, now in zip(ranges, spread.before, spread.after, strict=True):
            row = Text(f" {range_:>12}", end="", no_wrap=True)
            row.append(f"{was:>8,}", self._style("quiet"))
            row.append(f"{now:>8,}   ")
            row.append_text(self._halves(_length(was, most, room), _length(now, most, room)))
            rows.append(row)
        return rows

    def _halves(self, was: int, now: int) -> Text:
        text = Text("█" * min(was, now), style=self._style("quiet"), end="")
        text.append("▀" * max(0, was - now), self._style("down"))
        text.append("▄" * max(0, now - was), self._style("up"))
        return text

    def _style(self, name: str) -> Style:
        return part_style(self, f"effect--{name}")


def _bar(share: float, width: int) -> str:
    eighths = round(share * width * 8)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_BAR[rest - 1] if rest else "")


def _range(start: int, width: int) -> str:
    return f"{start}" if width == 1 else f"{start} to {start + width - 1}"


def _length(count: int, most: int, room: int) -> int:
    """Cells of a bar; whatever is not nothing has one."""
    return -(-count * room // most)
