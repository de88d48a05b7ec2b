"""Questions to a constraint model: a solution, the most or the least of a sum, and the bound that is proved.

Limits are counted in the solver's own measure of work, never in seconds, and it runs on one thread with a fixed seed,
so that every machine comes to the same verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from leadline_compiler.analysis.sets import Key, Texts
from leadline_compiler.analysis.solve.building import Linear, negation
from leadline_compiler.analysis.solve.building import Literal as Flag
from leadline_compiler.analysis.texts import Atoms, find_text
from leadline_compiler.contacts import Contact

if TYPE_CHECKING:
    # Most models are decided without a question, and need not load what makes one.
    from leadline_compiler.analysis.solve.encoding import Encoding
    from leadline_compiler.analysis.solve.facts import Questions
    from leadline_compiler.analysis.solve.reading import Solution

EFFORT = 2.0
"""Work for one question, in the solver's measure; about seconds on a machine of today."""
_MOST_LESSONS = 200
"""Times that a question is asked again since a text was impossible."""


@dataclass(slots=True)
class Effort:
    """What is left of the work for one model, and the most for one question."""

    left: float = 12.0
    most: float = EFFORT

    def take(self, share: float) -> float:
        """The work for an attempt that gets such a share of a question's."""
        return min(self.left, share * self.most)

    def pay(self, work: float) -> None:
        self.left -= work


@dataclass(frozen=True, slots=True)
class Answer:
    """`none`: no contact is so, which is proved. `found`: `solution` holds what the solver found. `unknown`: neither.

    Of a question for the most or the least, `bound` is what no contact exceeds (None: nothing is known), and `value`
    what the solution comes to; `is_best` tells whether no solution comes to more.
    """

    kind: Literal["none", "found", "unknown"]
    solution: Solution | None = None
    value: int | None = None
    bound: int | None = None

    @property
    def is_best(self) -> bool:
        return self.value is not None and self.value == self.bound


@dataclass(frozen=True, slots=True)
class Goal:
    """The sum of which the most (`up`) or the least is asked for; `is_rough`: what is near to it is enough."""

    sum: Linear
    up: bool
    is_rough: bool = False


def ask(encoding: Encoding, required: Sequence[Flag], effort: Effort, goal: Goal | None = None) -> Answer:
    """A solution in which all that is required holds, the best by a goal if there is one.

    One whose fields are small enough to be reckoned with, where there is one as good.
    """
    large = encoding.large()
    if not large:
        return _ask(encoding, required, effort, goal)
    small = _ask(encoding, [*required, *map(negation, large)], effort, goal)
    if small.kind == "found" and goal is None:
        return small
    whole = _ask(encoding, required, effort, goal)
    if small.kind == "found" and (whole.kind == "unknown" or small.value == whole.bound):
        return replace(small, bound=whole.bound)
    return whole


def _ask(encoding: Encoding, required: Sequence[Flag], effort: Effort, goal: Goal | None) -> Answer:
    if any(flag is False for flag in required):
        return Answer("none")
    for _ in range(_MOST_LESSONS):
        answer = _ask_once(encoding, required, effort, goal)
        if answer.solution is None or not _learn(encoding, answer.solution):
            return answer
    return Answer("unknown", bound=answer.bound)


def _ask_once(encoding: Encoding, required: Sequence[Flag], effort: Effort, goal: Goal | None) -> Answer:
    builder = encoding.builder
    model = builder.model.clone()
    model.add_bool_and([flag for flag in required if flag is not True])
    if goal is not None:
        expression = builder.expression(goal.sum)
        (model.maximize if goal.up else model.minimize)(expression)
    best = Answer("unknown", bound=_end(goal))
    for manner in _MANNERS:
        work = effort.take(manner.share)
        if work <= 0:
            break
        answer = _try(encoding, model, make_solver(builder.solver, work, manner), effort, goal)
        best = answer if goal is None else _better(best, answer, goal)
        if answer.kind == "none" or (answer.kind == "found" and (goal is None or goal.is_rough or answer.is_best)):
            return answer
    return best


def _try(encoding: Encoding, model: Any, solver: Any, effort: Effort, goal: Goal | None) -> Answer:
    module = encoding.builder.solver
    status = solver.solve(model)
    effort.pay(solver.deterministic_time + 0.001)
    if status == module.INFEASIBLE:
        return Answer("none")
    if status not in (module.OPTIMAL, module.FEASIBLE):
        return Answer("unknown", bound=_end(goal))
    from leadline_compiler.analysis.solve.reading import Solution

    solution = Solution(encoding, solver)
    if goal is None:
        return Answer("found", solution)
    value = solution.value(goal.sum)
    return Answer("found", solution, value, value if status == module.OPTIMAL else _whole(solver.best_objective_bound))


def _better(one: Answer, other: Answer, goal: Goal) -> Answer:
    """Of two answers to a question for the most or the least the one that comes to more, with what both know."""
    assert one.bound is not None
    best = max if goal.up else min
    if other.bound is None:
        return other
    bound = (min if goal.up else max)(one.bound, other.bound)
    if one.value is None or (other.value is not None and best(one.value, other.value) == other.value):
        one = other
    return replace(one, bound=bound)


def _end(goal: Goal | None) -> int | None:
    return None if goal is None else goal.sum.high if goal.up else goal.sum.low


def _whole(bound: float) -> int:
    return round(bound)


@dataclass(frozen=True, slots=True)
class _Manner:
    """A way of searching: the share of a question's work that it gets, and parameters of the solver."""

    share: float
    branching: str
    is_bound_first: bool


_MANNERS = (_Manner(0.5, "AUTOMATIC_SEARCH", True), _Manner(1.5, "PORTFOLIO_SEARCH", False))
"""One after the other until there is an answer: the first proves soonest, the second, with several ways of branching in
turn, finds a solution where the first goes up large numbers step by step."""


def make_solver(module: Any, work: float, manner: _Manner) -> Any:
    """A solver that comes to the same answer each time."""
    solver = module.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.random_seed = 1
    parameters.search_branching = getattr(module, manner.branching)
    parameters.use_objective_lb_search = manner.is_bound_first
    parameters.max_deterministic_time = work
    # The whole relaxation instead of prepared constraints: it proves as much, mostly sooner, and of the preparation a
    # step at times declares a model impossible that has a solution (OR-tools 9.15). Cuts cost more than they help.
    parameters.cp_model_presolve = False
    parameters.linearization_level = 2
    parameters.cut_level = 0
    return solver


# ---- texts


def _learn(encoding: Encoding, solution: Solution) -> bool:
    """Whether a text that the solution wants is impossible; then no further solution will want it."""
    from leadline_compiler.analysis.solve.facts import Questions, answers_of

    learned = False
    for key, fact in encoding.facts.items():
        if isinstance(fact, Questions):
            wanted = answers_of(fact, solution.holds)
            if wanted.yes and find_text(wanted.yes, wanted.no) is None:
                _forbid(encoding, key, fact, wanted)
                learned = True
    return learned


def _forbid(encoding: Encoding, key: Key, fact: Questions, wanted: Texts) -> None:
    yes, no = _smallest_clash(wanted.yes, wanted.no)
    literal = {**fact.atoms, **fact.values}
    encoding.builder.model.add_bool_or(
        [*(literal[atom].negated() for atom in sorted(yes, key=str)), *(literal[atom] for atom in sorted(no, key=str))]
    )


def _smallest_clash(yes: Atoms, no: Atoms) -> tuple[Atoms, Atoms]:
    """Answers that no text gives, of which none can be left out."""
    for atom in sorted(no, key=str):
        if find_text(yes, no - {atom}) is None:
            no = no - {atom}
    for atom in sorted(yes, key=str):
        if len(yes) > 1 and find_text(yes - {atom}, no) is None:
            yes = yes - {atom}
    return yes, no


# ---- contacts


def confirmed(answer: Answer, shows: Callable[[Contact], bool]) -> Contact | None:
    """The first contact of a solution that shows it."""
    if answer.solution is None:
        return None
    contacts: Iterator[Contact] = answer.solution.contacts()
    return next((contact for contact in contacts if shows(contact)), None)
