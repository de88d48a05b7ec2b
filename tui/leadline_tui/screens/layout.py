"""Which parts of the main screen are shown, by the size of the terminal and by where one is."""

from __future__ import annotations

from textual.geometry import Size
from textual.screen import Screen

WIDE, TALL, HIGH = 120, 32, 48
_SMALLEST_WIDTH, _SMALLEST_HEIGHT = 60, 15

LAYOUT_CSS = """
MainScreen { layout: vertical; background: $background; }
#panes { height: 1fr; layout: horizontal; }
#left { width: 3fr; height: 1fr; }
#right { width: 2fr; height: 1fr; }
#rules { height: 1fr; }
.pane { border-top: solid $foreground 20%; border-title-color: $text-muted; }
.pane:focus, .pane:focus-within {
    border-top: solid $primary; border-title-color: $text-primary; border-title-style: bold;
}

MainScreen.-narrow #right { display: none; width: 1fr; }
MainScreen.-narrow #left { width: 1fr; }
MainScreen.-narrow.-beside #left { display: none; }
MainScreen.-narrow.-beside #right { display: block; }
MainScreen.-single #contacts, MainScreen.-single #why, MainScreen.-single #effect { display: none; }
#time { display: none; }
MainScreen.-at-time #time, MainScreen.-high #time { display: block; }
MainScreen.-at-time #why { display: none; }
MainScreen.-high #why { display: block; }
MainScreen.-high #time { max-height: 16; }
MainScreen.-single.-at-contacts #time, MainScreen.-single.-at-effect #time { display: none; }
MainScreen.-single.-at-contacts #contacts { display: block; }
MainScreen.-single.-at-why #why { display: block; }
MainScreen.-single.-at-effect #effect { display: block; }
MainScreen.-narrow .pane { border-top: none; }
MainScreen.-narrow #contacts, MainScreen.-narrow #why, MainScreen.-narrow #time, MainScreen.-narrow #effect {
    border-top: solid $foreground 20%;
}
MainScreen.-wide #right { border-left: solid $foreground 20%; }
MainScreen.-wide #effect { height: auto; max-height: 9; min-height: 7; }
MainScreen.-wide.-at-effect #effect { max-height: 70%; }
MainScreen.-wide.-single #effect { height: 1fr; max-height: 100%; }

ToastRack { margin-bottom: 4; }
Toast { width: auto; max-width: 72; padding: 0 2 0 1; }
#problems { display: none; }
MainScreen.-problems #problems { display: block; }
MainScreen.-minimal #top, MainScreen.-minimal #strip, MainScreen.-minimal #keys { display: none; }
MainScreen.-minimal #message { height: 1; }
MainScreen.-minimal #problems { max-height: 4; }
"""

BESIDE = ("contacts", "why", "time", "effect")


def lay_out(screen: Screen[None], size: Size, pane: str, shows_problems: bool) -> None:
    """Sets the classes by which the parts are shown or not; nothing is made anew."""
    width, height = size
    is_wide = width >= WIDE
    screen.set_class(is_wide, "-wide")
    screen.set_class(not is_wide, "-narrow")
    # Three panes above one another need room; a lower terminal shows the one that is asked for.
    screen.set_class(not is_wide or height < TALL, "-single")
    screen.set_class(is_wide and height >= HIGH, "-high")
    screen.set_class(width < _SMALLEST_WIDTH or height < _SMALLEST_HEIGHT, "-minimal")
    screen.set_class(pane in BESIDE, "-beside")
    screen.set_class(shows_problems, "-problems")


def has_room_for_problems(size: Size) -> bool:
    """Whether the list of problems may stay open by itself."""
    return size.width >= WIDE and size.height >= TALL
