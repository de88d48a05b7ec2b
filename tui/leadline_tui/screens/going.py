"""Where one can go to in the rules: a line, or something that has a name."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from leadline_tui.safe import picture
from leadline_tui.screens.picking import Pick
from leadline_tui.session.outline import Part
from leadline_tui.wanted import has_words, words_of


def offer_places(places: Sequence[Part], wanted: str) -> Sequence[Pick[int]]:
    """Lines (from 1): the one whose number was typed, else those of the names that have all words in them."""
    if wanted.isdecimal():
        return [Pick(max(1, int(wanted)), Text(f"  line {int(wanted):,}"))]
    words = words_of(wanted)
    fitting = (place for place in places if has_words(place.name, words))
    return [Pick(place.line, _row(place)) for place in fitting]


def _row(place: Part) -> Text:
    text = Text(f"{place.line:>6}  {picture(place.name)}  ", end="", no_wrap=True)
    text.append(picture(place.kind), "dim")
    return text
