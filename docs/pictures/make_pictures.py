"""Draws the pictures of the README: real commands and the editor, on the examples, as they look in a terminal.

python docs/pictures/make_pictures.py            draws them anew
python docs/pictures/make_pictures.py --check    exit code 1 if one no longer shows what the command says
"""

from __future__ import annotations

import argparse
import html
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from editor_pictures import EDITOR_PICTURES, EditorPicture, draw_editor
from rich.console import Console
from rich.text import Text

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_ROOMS = ("grammars", "dsl", "compiler", "tui")
_WIDTH = 100
_TRIAL = "--contacts contacts.csv --events events.csv"

_SVG = """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
.{unique_id}-title {{ font: bold 18px sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a command, without `leadline`, that is run in a copy of an example's folder, and its exit code.

    It is shown with its line breaks. `slip` is a mistake made in its rules.lead first: a text, and what replaces it.
    """

    name: str
    example: str
    command: str
    code: int = 0
    slip: tuple[str, str] | None = None


PICTURES = (
    Picture("explain", "saas-trial", f"explain rules.lead {_TRIAL} \\\n    --as-of 2026-11-21 --id u-106"),
    Picture("score", "saas-trial", f"score rules.lead {_TRIAL} --as-of 2026-11-21"),
    Picture("check", "saas-trial", "check rules.lead", 1, ("when has task_created", "when has tsak_created")),
)


def main() -> None:
    """Draws or checks all pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing")
    if not parser.parse_args().check:
        for picture in (*PICTURES, *EDITOR_PICTURES):
            path_of(picture).write_text(draw(picture), encoding="utf-8", newline="\n")
        return
    stale = [picture.name for picture in (*PICTURES, *EDITOR_PICTURES) if is_stale(picture)]
    for name in stale:
        print(f"docs/pictures/{name}.svg is stale: python docs/pictures/make_pictures.py draws it anew")
    sys.exit(1 if stale else 0)


def path_of(picture: Picture | EditorPicture) -> Path:
    """The file of a picture."""
    return _HERE / f"{picture.name}.svg"


def is_stale(picture: Picture | EditorPicture) -> bool:
    """Whether a picture shows other words than its commands say now; how it is drawn does not matter."""
    path = path_of(picture)
    return not path.is_file() or words_in(path.read_text(encoding="utf-8")) != words_in(draw(picture))


def words_in(svg: str) -> str:
    """What can be read in a picture, without the spaces."""
    shown = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return re.sub(r"\s", "", html.unescape("".join(shown)))


def draw(picture: Picture | EditorPicture) -> str:
    """The picture as SVG."""
    if isinstance(picture, EditorPicture):
        return draw_editor(picture, _SVG)
    console = Console(width=_WIDTH, record=True, file=io.StringIO(), highlight=False)
    console.print(Text(f"$ leadline {picture.command}", style="bold"))
    console.print(Text.from_ansi(_said(picture, picture.command.replace("\\\n", "").split()).strip("\n")))
    return console.export_svg(title="leadline", code_format=_SVG, unique_id=f"leadline-{picture.name}")


def _said(picture: Picture, words: Sequence[str]) -> str:
    """What a command says on a terminal with colours."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in (_ROOT / "examples" / picture.example).iterdir():
            if path.is_file():
                text = path.read_text(encoding="utf-8")
                if path.name == "rules.lead" and picture.slip is not None:
                    text = text.replace(*picture.slip)
                (folder / path.name).write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "leadline", *words, "--color", "always"]
        run = subprocess.run(
            command, cwd=folder, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
    said = run.stdout.decode("utf-8")
    if run.returncode != picture.code:
        raise SystemExit(f"{picture.name}: exit code {run.returncode} instead of {picture.code}\n{said}")
    return said


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    rooms = os.pathsep.join(str(_ROOT / room) for room in _ROOMS)
    return {**kept, "PYTHONPATH": rooms, "COLUMNS": str(_WIDTH), "PYTHONUTF8": "1", "TERM": "xterm"}


if __name__ == "__main__":
    main()
