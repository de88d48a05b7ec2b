"""What a change of the rules does to all contacts at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leadline_tui.session.scoring import Scored

if TYPE_CHECKING:
    from leadline.reports.standings import Spread

NO_STAGE = "no stage"


@dataclass(frozen=True, slots=True)
class Count:
    """How many contacts are in a stage, or out; `before` is None where the saved rules could not be scored."""

    name: str
    before: int | None
    now: int


@dataclass(frozen=True, slots=True)
class Move:
    """A contact that has another stage, or another status, than by the saved rules; empty is no stage."""

    contact: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Effect:
    """Counts from the highest stage down, then of those in none and those that are out; and who moves."""

    contacts: int
    counts: tuple[Count, ...]
    moves: tuple[Move, ...]


def work_out_effect(scored: Scored, before: Scored | None) -> Effect:
    """Compares the scores of the moment with those of the saved rules."""
    now = scored.stage_counts()
    then = before.stage_counts() if before is not None else None
    stages = dict.fromkeys([*reversed(scored.stages), *(reversed(before.stages) if before is not None else ())])
    out = [status for status in ("disqualified", "excluded") if now[status] or (then is not None and then[status])]
    names = [*((stage, stage) for stage in stages), ("", NO_STAGE), *((status, status) for status in out)]
    counts = tuple(Count(shown, None if then is None else then[name], now[name]) for name, shown in names)
    return Effect(len(scored.standings), counts, _moves(scored, before))


def _moves(scored: Scored, before: Scored | None) -> tuple[Move, ...]:
    if before is None or len(before.standings) != len(scored.standings):
        return ()
    pairs = zip(before.standings, scored.standings, strict=True)
    return tuple(
        Move(new.id, old.stand, new.stand) for old, new in pairs if old.id == new.id and old.stand != new.stand
    )


def work_out_spread(scored: Scored, before: Scored | None) -> Spread | None:
    """How the totals spread by the saved rules and by those of the moment; None where there is no contact."""
    from leadline.reports.standings import spread_totals

    now = [standing.total for standing in scored.standings]
    if before is None or len(before.standings) != len(now):
        return spread_totals([(total, total) for total in now])
    return spread_totals(list(zip((standing.total for standing in before.standings), now, strict=True)))
