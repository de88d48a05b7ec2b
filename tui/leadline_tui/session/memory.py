"""What the editor remembers from one run to the next: the theme, and for each rules file its last build."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from leadline.replacing import replace_file

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Build:
    """A build: what was compiled to what, with what was asked for besides. `text` are the rules as they were,
    `included` a sum of the texts that they include, `at` seconds since 1970; `dialect` is empty for all targets but
    SQL and dbt."""

    target: str
    dialect: str
    output: str
    text: str
    included: str
    at: float
    details: Mapping[str, str] = field(default_factory=dict)


def last_build(rules: str) -> Build | None:
    """The last build of a rules file; None where there was none, or it is not to be read."""
    content = _read(_build_path(rules))
    try:
        details = {str(name): str(value) for name, value in content.get("details", {}).items()}
        return Build(**{name: content[name] for name in Build.__slots__ if name != "details"}, details=details)
    except (KeyError, TypeError, AttributeError):
        return None


def remember_build(rules: str, build: Build) -> None:
    """Remembers a build; where nothing can be written it is forgotten."""
    _write(_build_path(rules), asdict(build))


def theme() -> str:
    """The theme that was chosen last; empty where none was."""
    found = _read(_settings_path()).get("theme", "")
    return found if isinstance(found, str) else ""


def remember_theme(name: str) -> None:
    """Remembers a theme."""
    _write(_settings_path(), {**_read(_settings_path()), "theme": name})


def sum_of(texts: list[str]) -> str:
    """A sum that tells whether texts are the same."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def _settings_path() -> Path:
    return _folder("XDG_CONFIG_HOME", ".config") / "editor.json"


def _build_path(rules: str) -> Path:
    return state_folder() / "builds" / f"{sum_of([os.path.realpath(rules)])[:32]}.json"


def state_folder() -> Path:
    """Where what is no setting is remembered."""
    return _folder("XDG_STATE_HOME", ".local/state")


def _folder(variable: str, below_home: str) -> Path:
    named = os.environ.get(variable) or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else "")
    return (Path(named) if named else Path.home() / below_home) / "leadline"


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RuntimeError):
        return {}
    return content if isinstance(content, dict) else {}


def _write(path: Path, content: dict[str, Any]) -> None:
    raw = json.dumps({"format": _FORMAT, **content}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_file(path, raw)
