"""The pinned contact and the funnel in one line: what an edit does, without leaving the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text

from leadline.points import write_change, write_points
from leadline_tui.safe import picture
from leadline_tui.session.scoring import Standing
from leadline_tui.styles import part_style
from leadline_tui.widgets.one_line import Line

_LONGEST_NAME = 28


@dataclass(frozen=True, slots=True)
class Strip:
    """What the strip tells. `counts` are stages with how many contacts they had and have; `old` says that the scores
    are those of an older text, and why. `is_supposed`: the standing is how the contact would stand, and `before` how
    it does."""

    standing: Standing
    before: Standing | None
    counts: tuple[tuple[str, int | None, int], ...]
    contacts: int
    old: str = ""
    is_supposed: bool = False


class PinnedStrip(Line):
    """One row above the keys."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"strip--name", "strip--up", "strip--down", "strip--quiet", "strip--old"}
    DEFAULT_CSS = """
    PinnedStrip {
        background: $panel; color: $foreground;
        .strip--name { text-style: bold; }
        .strip--up { color: $text-success; text-style: bold; }
        .strip--down { color: $text-error; text-style: bold; }
        .strip--quiet { color: $text-muted; }
        .strip--old { color: $text-warning; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="strip")

    def tell(self, strip: Strip | None, otherwise: str = "") -> None:
        """Shows a contact, or why there is none to show."""
        if strip is None:
            text = Text(f" {picture(otherwise)}", style=self._style("quiet"), end="", no_wrap=True)
            text.truncate(self._room, overflow="ellipsis")
            self.show(text)
            return
        text = Text(" ", end="", no_wrap=True)
        if strip.old:
            text.append(f"{picture(strip.old)}  ", self._style("old"))
        self._tell_contact(text, strip)
        left = self._room - text.cell_len
        counts = [self._tell_count(*count) for count in strip.counts]
        # A count that has no room is left out with those behind it: half of one tells something else.
        while counts and sum(count.cell_len for count in counts) > left:
            counts.pop()
        for count in counts:
            text.append_text(count)
        of = f" of {strip.contacts:,}"
        if counts and sum(count.cell_len for count in counts) + len(of) <= left:
            text.append(of, self._style("quiet"))
        self.show(text)

    @property
    def _room(self) -> int:
        return self.size.width or self.app.size.width

    def _tell_count(self, stage: str, before: int | None, now: int) -> Text:
        text = Text("", end="")
        text.append("  │  ", self._style("quiet"))
        text.append(f"{picture(stage)} ")
        if before is not None and before != now:
            text.append(f"{before:,} → ")
            text.append(f"{now:,}", self._style("up" if now > before else "down"))
        else:
            text.append(f"{now:,}")
        return text

    def _tell_contact(self, text: Text, strip: Strip) -> None:
        if strip.is_supposed:
            text.append("what if ", self._style("old"))
        name = picture(strip.standing.id)
        text.append(name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…", self._style("name"))
        now, before = strip.standing.total, strip.before.total if strip.before else strip.standing.total
        text.append("  ")
        if before != now:
            text.append(f"{write_points(before)} → ")
        text.append(write_points(now), self._style("name"))
        if before != now:
            text.append(f" ({write_change(now - before)})", self._style("up" if now > before else "down"))
        stood = strip.before.stand if strip.before else strip.standing.stand
        if stood != strip.standing.stand:
            text.append(f"  {picture(stood) or 'no stage'} → {picture(strip.standing.stand) or 'no stage'}")
        elif strip.standing.stand:
            text.append(f"  {picture(strip.standing.stand)}")

    def _style(self, name: str) -> Style:
        return part_style(self, f"strip--{name}")
