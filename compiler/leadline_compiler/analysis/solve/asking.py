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

    def take(self) -> float:
        return min(self.left, self.most)

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
    """The sum of which the most (`up`) or the least is asked for."""

    sum: Linear
    up: bool


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
    solver_module = builder.solver
    if effort.take() <= 0:
        return Answer("unknown", bound=_end(goal))
    model = builder.model.clone()
    model.add_bool_and([flag for flag in required if flag is not True])
    if goal is not None:
        expression = builder.expression(goal.sum)
        (model.maximize if goal.up else model.minimize)(expression)
    solver = make_solver(solver_module, effort.take())
    status = solver.solve(model)
    effort.pay(solver.deterministic_time + 0.001)
    if status == solver_module.INFEASIBLE:
        return Answer("none")
    bound = _end(goal)
    if goal is not None and status in (solver_module.OPTIMAL, solver_module.FEASIBLE):
        bound = _whole(solver.best_objective_bound)
    if status not in (solver_module.OPTIMAL, solver_module.FEASIBLE):
        return Answer("unknown", bound=bound)
    from leadline_compiler.analysis.solve.reading import Solution

    solution = Solution(encoding, solver)
    value = None if goal is None else solution.value(goal.sum)
    return Answer("found", solution, value, value if status == solver_module.OPTIMAL else bound)


def _end(goal: Goal | None) -> int | None:
    return None if goal is None else goal.sum.high if goal.up else goal.sum.low


def _whole(bound: float) -> int:
    return round(bound)


def make_solver(module: Any, work: float) -> Any:
    """A solver that comes to the same answer each time."""
    solver = module.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.random_seed = 1
    parameters.linearization_level = 2
    # These models are small, and there are many questions: to prepare one for long takes longer than to answer it.
    parameters.max_presolve_iterations = 1
    parameters.cp_model_probing_level = 0
    parameters.symmetry_level = 0
    parameters.max_deterministic_time = work
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
