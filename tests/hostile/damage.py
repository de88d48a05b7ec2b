"""Random edits of valid files, and bytes that were never a file of this kind."""

from __future__ import annotations

from random import Random

CHARACTERS = (
    "\0",
    "\x01",
    "\x1b",
    "\x7f",
    "\x85",
    "\u2028",
    "\u200b",
    "\u200d",
    "\u202e",
    "\u0301",
    "\ufeff",
    "\ufffe",
    "\U0010ffff",
    "\ue000",
    "ﷺ",
    "İ",
    "ß",
    "漢",
    "👩\u200d🚀",
    "א",
    "“",
    "－",
    "５",
    "\t",
    "\r",
    "\r\n",
    "\n",
    "\u3000",
    "\xa0",
    '"',
    "`",
    "'",
    "\\",
    "#",
    "(",
    ")",
    ",",
    ":",
    "+",
    "-",
    "=",
    "{",
    "}",
    "[",
    "]",
    "&",
    "*",
    "%",
    ";",
    "0",
    "9" * 30,
    "9" * 6000,
    "1e999999999",
    "-0",
    "NaN",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31T23:59",
)
_ENCODINGS = ("utf-16", "utf-16-le", "utf-8-sig", "utf-32", "latin-1", "cp1252", "shift-jis")


def random_bytes(random: Random, most: int) -> bytes:
    """Bytes of all values, or of few."""
    size = random.randint(0, most)
    if random.random() < 0.5:
        return random.randbytes(size)
    few = [random.choice(CHARACTERS) for _ in range(random.randint(1, 6))]
    return "".join(random.choices(few, k=min(size, 4000))).encode("utf-8", "surrogatepass")[:most]


def damaged(random: Random, text: str) -> bytes:
    """A text after some edits, perhaps in an encoding that it should not be in."""
    for _ in range(random.choice((1, 1, 2, 3, 8, 30))):
        text = random.choice(_EDITS)(random, text)
    if random.random() < 0.06:
        return text.encode(random.choice(_ENCODINGS), "replace")
    raw = text.encode("utf-8", "surrogatepass")
    for _ in range(random.choice((0, 0, 0, 0, 1, 3))):
        at = random.randrange(len(raw) + 1)
        raw = raw[:at] + random.randbytes(random.choice((0, 1, 3))) + raw[at + random.choice((0, 1)) :]
    return raw


def _cut(random: Random, text: str) -> str:
    start, end = sorted(random.choices(range(len(text) + 1), k=2))
    return text[:start] + text[min(end, start + random.choice((1, 5, 200))) :]


def _insert(random: Random, text: str) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(CHARACTERS) * random.choice((1, 1, 1, 3, 200)) + text[at:]


def _copy(random: Random, text: str) -> str:
    start, end = sorted(random.choices(range(len(text) + 1), k=2))
    at = random.randrange(len(text) + 1)
    return text[:at] + text[start : min(end, start + 300)] * random.choice((1, 1, 2, 20)) + text[at:]


def _words(random: Random, text: str) -> str:
    words = text.split(" ")
    one, other = random.randrange(len(words)), random.randrange(len(words))
    words[one], words[other] = words[other], words[one]
    return " ".join(words)


def _lines(random: Random, text: str) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            lines.insert(random.randrange(len(lines) + 1), lines[at])
        case 1:
            del lines[at]
        case 2:
            lines[at] = lines[at] + random.choice((" ", "", ", ")) + lines[(at + 1) % len(lines)].strip()
        case _:
            random.shuffle(lines)
    return "\n".join(lines)


def _line_ends(random: Random, text: str) -> str:
    return text.replace("\n", random.choice(("\r\n", "\r", "\u2028", "\n\n", " ", "\x0b")))


def _end(random: Random, text: str) -> str:
    return text[: random.randrange(len(text) + 1)]


_EDITS = (_cut, _cut, _insert, _insert, _insert, _copy, _copy, _words, _words, _lines, _lines, _lines, _line_ends, _end)
