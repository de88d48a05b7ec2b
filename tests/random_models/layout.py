"""How statements lie on the page: indentation, wrapped lines, blank lines, comments, line ends."""

from typing import Final

from .draw import Draw
from .words import COMMENTS

SOFT: Final = "\x1f"  # a space at which the line may end
INDENTS: Final = ("", "  ", "  ", "    ", "\t")


def lay_out(draw: Draw, blocks: list[list[str]]) -> str:
    """The text of a file; a blank line between blocks, and at times elsewhere."""
    end = "\n"
    if draw.chance(0.05):
        draw.use("lines that end in CR LF")
        end = "\r\n"
    lines: list[str] = []
    for block in blocks:
        lines += comment_lines(draw)
        for statement in block:
            lines += lay_out_statement(draw, statement)
        if draw.chance(0.8):
            lines.append("")
    return end.join("\n".join(lines).split("\n")) + (end if draw.chance(0.95) else "")


def comment_lines(draw: Draw) -> list[str]:
    """A line of comment, or none."""
    if draw.chance(0.8):
        return []
    draw.use("comment line")
    return [f"{draw.pick(INDENTS)}# {draw.pick(COMMENTS)}"]


def lay_out_statement(draw: Draw, statement: str) -> list[str]:
    """A statement, wrapped at some of the places where it may be."""
    wraps = 0.5 if draw.chance(0.3) else 0.0
    parts = statement.split(SOFT)
    lines = [draw.pick(INDENTS) + parts[0]]
    for part in parts[1:]:
        if not draw.chance(wraps):
            lines[-1] += " " + part
            continue
        draw.use("wrapped line")
        if part.startswith(("total ", "grade of ")):
            draw.use("wrapped line that begins with total or grade")
        lines[-1] += comment_at_end(draw, 0.2)
        lines += comment_lines(draw) if draw.chance(0.2) else []
        lines.append(draw.pick(INDENTS) + "  " + part)
    lines[-1] += comment_at_end(draw, 0.08)
    return lines


def comment_at_end(draw: Draw, probability: float) -> str:
    """A comment behind what stands on the line, or none."""
    if not draw.chance(probability):
        return draw.pick(("", "", "", "", " ", "\t"))
    draw.use("comment at the end of a line")
    return f"{draw.pick((' ', '   '))}# {draw.pick(COMMENTS)}"
