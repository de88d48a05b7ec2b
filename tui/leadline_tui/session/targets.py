"""What rules can be compiled to, and what may be asked for besides."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadline.compiling import Query
    from leadline.rules import Model

_TABLES = ("contacts_table", "events_table", "event_id")


@dataclass(frozen=True, slots=True)
class Target:
    """Something to compile to. `title` is said of it, with the engine's name in braces where one is to be chosen;
    `end` is what the output's name ends in. `details` are what may be asked for besides."""

    name: str
    title: str
    end: str
    details: tuple[str, ...] = ()
    by_rule: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether the output is a folder of files."""
        return self.name == "dbt"

    @property
    def has_engine(self) -> bool:
        """Whether an engine is to be chosen."""
        return "{}" in self.title


_TARGETS = (
    Target("json", "JSON: the plan, which leadline itself runs too", ".plan.json"),
    Target("python", "Python: a module that needs nothing else", ".py"),
    Target("javascript", "JavaScript: an ES module with its types", ".mjs"),
    Target("sql", "SQL for {}: a row for each contact", ".sql", (*_TABLES, "as_of")),
    Target("sql", "SQL for {}: a row for each contact and rule", ".rules.sql", (*_TABLES, "as_of"), by_rule=True),
    Target("dbt", "dbt project for {}, with tests: a folder", "_dbt", _TABLES),
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built, and where to. `details` are what was typed besides, by name; an empty one is the usual."""

    target: Target
    engine: str
    output: str
    details: Mapping[str, str]


class OrderError(Exception):
    """An order that cannot be carried out. `message` is one clause."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def list_targets() -> tuple[Target, ...]:
    """Everything that rules can be compiled to here."""
    return tuple(target for target in _TARGETS if not target.has_engine or list_engines())


def list_engines() -> tuple[str, ...]:
    """The engines of SQL and dbt; none where the extra for them is not installed."""
    from leadline.compiling import list_dialects

    return list_dialects()


def propose_output(rules: str, target: Target) -> str:
    """Where a target goes, unless somebody says otherwise: beside the rules, under their name."""
    path = Path(rules)
    return str(path.with_name(path.stem + target.end))


def refuse_place(rules: str, order: Order) -> None:
    """Raises OrderError where the output would stand in something's place."""
    output, is_folder = order.output, order.target.is_folder
    if os.path.realpath(output) == os.path.realpath(rules):
        raise OrderError("that is the rules file itself")
    if os.path.isdir(output) and not is_folder:
        raise OrderError(f"{output} is a folder")
    if os.path.isfile(output) and is_folder:
        raise OrderError(f"{output} is a file: a dbt project is a folder")
    if is_folder and not os.path.isdir(os.path.dirname(os.path.abspath(output))):
        raise OrderError(f"{os.path.dirname(output)}: this folder does not exist")


def query_of(order: Order, model: Model | None) -> Query:
    """What SQL and dbt ask for. Raises OrderError for an instant that is none."""
    from leadline.compiling import Query
    from leadline.times import parse_instant

    if not order.target.has_engine:
        return Query()
    known = {name: text for name in order.target.details if (text := order.details.get(name, ""))}
    when = known.pop("as_of", "")
    is_column = bool(when) and not when[0].isdecimal()
    instant = None if is_column or not when or model is None else parse_instant(when, model.zone)
    if when and not is_column and model is not None and instant is None:
        raise OrderError(f"`{when}` is no date: write it as 2026-11-21 or 2026-11-21T09:00, or name a column")
    return Query(
        dialect=order.engine,
        as_of=instant,
        as_of_column=when if is_column else None,
        explain=order.target.by_rule,
        **known,
    )


def command_line(rules: str, order: Order, has_expectations: bool) -> str:
    """The command that does the same, as it may stand in a script."""
    from leadline.compiling import write_command, write_test_command

    query, when = query_of(order, None), order.details.get("as_of", "")
    as_of = when if "as_of" in order.target.details and when and query.as_of_column is None else None
    written = write_command(rules, order.target.name, order.output, query, as_of)
    return f"{write_test_command(rules)} && {written}" if has_expectations else written
