"""Which of the findings a user is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from leadline_dsl.faults import Fault
from leadline_dsl.mistakes.ages import AGES
from leadline_dsl.mistakes.characters import CHARACTERS
from leadline_dsl.mistakes.expected import expected
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser
from leadline_dsl.mistakes.functions import FUNCTIONS
from leadline_dsl.mistakes.joined import JOINED
from leadline_dsl.mistakes.limits import LIMITS
from leadline_dsl.mistakes.lines import LAST_LINES, LINES
from leadline_dsl.mistakes.listed import LISTED
from leadline_dsl.mistakes.names import NAMES, TITLES
from leadline_dsl.mistakes.numbers import IN_WORDS, NUMBERS
from leadline_dsl.mistakes.phrases import PHRASES
from leadline_dsl.mistakes.remarks import REMARKS
from leadline_dsl.mistakes.repairs import REPAIRS
from leadline_dsl.mistakes.schema import SCHEMA
from leadline_dsl.mistakes.shapes import SHAPES
from leadline_dsl.mistakes.spelling import SPELLING, WRONG_WORDS

READ_ALL = -1
"""What a reader answers for a text that it reads to its end."""

Reader = Callable[[str, str], float]
"""How many characters of a text are left where its reading as a statement of a kind stops."""

_KNOWING = (*REMARKS, *FUNCTIONS, *LISTED, *JOINED, *CHARACTERS, *NUMBERS, *TITLES, *AGES, *SHAPES, *LINES, *SCHEMA)
_RECOGNISERS: tuple[tuple[Recogniser, bool], ...] = (
    *((recogniser, False) for recogniser in _KNOWING),
    *((recogniser, True) for recogniser in (*LIMITS, *SPELLING)),
    *((recogniser, False) for recogniser in (*PHRASES, *WRONG_WORDS, *IN_WORDS, *NAMES)),
    *((recogniser, True) for recogniser in (*REPAIRS, *LAST_LINES)),
)
"""In their order, and whether one is heard only where the whole statement can be read with its finding."""

MOST_READ = 60_000
"""Characters that proposals for one statement may make the parser read: a mistake in a very long one is only
named, not mended."""


def explain_failure(failure: Failure, reads: Reader) -> Fault:
    """The one fault of a statement that cannot be read: what the first recogniser says that knows how its reading
    gets further, else what was expected. `reads` tries a proposal out."""
    if len(failure.text) > MOST_READ:
        return expected(failure)
    # A finding counts if the piece that could not be read is read with it, or at the end if nothing is left over.
    unread = len(failure.text) - failure.place.end + 0.5 if failure.here else 0.0
    budget = _Budget(MOST_READ)
    for recogniser, must_read_all in _RECOGNISERS:
        needed = READ_ALL + 0.1 if must_read_all else unread
        finding = _furthest(failure, recogniser(failure), reads, needed, budget)
        if finding:
            return finding.fault()
    return expected(failure)


@dataclass(slots=True)
class _Budget:
    """The characters that may still be read."""

    left: int


def _furthest(
    failure: Failure, findings: Iterator[Finding], reads: Reader, unread: float, budget: _Budget
) -> Finding | None:
    """The first finding that makes the statement readable, else the one that leaves least, if less than `unread`.

    One without edits knows the mistake but no certain repair: it is heard if none before it reads further.
    """
    best: Finding | None = None
    for finding in findings:
        if not finding.edits and not finding.tried:
            return best or finding
        proposed = finding.tried or finding.applied(failure.text)
        budget.left -= len(proposed)
        if budget.left < 0:
            break
        left = reads(finding.kind or failure.kind, proposed)
        if left < unread:
            best, unread = finding, left
        if left == READ_ALL:
            break
    return best
