"""What would bring a contact into a stage, asked by the facade and by the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leadline.collecting import without_collecting
from leadline_compiler.contacts import Contact
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.resolve.scope import closest
from leadline_compiler.zones import EARLIEST

if TYPE_CHECKING:
    from leadline_compiler.analysis.solve.prover import Search
    from leadline_compiler.ways import Ways

NOBODY = "somebody"
"""The id of the contact of which nothing is known."""


class ReachError(ValueError):
    """A question about a stage or a field that the model does not have; `about` is what was asked for wrongly."""

    def __init__(self, about: str, message: str) -> None:
        super().__init__(message)
        self.about = about


@dataclass(frozen=True, slots=True)
class Question:
    """`hold` and `change` are names of fields; `since` is the first moment of new events; `most` ways are wanted;
    `or_later`: a later stage does too."""

    stage: str
    hold: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    since: int = EARLIEST
    most: int = 3
    search: Search = "short"
    or_later: bool = False


def find_reach(model: Model, question: Question, contact: Contact | None, as_of: int) -> Ways:
    """The cheapest ways into a stage, for a contact or for somebody of whom nothing is known.

    Raises ReachError for a stage or a field that the model does not have.
    """
    from leadline_compiler.analysis import analyse
    from leadline_compiler.ways import Start, Ways, find_ways

    stages = [stage.name for stage in model.stages]
    fields = [field.name for field in model.schema.fields]
    require_known("STAGE", "stage", (question.stage,), stages)
    require_known("--hold", "field", question.hold, fields)
    require_known("--change", "field", question.change, fields)
    identifier = {model.schema.identifier} - set(question.change)
    held, change = frozenset(question.hold) | identifier, frozenset(question.change)
    start = Start(contact or Contact(NOBODY, {}, ()), held, change, question.since)
    if contact is not None:
        before = interpret(model, contact, as_of)
        if before.stage is not None and stages.index(before.stage) > stages.index(question.stage):
            return Ways(question.stage, start, before, "beyond")
    with without_collecting():
        analysis = analyse(model, as_of, question.search, exactly=True)
        return find_ways(analysis, question.stage, start, question.most, or_later=question.or_later)


def require_known(about: str, what: str, names: Iterable[str], known: list[str]) -> None:
    """Raises ReachError for the first name that is not known, with the nearest that is."""
    for name in names:
        if name in known:
            continue
        close = closest(name, known)
        listed = f"; there is {', '.join(known[:8])}{' and more' if len(known) > 8 else ''}" if known else ""
        hint = f"; did you mean {close}?" if close else listed
        raise ReachError(about, f"the rules have no {what} {name}{hint}")
