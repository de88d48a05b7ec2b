"""Pictures of the editor: it is played by keys, and what it paints is drawn."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.segment import Segment, Segments

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class EditorPicture:
    """A picture of the editor on an example's folder. `keys` are pressed one after the other; those that begin with a
    quote are typed."""

    name: str
    example: str
    arguments: tuple[str, str, str, str]
    keys: Sequence[str]
    size: tuple[int, int]


_LEADS = ("rules.lead", "contacts.csv", "events.csv", "2024-03-31")
_TRIAL = ("rules.lead", "contacts.csv", "events.csv", "2026-11-21")
EDITOR_PICTURES = (
    EditorPicture("editor", "leadforge", _LEADS, ("ctrl+g", "'37\n", *["right"] * 5, "'1", "f5"), (132, 40)),
    EditorPicture("over-time", "saas-trial", _TRIAL, ("f3", *["down"] * 5, "enter", "f4", "f4"), (100, 26)),
)


def draw_editor(picture: EditorPicture, code_format: str) -> str:
    """The picture as SVG."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in (_ROOT / "examples" / picture.example).iterdir():
            if path.is_file():
                shutil.copy(path, folder / path.name)
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            os.environ[variable] = name
        os.chdir(folder)
        try:
            lines = asyncio.run(_play(picture))
        finally:
            os.chdir(here)
    console = Console(width=picture.size[0], record=True, file=io.StringIO(), highlight=False, color_system="truecolor")
    for line in lines:
        console.print(Segments(line), end="", soft_wrap=True)
        console.print()
    return console.export_svg(title="leadline", code_format=code_format, unique_id=f"leadline-{picture.name}")


async def _play(picture: EditorPicture) -> list[list[Segment]]:
    from leadline_tui.app import LeadlineApp
    from leadline_tui.session.opening import open_session

    app = LeadlineApp(open_session(*picture.arguments, 0))
    async with app.run_test(size=picture.size) as pilot:
        await pilot.pause(0.1)
        for key in ("", *picture.keys):
            for one in key[1:] if key.startswith("'") else [key] if key else []:
                await pilot.press("enter" if one == "\n" else one)
            await pilot.pause()
            while app.main.checker.is_busy:
                await pilot.pause(0.05)
            await app.workers.wait_for_complete()
            await pilot.pause(0.2)
        return [list(strip) for strip in app.screen._compositor.render_strips()]
