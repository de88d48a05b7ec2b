"""Keys as people write them: `F4`, `^S`, `Alt+↑`."""

from __future__ import annotations

from collections.abc import Iterable

_NAMES = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "delete": "Del",
    "slash": "/",
    "underscore": "/",
    "at": "Space",
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "backspace": "Backspace",
    "tab": "Tab",
    "home": "Home",
    "end": "End",
}
_ALIASES = frozenset({"f20", "ctrl+j", "ctrl+space", "ctrl+slash", "shift+backspace", "ctrl+shift+z", "ctrl+delete"})
"""What terminals send for keys that are told by another name."""


def say_keys(keys: Iterable[str]) -> str:
    """Keys that do the same, by the toolkit's names for them."""
    return ", ".join(dict.fromkeys(_say(key) for key in keys if key not in _ALIASES))


def _say(key: str) -> str:
    *held, last = key.split("+")
    name = _NAMES.get(last, last)
    if last.startswith("f") and last[1:].isdecimal():
        name = last.upper()
    if held == ["ctrl"]:
        return f"^{name.upper() if len(name) == 1 else name}"
    return "+".join([*(part.capitalize() for part in held), name])
