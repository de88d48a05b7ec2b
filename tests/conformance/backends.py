"""The backends, each as a function that says where it differs from the interpreter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from conformance.agreement import differences
from conformance.batch_files import by_batch, differences_of_files
from conformance.data_files import FORMS, write_files
from conformance.drawn_cases import DRAWN, Case
from conformance.javascript import node, score_all
from conformance.sql_rows import differences_of_rows
from leadline.readers.typed import build_contact_scorer
from leadline.scorer import Scorer
from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.emit.javascript import emit_javascript
from leadline_compiler.emit.python import emit_python
from leadline_compiler.emit.sql import emit_sql
from leadline_compiler.passes import optimise
from leadline_compiler.plan import Plan
from sql_engines import tables_of
from sql_engines.engines import ENGINES, require

Backend = Callable[[Sequence[Case], Path], Iterator[str]]
Result = Mapping[str, Any]


ASKED: Counter[str] = Counter()
"""How many random models this process asked a dialect for."""
REFUSED: defaultdict[str, list[str]] = defaultdict(list)
"""Those of them that it refused, and why."""
ENOUGH = 50
"""Of fewer models, some more may be refused than of all."""


def module_of(plan: Plan) -> dict[str, Any]:
    """The names that the emitted Python module defines."""
    (_, text), *others = emit_python(plan).files
    assert not others
    module: dict[str, Any] = {"__name__": "emitted"}
    exec(compile(text, "emitted.py", "exec"), module)
    return module


def python_module(cases: Sequence[Case], folder: Path) -> Iterator[str]:
    for case in cases:
        score = module_of(case.plan)["score"]
        yield from differences(_name(case), case, (score(contact, case.as_of) for contact in case.contacts))


def es_module(cases: Sequence[Case], folder: Path) -> Iterator[str]:
    """One process of Node for all cases."""
    node()
    modules = [(emit_javascript(case.plan).files[0][1], case.contacts, case.as_of) for case in cases]
    for case, results in zip(cases, score_all(modules, folder), strict=True):
        yield from differences(_name(case), case, results)


def contact_engine(cases: Sequence[Case], folder: Path) -> Iterator[str]:
    """What `leadline score` runs for each contact."""
    for case in cases:
        score, as_of = build_contact_scorer(case.plan), case.instant
        yield from differences(_name(case), case, (score(person, as_of).to_dict() for person in case.people))


def prepared_scorer(cases: Sequence[Case], folder: Path) -> Iterator[str]:
    for case in cases:
        score = Scorer(case.plan).score
        results = (score(contact, case.as_of).to_dict() for contact in case.contacts)
        yield from differences(_name(case), case, results)


def batch_engine(cases: Sequence[Case], folder: Path) -> Iterator[str]:
    """Each case in one form of files by turns, beside what the contact engine makes of them.

    Contacts with their events in them must also get the results of the interpreter.
    """
    for case in cases:
        form, turn = FORMS[case.seed % len(FORMS)], case.seed // len(FORMS)
        drawn = case.only(slice(DRAWN))
        files = write_files(drawn, form, folder)
        yield from differences_of_files(f"{_name(case)}, {form}", drawn, files, tells_rules=turn % 2 == 0)
        if form == FORMS[0]:
            told = by_batch(drawn, files)
            yield from differences(_name(case), drawn, [] if isinstance(told, str) else told[0])
            odd = case.only(slice(DRAWN, None))
            yield from differences_of_files(f"{_name(case)}, odd shapes", odd, write_files(odd, form, folder))


def sql(dialect: str, cases: Sequence[Case], folder: Path) -> Iterator[str]:
    """Models are compiled in one of the two forms of a query by turns, and with or without the passes."""
    require(dialect)
    engine, refused = ENGINES[dialect], REFUSED[dialect]
    ASKED[dialect] += len(cases)
    for case in cases:
        plan = optimise(case.plan) if case.seed % 2 else case.plan
        emitted = emit_sql(plan, dialect, as_of=case.instant, sparse=case.seed // 2 % 2 == 1)
        if isinstance(emitted, Emitted):
            drawn = case.only(slice(DRAWN))
            rows = engine.run(emitted.files[0][1], tables_of(case.plan.schema, drawn.people))
            yield from differences_of_rows(_name(case), drawn.results, rows)
        else:
            refused.append(f"{_name(case)}: {emitted[0].reason}")
    if len(refused) > engine.most_refused * max(ASKED[dialect], ENOUGH):
        yield from refused


BACKENDS: dict[str, Backend] = {
    "contact engine": contact_engine,
    "prepared scorer": prepared_scorer,
    "python module": python_module,
    "es module": es_module,
    "batch engine": batch_engine,
    **{f"sql {name}": partial(sql, name) for name in ENGINES},
}


def _name(case: Case) -> str:
    return f"seed {case.seed}"
