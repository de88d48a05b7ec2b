"""One DuckDB query for all rules, as a person would write it: a FILTER for each count, a CASE for each rule."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))

from queries.plain import DAY, exit_of, points_of
from workload.contacts import AS_OF
from workload.rules_text import ZONE
from workload.schema import EVENT_NUMBERS, EVENTS, TEXTS
from workload.specs import Spec, Where, draw_specs


class SqlWords:
    """Says rules in SQL; the aggregates that they ask for are in `aggregates`, each once."""

    def __init__(self) -> None:
        self.aggregates: dict[str, str] = {}

    def field(self, name: str) -> str:
        return name

    def domain(self) -> str:
        return "domain"

    def equals(self, value: str, wanted: str) -> str:
        return f"{value} = {_text(wanted)}"

    def differs(self, value: str, unwanted: str) -> str:
        return f"{value} IS DISTINCT FROM {_text(unwanted)}"

    def is_in(self, value: str, wanted: Sequence[str]) -> str:
        return f"{value} IN ({', '.join(map(_text, wanted))})"

    def between(self, value: str, low: int, high: int | None) -> str:
        return f"{value} >= {low}" if high is None else f"{value} BETWEEN {low} AND {high}"

    def contains(self, value: str, part: str) -> str:
        return f"contains({value}, {_text(part)})"

    def is_missing(self, value: str) -> str:
        return f"{value} IS NULL"

    def both(self, conditions: Sequence[str]) -> str:
        return " AND ".join(conditions)

    def cases(self, rows: Sequence[tuple[str, int]]) -> str:
        return f"CASE {' '.join(f'WHEN {test} THEN {points}' for test, points in rows)} ELSE 0 END"

    def scaled(self, value: str, most: int | None, points: int) -> str:
        return f"{points} * {value}" if most is None else f"{points} * least({value}, {most})"

    def bounded(self, value: str, cap: int) -> str:
        return f"least({cap}, greatest({-cap}, {value}))"

    def count(self, where: Where) -> str:
        return f"coalesce({self._aggregate('count(*)', _is_meant(where))}, 0)"

    def count_any(self, events: Sequence[str], days: int) -> str:
        test = f"event IN ({', '.join(map(_text, events))}) AND age < {days * DAY}"
        return f"coalesce({self._aggregate('count(*)', test)}, 0)"

    def days_since(self, where: Where) -> str:
        return f"{self._aggregate('min(age)', _is_meant(where))} // {DAY}"

    def worth(self, where: Where, points: int, every: int) -> str:
        left = f"sum(round({points} * pow(0.5, age // {every * DAY}))::BIGINT)"
        return f"coalesce({self._aggregate(left, _is_meant(where))}, 0)"

    def count_by(self, where: Where, key: str, times: int) -> str:
        key = key if key == "day" else f"coalesce({key}, '')"
        if times == 1:
            return f"coalesce({self._aggregate(f'count(DISTINCT {key})', _is_meant(where))}, 0)"
        counts = self._aggregate(f"histogram({key})", _is_meant(where))
        return f"coalesce(list_sum(list_transform(map_values({counts}), lambda n: least(n, {times}))), 0)"

    def _aggregate(self, what: str, test: str) -> str:
        return self.aggregates.setdefault(f"{what} FILTER (WHERE {test})", f"found_{len(self.aggregates)}")


def write_query(specs: list[Spec], contacts: Path, events: Path) -> str:
    """The query: status, total, scores, grade and stage of each contact."""
    words = SqlWords()
    groups: dict[int, list[str]] = {}
    for spec in specs:
        if spec.kind != "disqualify":
            groups.setdefault(spec.group, []).append(points_of(spec, words))
    exits = [exit_of(spec, words) for spec in specs if spec.kind == "disqualify"]
    half = (len(groups) + 1) // 2
    fit, engagement = (
        f"greatest(0, least(400000, {' + '.join(_capped(group, rules) for group, rules in share) or '0'}))"
        for share in (list(groups.items())[:half], list(groups.items())[half:])
    )
    found = ", ".join(f"{aggregate} AS {name}" for aggregate, name in words.aggregates.items())
    texts = ", ".join(f"lower({name}) AS {name}" for name in TEXTS)
    properties = ", ".join(
        f"lower({name}) AS {name}"
        for name in dict.fromkeys(name for names in EVENTS.values() for name in names)
        if name not in EVENT_NUMBERS
    )
    instant = int(AS_OF.timestamp()) * 10**6
    return f"""
WITH people AS (
  SELECT * REPLACE ({texts}), string_split(lower(email), '@')[-1] AS domain FROM read_parquet('{contacts}')
), happenings AS (
  SELECT * REPLACE ({properties}), {instant} - epoch_us("at") AS age, ("at" AT TIME ZONE '{ZONE}')::DATE AS day
  FROM read_parquet('{events}') WHERE epoch_us("at") <= {instant}
), counted AS (
  SELECT contact{", " if found else ""}{found} FROM happenings GROUP BY contact
), scored AS (
  SELECT record_id, {fit} AS fit, {engagement} AS engagement, coalesce({" OR ".join(exits) or "false"}, false) AS is_out
  FROM people LEFT JOIN counted ON contact = record_id
), graded AS (
  SELECT *, fit + engagement AS total,
    CASE WHEN fit >= 80000 THEN 'A' WHEN fit >= 30000 THEN 'B' ELSE 'C' END AS grade
  FROM scored
)
SELECT record_id AS id, is_out, total, fit, engagement, grade,
  CASE WHEN is_out THEN NULL WHEN total >= 150000 AND grade IN ('A', 'B') THEN 'SQL'
    WHEN total >= 60000 THEN 'MQL' END AS stage
FROM graded
"""


def _is_meant(where: Where) -> str:
    tests = [f"event = {_text(where.event)}", f"age < {where.days * DAY}"]
    match where.test:
        case "is":
            tests.append(f"{where.name} = {_text(where.value)}")
        case "starts":
            tests.append(f"starts_with({where.name}, {_text(where.value)})")
        case "least":
            tests.append(f"{where.name} >= {where.value}")
    return " AND ".join(tests)


def _capped(group: int, rules: list[str]) -> str:
    return f"least({100_000 + 20_000 * group}, {' + '.join(rules)})"


def _text(value: str) -> str:
    return "'" + value.lower().replace("'", "''") + "'"


def main() -> None:
    folder, rules, output = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    query = write_query(draw_specs(rules), folder / "contacts.parquet", folder / "events.parquet")
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute("SET max_expression_depth = 10000")
    connection.execute(f"COPY ({query}) TO '{output}' (FORMAT parquet)")


if __name__ == "__main__":
    main()
