"""What a command may not do, whatever it was given."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from leadline.rules_files import UnreadableError, decode
from leadline_dsl.parser import Document, parse, parse_statement
from leadline_dsl.source import Source
from leadline_dsl.tokens import Piece, scan

from .cases import Case
from .child import MOST_MEMORY, MOST_SECONDS, Ran, pace


def faults_of(case: Case, ran: Ran, folder: Path) -> list[str]:
    """Everything that the run of a case should not have done; empty where all is well."""
    return [*_told(ran), *_cost(ran), *(_data(case, ran) if ran.code in (0, 1) else ()), *_files(case, ran, folder)]


def _told(ran: Ran) -> Iterator[str]:
    said = ran.out + ran.err
    if b"Traceback (most recent call last)" in said:
        yield "a traceback"
    if b"this is a fault of leadline" in said:
        yield f"a fault of its own: {ran.err[-200:].decode(errors='replace')}"
    if ran.code < 0:
        yield f"ended by signal {-ran.code}, busy with:\n{ran.where}"
    elif ran.code not in (0, 1, 2):
        yield f"exit code {ran.code}"
    if ran.code == 2 and not ran.err.strip():
        yield "exit code 2 without a word"
    for name, stream in (("stdout", ran.out), ("stderr", ran.err)):
        try:
            stream.decode("utf-8")
        except UnicodeDecodeError:
            if stream[:4] != b"PAR1":
                yield f"{name} is no UTF-8"


def _cost(ran: Ran) -> Iterator[str]:
    if ran.seconds > MOST_SECONDS:
        slower = pace()
        if ran.seconds / slower > MOST_SECONDS:
            yield f"{ran.seconds:.1f} s of computing, where everything takes {slower:.1f} times as long as usual"
    if ran.memory > MOST_MEMORY:
        yield f"{ran.memory >> 20} MiB of memory"


def _data(case: Case, ran: Ran) -> Iterator[str]:
    """Output for programs can be read by programs."""
    format_ = case.words[case.words.index("--format") + 1] if "--format" in case.words else ""
    if "--output" in case.words or (ran.code == 1 and not ran.out):
        return
    try:
        if format_ in ("json", "sarif"):
            json.loads(ran.out)
        elif format_ == "jsonl":
            for line in ran.out.split(b"\n")[:-1]:
                json.loads(line)
        elif format_ == "junit":
            ElementTree.fromstring(ran.out)
    except (ValueError, ElementTree.ParseError) as error:
        yield f"its {format_} cannot be read: {error}"


def _files(case: Case, ran: Ran, folder: Path) -> Iterator[str]:
    """Only `fmt` writes over what it was given, and then the file means what it meant."""
    for name, raw in case.files.items():
        path = folder / name
        now = path.read_bytes() if path.is_file() else None
        if now != raw:
            is_laid_out = case.words[0] == "fmt" and name in case.words and ran.code in (0, 1)
            is_target = name in case.words[1:] and name != "rules.lead" and "--output" in case.words
            if now is None or not (is_laid_out or is_target):
                yield f"{name} was changed"
            elif is_laid_out:
                yield from _same_meaning(name, raw, now)
    if case.words[0] == "fmt" and case.words[-1] == "-" and ran.code in (0, 1):
        yield from _same_meaning("standard input", case.given, ran.out)


def _same_meaning(name: str, before: bytes, after: bytes) -> Iterator[str]:
    try:
        one, other = (parse(Source("a.lead", decode(raw))) for raw in (before, after))
    except UnreadableError as error:
        yield error.say(name)
        return
    parse_statement.cache_clear()  # the next case begins with this process's memory
    if _read(one) != _read(other):
        yield f"{name} reads differently once it is laid out"
    if _comments(one) != _comments(other):
        yield f"{name} lost a comment"


def _read(document: Document) -> list[object]:
    return [
        item.parsed.node or "".join(token.text for token in scan(item.statement.text.replace("\r", "")))
        for item in document.statements
    ]


def _comments(document: Document) -> list[str]:
    """The comments that stand between statements or inside of those that can be read."""
    pieces = scan(document.source.text)
    return [piece.text.rstrip() for piece in pieces if piece.kind is Piece.COMMENT]
