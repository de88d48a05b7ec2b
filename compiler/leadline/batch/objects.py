"""Results of a block as objects, in the shape that all backends share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from leadline.batch.scoring import Block
from leadline_compiler.batch.columns import Codes, Whole
from leadline_compiler.batch.results import STATUS, Fired
from leadline_compiler.execute.scored import Fired as FiredRule
from leadline_compiler.execute.scored import Scored, result_of_plan
from leadline_compiler.plan import Plan


def result_objects(plan: Plan, block: Block, as_of: int) -> Iterator[dict[str, Any]]:
    """The result object of each contact of a block."""
    results = block.results
    scores = _side_by_side(results.scores, results.count)
    grades = _side_by_side(results.grades, results.count)
    fired = _by_contact(results.fired, results.count)
    stages = [*(stage.name for stage in plan.stages), None]
    rows = zip(
        block.ids.to_pylist(),
        results.status.tolist(),
        results.reasons.tolist(),
        results.known.tolist(),
        results.total.tolist(),
        scores,
        grades,
        results.stages.tolist(),
        fired,
        strict=True,
    )
    for id_, status, reasons, known, total, points, codes, stage, rules in rows:
        letters = zip(results.letters, codes, strict=True)
        scored = Scored(
            id_,
            as_of,
            STATUS[status],
            results.all_reasons[reasons],
            known,
            total,
            points,
            tuple(named[code] for named, code in letters),
            stages[stage],
            rules,
        )
        yield result_of_plan(plan, scored)


def _side_by_side(columns: Sequence[Whole | Codes], count: int) -> Iterator[tuple[int, ...]]:
    """The values of columns contact by contact; nothing for each where there is no column."""
    return zip(*(column.tolist() for column in columns), strict=True) if columns else iter([()] * count)


def _by_contact(fired: Fired | None, count: int) -> Iterator[tuple[FiredRule, ...]]:
    """The rules that fired, contact by contact."""
    if fired is None:
        yield from ((),) * count
        return
    ends = np.cumsum(np.bincount(fired.whose, minlength=count)).tolist()
    rules = list(map(FiredRule, fired.rules.tolist(), fired.points.tolist(), fired.times.tolist()))
    start = 0
    for end in ends:
        yield tuple(rules[start:end])
        start = end
