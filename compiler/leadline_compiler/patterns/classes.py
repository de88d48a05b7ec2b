"""The named sets of characters: `\\d`, `[:alpha:]`, `\\p{Lu}`, `\\p{Greek}`."""

import unicodedata
from functools import lru_cache
from itertools import chain

from leadline_compiler.patterns.ranges import EVERYTHING, Range, Ranges, join
from leadline_compiler.patterns.scripts import SCRIPTS

DIGITS: Ranges = ((0x30, 0x39),)
UPPER: Ranges = ((0x41, 0x5A),)
LOWER: Ranges = ((0x61, 0x7A),)
LETTERS: Ranges = UPPER + LOWER
WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
SPACE: Ranges = ((0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x20))
NO_NEWLINE: Ranges = ((0, 0x09), (0x0B, 0x10FFFF))

LETTER_CLASSES: dict[str, Ranges] = {"d": DIGITS, "s": SPACE, "w": WORD}

POSIX_CLASSES: dict[str, Ranges] = {
    "alnum": DIGITS + LETTERS,
    "alpha": LETTERS,
    "ascii": ((0x00, 0x7F),),
    "blank": ((0x09, 0x09), (0x20, 0x20)),
    "cntrl": ((0x00, 0x1F), (0x7F, 0x7F)),
    "digit": DIGITS,
    "graph": ((0x21, 0x7E),),
    "lower": LOWER,
    "print": ((0x20, 0x7E),),
    "punct": ((0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)),
    # Unlike `\s`, this one has the vertical tab.
    "space": ((0x09, 0x0D), (0x20, 0x20)),
    "upper": UPPER,
    "word": WORD,
    "xdigit": ((0x30, 0x39), (0x41, 0x46), (0x61, 0x66)),
}

# fmt: off
CATEGORIES = (
    "Cc", "Cf", "Co", "Cs", "Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Me", "Mn", "Nd", "Nl", "No",
    "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sc", "Sk", "Sm", "So", "Zl", "Zp", "Zs",
)
# fmt: on
PROPERTY_NAMES: frozenset[str] = frozenset(
    chain(("Any",), CATEGORIES, (category[0] for category in CATEGORIES), SCRIPTS)
)

# The planes between these hold no assigned characters, and the last two nothing but private ones.
SURVEYED = (range(0x40000), range(0xE0000, 0xE1000))
PRIVATE_PLANES: Ranges = ((0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))


def property_ranges(name: str) -> Ranges | None:
    """The characters of a general category (`L`, `Lu`), of a script (`Greek`) or of `Any`; None for another name."""
    if name == "Any":
        return EVERYTHING
    if name in SCRIPTS:
        return SCRIPTS[name]
    return _categories().get(name) if name in PROPERTY_NAMES else None


@lru_cache(maxsize=1)
def _categories() -> dict[str, Ranges]:
    """Every general category, and every one-letter group of them, with its characters. Built on first use."""
    found: dict[str, list[Range]] = {category: [] for category in CATEGORIES}
    for block in SURVEYED:
        _survey(block, found)
    found["Co"].extend(PRIVATE_PLANES)
    groups: dict[str, list[Range]] = {}
    for category, ranges in found.items():
        groups.setdefault(category[0], []).extend(ranges)
    return {name: join(ranges) for name, ranges in (found | groups).items()}


def _survey(block: range, found: dict[str, list[Range]]) -> None:
    """Add the block's runs of one category to what was found; unassigned code points have none."""
    started, current = block.start, unicodedata.category(chr(block.start))
    for code_point in range(block.start + 1, block.stop + 1):
        category = unicodedata.category(chr(code_point)) if code_point < block.stop else ""
        if category != current:
            if current in found:
                found[current].append((started, code_point - 1))
            started, current = code_point, category
