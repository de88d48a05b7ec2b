"""One lazy Polars plan for all rules, as a person would write it: a filtered sum a count, a when-then a rule."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

from queries.plain import DAY, exit_of, points_of
from workload.contacts import AS_OF
from workload.rules_text import ZONE
from workload.schema import EVENT_NUMBERS, EVENTS, TEXTS
from workload.specs import Spec, Where, draw_specs


class PolarsWords:
    """Says rules as expressions; the aggregates that they ask for are in `aggregates`, each once."""

    def __init__(self) -> None:
        self.aggregates: dict[Any, pl.Expr] = {}

    def field(self, name: str) -> pl.Expr:
        return pl.col(name)

    def domain(self) -> pl.Expr:
        return pl.col("domain")

    def equals(self, value: pl.Expr, wanted: str) -> pl.Expr:
        return value == wanted.lower()

    def differs(self, value: pl.Expr, unwanted: str) -> pl.Expr:
        return value.ne_missing(pl.lit(unwanted.lower()))

    def is_in(self, value: pl.Expr, wanted: Sequence[str]) -> pl.Expr:
        return value.is_in([text.lower() for text in wanted])

    def between(self, value: pl.Expr, low: int, high: int | None) -> pl.Expr:
        return value >= low if high is None else value.is_between(low, high)

    def contains(self, value: pl.Expr, part: str) -> pl.Expr:
        return value.str.contains(part.lower(), literal=True)

    def is_missing(self, value: pl.Expr) -> pl.Expr:
        return value.is_null()

    def both(self, conditions: Sequence[pl.Expr]) -> pl.Expr:
        return pl.all_horizontal(conditions)

    def cases(self, rows: Sequence[tuple[pl.Expr, int]]) -> pl.Expr:
        chain: Any = pl
        for test, points in rows:
            chain = chain.when(test).then(points)
        found: pl.Expr = chain.otherwise(0)
        return found

    def scaled(self, value: pl.Expr, most: int | None, points: int) -> pl.Expr:
        return (value if most is None else value.clip(upper_bound=most)) * points

    def bounded(self, value: pl.Expr, cap: int) -> pl.Expr:
        return value.clip(-cap, cap)

    def count(self, where: Where) -> pl.Expr:
        return self._aggregate(("count", _key(where)), _is_meant(where).sum().cast(pl.Int64)).fill_null(0)

    def count_any(self, events: Sequence[str], days: int) -> pl.Expr:
        test = pl.col("event").is_in(list(events)) & (pl.col("age") < days * DAY)
        return self._aggregate(("any", tuple(events), days), test.sum().cast(pl.Int64)).fill_null(0)

    def days_since(self, where: Where) -> pl.Expr:
        return self._aggregate(("last", _key(where)), pl.col("age").filter(_is_meant(where)).min()) // DAY

    def worth(self, where: Where, points: int, every: int) -> pl.Expr:
        left = points * pl.lit(0.5).pow(pl.col("age").filter(_is_meant(where)) // (every * DAY))
        worth = left.round(mode="half_away_from_zero").cast(pl.Int64).sum()
        return self._aggregate(("worth", _key(where), points, every), worth).fill_null(0)

    def count_by(self, where: Where, key: str, times: int) -> pl.Expr:
        keys = pl.col(key).filter(_is_meant(where))
        counted = keys.n_unique() if times == 1 else keys.unique_counts().clip(upper_bound=times).sum()
        return self._aggregate(("by", _key(where), key, times), counted.cast(pl.Int64)).fill_null(0)

    def _aggregate(self, key: Any, expression: pl.Expr) -> pl.Expr:
        name = f"found_{list(self.aggregates).index(key) if key in self.aggregates else len(self.aggregates)}"
        self.aggregates.setdefault(key, expression.alias(name))
        return pl.col(name)


def write_query(specs: list[Spec], contacts: Path, events: Path) -> pl.LazyFrame:
    """The plan: status, total, scores, grade and stage of each contact."""
    words = PolarsWords()
    groups: dict[int, list[pl.Expr]] = {}
    for spec in specs:
        if spec.kind != "disqualify":
            groups.setdefault(spec.group, []).append(points_of(spec, words))
    exits = [exit_of(spec, words) for spec in specs if spec.kind == "disqualify"]
    half = (len(groups) + 1) // 2
    shares = [list(groups.items())[:half], list(groups.items())[half:]]
    fit, engagement = (
        (pl.sum_horizontal([_capped(*item) for item in share]) if share else pl.lit(0)).clip(0, 400_000)
        for share in shares
    )
    is_out = pl.any_horizontal(exits).fill_null(False) if exits else pl.lit(False)
    grade = pl.when(pl.col("fit") >= 80_000).then(pl.lit("A")).when(pl.col("fit") >= 30_000).then(pl.lit("B"))
    stage = (
        pl.when("is_out")
        .then(None)
        .when((pl.col("total") >= 150_000) & pl.col("grade").is_in(["A", "B"]))
        .then(pl.lit("SQL"))
        .when(pl.col("total") >= 60_000)
        .then(pl.lit("MQL"))
    )
    counted = _happenings(events).group_by("contact").agg(*words.aggregates.values())
    return (
        _people(contacts)
        .join(counted, left_on="record_id", right_on="contact", how="left")
        .select(id="record_id", fit=fit, engagement=engagement, is_out=is_out)
        .with_columns(total=pl.col("fit") + pl.col("engagement"), grade=grade.otherwise(pl.lit("C")))
        .with_columns(stage=stage)
    )


def _people(path: Path) -> pl.LazyFrame:
    texts = [pl.col(name).str.to_lowercase() for name in TEXTS]
    return pl.scan_parquet(path).with_columns(texts).with_columns(domain=pl.col("email").str.split("@").list.last())


def _happenings(path: Path) -> pl.LazyFrame:
    properties = dict.fromkeys(name for names in EVENTS.values() for name in names if name not in EVENT_NUMBERS)
    instant = int(AS_OF.timestamp()) * 10**6
    return (
        pl.scan_parquet(path)
        .with_columns(
            *(pl.col(name).str.to_lowercase() for name in properties),
            age=instant - pl.col("at").dt.epoch("us"),
            day=pl.col("at").dt.convert_time_zone(ZONE).dt.date(),
        )
        .filter(pl.col("age") >= 0)
    )


def _is_meant(where: Where) -> pl.Expr:
    test = (pl.col("event") == where.event) & (pl.col("age") < where.days * DAY)
    match where.test:
        case "is":
            test &= pl.col(where.name) == where.value.lower()
        case "starts":
            test &= pl.col(where.name).str.starts_with(where.value.lower())
        case "least":
            test &= pl.col(where.name) >= where.value
    return test


def _key(where: Where) -> tuple[Any, ...]:
    return where.event, where.test, where.name, where.value, where.days


def _capped(group: int, rules: list[pl.Expr]) -> pl.Expr:
    return pl.sum_horizontal(rules).clip(upper_bound=100_000 + 20_000 * group)


def main() -> None:
    folder, rules, output = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    query = write_query(draw_specs(rules), folder / "contacts.parquet", folder / "events.parquet")
    query.sink_parquet(output)


if __name__ == "__main__":
    main()
