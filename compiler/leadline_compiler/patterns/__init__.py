"""The pattern language behind `A matches "REGEX"`: reading it, testing a text against it, and handing it to Python.

A pattern is RE2 syntax without look-around and back-references, and ignores case unless it says `(?-i)`.
The text it is tested against is expected in NFKC form and trimmed.
"""

from leadline_compiler.patterns.errors import PatternError
from leadline_compiler.patterns.matching import Matcher, compile_pattern
from leadline_compiler.patterns.parsing import MAX_DEPTH, MAX_LENGTH, parse_pattern
from leadline_compiler.patterns.pieces import MAX_REPEAT, MAX_SIZE
from leadline_compiler.patterns.python_regex import to_python_regex
from leadline_compiler.patterns.ranges import LAST_CODE_POINT, Ranges
from leadline_compiler.patterns.tree import Anchor, Chars, Either, Node, Pattern, Place, Repeat, Sequence, fold

__all__ = [
    "LAST_CODE_POINT",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "MAX_REPEAT",
    "MAX_SIZE",
    "Anchor",
    "Chars",
    "Either",
    "Matcher",
    "Node",
    "Pattern",
    "PatternError",
    "Place",
    "Ranges",
    "Repeat",
    "Sequence",
    "compile_pattern",
    "fold",
    "parse_pattern",
    "to_python_regex",
]
