"""What the rules do to all contacts: how many are in each stage, before and now, and who has moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from leadline_tui.safe import picture
from leadline_tui.session.effect import Effect, Move
from leadline_tui.styles import part_style
from leadline_tui.widgets.one_line import Line

_BAR = "▏▎▍▌▋▊▉█"
_MOST_NAMED = 8


class EffectPane(VerticalScroll):
    """Figures first, then names."""

    HELP = "effect"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"effect--up", "effect--down", "effect--quiet", "effect--heading"}
    DEFAULT_CSS = """
    EffectPane {
        background: $surface; color: $foreground; height: 1fr; scrollbar-size-vertical: 1;
        Line { height: auto; }
        .effect--up { color: $text-success; text-style: bold; }
        .effect--down { color: $text-error; text-style: bold; }
        .effect--quiet { color: $text-muted; }
        .effect--heading { text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="effect", classes="pane")
        self.border_title = Text("Effect", end="")

    def compose(self) -> ComposeResult:
        yield Line(id="effect-figures")

    def tell(self, effect: Effect | None, otherwise: str = "") -> None:
        """Shows what has changed, or why there is nothing to show."""
        line = self.query_one("#effect-figures", Line)
        if effect is None:
            self.border_title = Text("Effect", end="")
            line.update(Text(f" {picture(otherwise)}", style=self._style("quiet"), end=""))
            return
        moved = len(effect.moves)
        told = f"{moved:,} of {effect.contacts:,} change their stage" if moved else "no contact changes its stage"
        self.border_title = Text(f"Effect · {told}", end="")
        line.update(Text("\n", end="").join([*self._figures(effect), *self._moves(effect.moves)]))

    def _figures(self, effect: Effect) -> Sequence[Text]:
        width = max(12, *(len(count.name) + 2 for count in effect.counts))
        room = max(6, self.size.width - width - 28)
        heading = f" {'':<{width}}{'saved':>8}{'now':>8}{'':>8}"
        rows = [Text(heading, style=self._style("quiet"), end="")]
        for count in effect.counts:
            row = Text(f" {picture(count.name):<{width}}", end="", no_wrap=True)
            row.append(f"{count.before:>8,}" if count.before is not None else f"{'–':>8}", self._style("quiet"))
            row.append(f"{count.now:>8,}")
            change = count.now - (count.now if count.before is None else count.before)
            row.append(f"{change:>+8,}" if change else " " * 8, self._style("up" if change > 0 else "down"))
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

    def _style(self, name: str) -> Style:
        return part_style(self, f"effect--{name}")


def _bar(share: float, width: int) -> str:
    eighths = round(share * width * 8)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_BAR[rest - 1] if rest else "")
