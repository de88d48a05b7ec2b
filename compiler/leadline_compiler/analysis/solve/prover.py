"""What only a search over many rules can tell of a model: who can be reached, and the most and the least of a score."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypeAlias

from leadline_compiler.analysis.confirm import shrink
from leadline_compiler.analysis.formulas import TooManyError
from leadline_compiler.analysis.solve.asking import Answer, Effort, Goal, ask
from leadline_compiler.analysis.solve.building import Linear, NoSolverError, negation
from leadline_compiler.analysis.solve.building import Literal as Flag
from leadline_compiler.analysis.solve.mending import mend
from leadline_compiler.contacts import Contact
from leadline_compiler.outcome import Outcome

if TYPE_CHECKING:
    from leadline_compiler.analysis.analysis import Analysis
    from leadline_compiler.analysis.solve.encoding import Encoding

Search: TypeAlias = Literal["none", "short", "long"]
"""How long contacts are searched for with the solver."""

EFFORTS: dict[Search, tuple[float, float]] = {"none": (0.0, 0.0), "short": (2.5, 1.0), "long": (200.0, 50.0)}
"""The work for one model and for one question, in the solver's measure."""
_FEW_EVENTS = 12
_MANY = 64
"""Events of a contact as small as can be: so many are seldom more than are needed."""
_MOST_TRIED = 24
"""Contacts of one solution that are tried."""
_MOST_EVENTS_TRIED = 6_000
"""Events that these have altogether, but for the last."""


class Reason:
    """Why something is left open, in words."""

    NOT_SEARCHED = "this takes a search over many rules, which was not asked for"
    NO_SOLVER = "the search over many rules needs the solver: pip install leadline[proofs]"
    TOO_MANY = "there are too many kinds of events, or too many events, to tell apart"
    SPENT = "the search was stopped after the work that a check may take; `leadline check --deep` searches longer"
    SPENT_SHORT = "the search was stopped after the work that it may take; `--deep` searches longer"
    SPENT_DEEP = "the search was stopped after the work that `--deep` may take"
    NO_END = "it has no end"
    NOT_SEEN = "it hangs on something that the proofs do not see into"
    MANY_STEPS = "points decay in more steps than the proofs tell apart"
    NOT_CONFIRMED = "a contact was worked out that the scorer does not confirm, which is a fault in the proofs"


def why_not_seen(encoding: Encoding) -> str:
    """Why there are solutions that are no contacts, in words."""
    return Reason.MANY_STEPS if encoding.hangs_on_ages and not encoding.large() else Reason.NOT_SEEN


@dataclass(frozen=True, slots=True)
class Proved:
    """No contact is so."""


@dataclass(frozen=True, slots=True)
class Found:
    """A contact that the scorer confirms."""

    contact: Contact


@dataclass(frozen=True, slots=True)
class Unclear:
    """Neither, and why."""

    why: str


Finding: TypeAlias = Proved | Found | Unclear


@dataclass(frozen=True, slots=True)
class Extreme:
    """The most or the least of a sum, in thousandths.

    No contact goes beyond `bound` (None: no end is known); `contact` comes to `value`. They are the same where the
    extreme is known exactly, otherwise `why` says what was in the way.
    """

    bound: int | None
    value: int | None
    contact: Contact | None
    why: str = ""

    @property
    def is_exact(self) -> bool:
        return self.value is not None and self.value == self.bound


Required: TypeAlias = "Callable[[Encoding], Sequence[Flag]]"
"""What is required of a solution, for an encoding that may be made more than once."""
Summed: TypeAlias = "Callable[[Encoding], Linear]"
Clear: TypeAlias = "Callable[[Encoding], Sequence[Goal]]"


class Prover:
    """Searches for one analysis; all of its questions share their work."""

    def __init__(self, analysis: Analysis, search: Search) -> None:
        self._analysis = analysis
        self._search: Search = search
        left, most = EFFORTS[search]
        self.effort = Effort(left, most)
        self._encodings: dict[bool, Encoding | str] = {}
        self._extremes: dict[tuple[str | None, bool], Extreme] = {}

    @property
    def is_deep(self) -> bool:
        return self._search == "long"

    def encoding(self, fine: bool = False) -> Encoding | str:
        """The constraint model, or why there is none."""
        if fine not in self._encodings:
            self._encodings[fine] = self._encode(fine)
        return self._encodings[fine]

    def _encode(self, fine: bool) -> Encoding | str:
        if self._search == "none":
            return Reason.NOT_SEARCHED
        from leadline_compiler.analysis.solve.encoding import encode

        try:
            return encode(self._analysis, fine=fine)
        except NoSolverError:
            return Reason.NO_SOLVER
        except TooManyError:
            return Reason.TOO_MANY

    def _encodings_to_try(self) -> Iterator[Encoding | str]:
        """The coarse one, then the fine one where the coarse one is not exact."""
        coarse = self.encoding()
        yield coarse
        if not isinstance(coarse, str) and not coarse.is_exact:
            yield self.encoding(fine=True)

    def reach(
        self,
        required: Required,
        shows: Callable[[Contact], bool],
        *,
        once: bool = False,
        small: bool = True,
        clear: Clear | None = None,
    ) -> Finding:
        """Whether a contact can be as is required, which `shows` tells of a contact.

        `once`: only whether it is proved that none can. `small`: whether the contact is made as small as can be.
        `clear`: goals whose solutions are the surest to be confirmed, where the constraint model is not exact.
        """
        why = ""
        for encoding in self._encodings_to_try():
            if isinstance(encoding, str):
                return Unclear(why or encoding)
            flags = required(encoding)
            answer = ask(encoding, flags, self.effort)
            if answer.kind == "none":
                return Proved()
            if once:
                continue
            contact = _first(answer, shows) or self.mended(answer, shows)
            if contact is not None and small and len(contact.events) > _FEW_EVENTS:
                contact = shrink(contact, shows)
            if answer.kind == "found" and (contact is None or (small and _FEW_EVENTS < len(contact.events) < _MANY)):
                # The plainest solution is the likeliest to be a contact; where many events are needed it takes long.
                plain = self.plainest(encoding, flags)
                contact = _first(plain, shows) or contact or self.mended(plain, shows)
            if contact is None and clear is not None and not encoding.is_exact:
                contact = self._clearest(encoding, flags, clear(encoding), shows)
            if contact is not None:
                return Found(shrink(contact, shows) if small else contact)
            why = self.why(answer, encoding)
        return Unclear(why)

    def plainest(self, encoding: Encoding, flags: Sequence[Flag]) -> Answer:
        """A solution with few events and facts: that there is none with fewer need not be proved."""
        return ask(encoding, flags, self.effort, Goal(encoding.plainness(), False, is_rough=True))

    def mended(self, answer: Answer, shows: Callable[[Contact], bool]) -> Contact | None:
        """A contact near to a solution that shows it."""
        if answer.solution is None:
            return None
        return mend(self._analysis, answer.solution.drafts(), answer.solution.claims(), shows)

    def _clearest(
        self, encoding: Encoding, flags: Sequence[Flag], goals: Sequence[Goal], shows: Callable[[Contact], bool]
    ) -> Contact | None:
        found = (_first(ask(encoding, flags, self.effort, goal), shows) for goal in goals)
        return next((contact for contact in found if contact is not None), None)

    def extreme(self, summed: Summed, points: Callable[[Outcome], int], up: bool, required: Required) -> Extreme:
        """The most (`up`) or the least of a sum, over the contacts that are as is required."""
        best = Extreme(None, None, None, Reason.SPENT)
        for encoding in self._encodings_to_try():
            if isinstance(encoding, str):
                return best if best.bound is not None else Extreme(None, None, None, encoding)
            goal = Goal(summed(encoding), up)
            flags = [*required(encoding), *_between(encoding, goal, best)]
            answer = ask(encoding, flags, self.effort, goal)
            if answer.kind == "none":
                # Nothing goes beyond the contact that is known, or there is none at all.
                return replace(best, bound=best.value, why="")
            why = self.why(answer, encoding)
            best = self._better(best, answer, points, up, why)
            if answer.is_best and not best.is_exact:
                plain = self.plainest(encoding, [*flags, _reaches(encoding, goal, answer)])
                best = self._better(best, replace(plain, bound=answer.bound), points, up, why)
            if best.is_exact:
                return best
        return best

    def extreme_of(self, score: str | None, up: bool) -> Extreme:
        """The most or the least of a score, or of the total where it is None, over all contacts."""
        ends = self._analysis.ranges.of(score)
        if (ends.high if up else ends.low) is None:
            return Extreme(None, None, None, Reason.NO_END)
        if (score, up) not in self._extremes:
            self._extremes[score, up] = self.extreme(
                lambda encoding: encoding.sides[0].sums.of(score), partial(points_of, score), up, lambda _: ()
            )
        return self._extremes[score, up]

    def _better(self, best: Extreme, answer: Answer, points: Callable[[Outcome], int], up: bool, why: str) -> Extreme:
        sign = 1 if up else -1
        bounds = [bound for bound in (best.bound, answer.bound) if bound is not None]
        bound = min(bounds, key=lambda one: sign * one) if bounds else None
        value, contact = best.value, best.contact
        keeps = self._analysis.shows(())

        def is_best(other: Contact) -> bool:
            nonlocal value, contact
            reached = points(self._analysis.outcome(other))
            if (value is None or (reached - value) * sign > 0) and keeps(other):
                value, contact = reached, other
            return value is not None and value == bound

        if not any(is_best(other) for other in _tried(answer)):
            self.mended(answer, is_best)
        return Extreme(bound, value, contact, "" if value == bound else why)

    def why(self, answer: Answer, encoding: Encoding) -> str:
        """What was in the way where an answer shows nothing, in words."""
        if answer.kind == "unknown" or (answer.value is not None and not answer.is_best):
            return Reason.SPENT_DEEP if self.is_deep else Reason.SPENT
        return Reason.NOT_CONFIRMED if encoding.is_exact and not encoding.large() else why_not_seen(encoding)


def points_of(score: str | None, outcome: Outcome) -> int:
    """The points of a score, or the total, in thousandths."""
    if not score:
        return outcome.total
    return next(one.points for one in outcome.scores if one.score.name == score)


def _between(encoding: Encoding, goal: Goal, best: Extreme) -> Sequence[Flag]:
    """The sum goes beyond what a contact is known to come to, and not beyond what is known to be its bound."""
    sign = 1 if goal.up else -1
    mine, builder = goal.sum.times(sign), encoding.builder
    beyond = [] if best.value is None else [builder.at_least(mine, sign * best.value + 1)]
    return beyond if best.bound is None else [*beyond, negation(builder.at_least(mine, sign * best.bound + 1))]


def _reaches(encoding: Encoding, goal: Goal, answer: Answer) -> Flag:
    """The sum comes to where the answer says."""
    assert answer.value is not None
    sign = 1 if goal.up else -1
    return encoding.builder.at_least(goal.sum.times(sign), sign * answer.value)


def _tried(answer: Answer) -> Iterator[Contact]:
    events = 0
    for contact in islice(answer.solution.contacts(), _MOST_TRIED) if answer.solution is not None else ():
        yield contact
        events += len(contact.events)
        if events > _MOST_EVENTS_TRIED:
            return


def _first(answer: Answer, shows: Callable[[Contact], bool]) -> Contact | None:
    return next((contact for contact in _tried(answer) if shows(contact)), None)
