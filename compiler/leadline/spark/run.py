"""A run of the spark engine: a look at the data, then the scores, bucket by bucket, each with its events."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Any

from leadline.readers.columns import Dates
from leadline.readers.joining import Inputs, Pass
from leadline.readers.problems import SHOWN, DataReport, Problem, ProblemSink, Tally
from leadline.spark.answers import SCHEMA, Answer, Kind, in_order, merge_reports
from leadline.spark.bucket import BucketWork, Laid
from leadline.spark.failures import told_as_data_errors
from leadline.spark.origins import find_origin
from leadline.spark.parts import Look
from leadline.spark.session import open_session
from leadline.spark.sides import Side, open_side
from leadline_compiler.passes import optimise
from leadline_compiler.plan import Plan

if TYPE_CHECKING:
    from leadline.batch.scoring import Block

CONTACTS_A_BUCKET = 50_000
_EVENTS_A_BUCKET = 1_000_000
_BYTES_A_BUCKET = 512 << 20
_TRIED = 64
"""Numbers a bucket that are tried, of which one is as good as sure to lie in each partition."""


class SparkRun:
    """The contacts of files with their results, a block after the other; to be iterated once, used with `with`.

    Contacts come in the order of their file within a bucket, bucket after bucket. `report` is complete once the
    iteration is over; rows that are told in it have only the columns that the model reads unless there is
    `on_problem`, which gets all problems in the order of the data. `as_of` is the instant of the run.
    """

    def __init__(
        self,
        plan: Plan,
        contacts: str,
        events: str | None = None,
        *,
        as_of: int | None = None,
        default_as_of: int,
        dates: Dates | None = None,
        on_problem: ProblemSink | None = None,
        tells_rules: bool = True,
        master: str | None = None,
        contacts_a_bucket: int = CONTACTS_A_BUCKET,
    ) -> None:
        """`contacts` and `events` are files, folders of Parquet files, or URLs that Spark reads.

        Raises DataError, here or while iterating, for what cannot be read at all.
        """
        self.report = DataReport()
        self.as_of = default_as_of if as_of is None else as_of
        self._plan = optimise(plan)
        self._dates = dates or {}
        self._on_problem = on_problem
        self._tells_rules = tells_rules
        self._contacts_a_bucket = contacts_a_bucket
        origins = [find_origin(path) for path in (contacts, events) if path is not None]
        self._stack = ExitStack()
        try:
            self._spark = self._stack.enter_context(open_session(master))
            with told_as_data_errors():
                self._sides: list[Side] = [
                    open_side(
                        self._spark,
                        origin,
                        plan.schema,
                        are_contacts=number == 0,
                        keeps_all=on_problem is not None,
                    )
                    for number, origin in enumerate(origins)
                ]
            self._pass = self._match_columns()
        except BaseException:
            self._stack.close()
            raise

    def __enter__(self) -> SparkRun:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def __iter__(self) -> Iterator[Block]:
        with told_as_data_errors():
            looks = [side.look() for side in self._sides]
            answers = self._answers(looks)
            # Kept where they were worked out, so that reading them bucket by bucket works out nothing again.
            from pyspark import StorageLevel

            answers.persist(StorageLevel.DISK_ONLY)
            try:
                self._tell(answers, looks)
                for row in answers.where(f"kind = {Kind.BLOCK:d}").select("payload").toLocalIterator():
                    yield pickle.loads(row[0])
            finally:
                answers.unpersist()

    def _match_columns(self) -> Pass:
        """Matches the columns, so that nothing is read in vain."""
        rows = [side.form.rows() for side in self._sides]
        inputs = Inputs(self._plan.schema, rows[0], rows[1] if len(rows) > 1 else None, self._dates, self.as_of)
        return Pass(inputs, Tally())

    def _answers(self, looks: Sequence[Look]) -> Any:
        """A data frame of what the buckets answer."""
        laid = [Laid(side.form, side.columns, look.evidence) for side, look in zip(self._sides, looks, strict=True)]
        work = BucketWork(
            self._plan,
            self.as_of,
            laid[0],
            laid[1] if len(laid) > 1 else None,
            self._dates,
            self._tells_rules,
            self._on_problem is not None,
        )
        buckets = self._count_buckets(looks)
        self._spark.conf.set("spark.sql.shuffle.partitions", str(buckets))
        labels = _labels(self._spark, buckets)
        frames = [_in_buckets(side.located(look), labels) for side, look in zip(self._sides, looks, strict=True)]
        if len(frames) == 1:
            frames.append(self._spark.range(0).selectExpr("CAST(id AS INT) AS bucket", "id AS order"))

        def answer(contacts: Any, events: Any) -> Any:
            return work.answer(contacts, events)

        of_contacts, of_events = (frame.groupBy("bucket") for frame in frames)
        return of_contacts.cogroup(of_events).applyInArrow(answer, SCHEMA)

    def _count_buckets(self, looks: Sequence[Look]) -> int:
        """So many that what belongs to one of them fits into the memory of a process."""
        events = sum(look.rows for look in looks[1:])
        size = sum(look.size for look in looks)
        return 1 + max(looks[0].rows // self._contacts_a_bucket, events // _EVENTS_A_BUCKET, size // _BYTES_A_BUCKET)

    def _tell(self, answers: Any, looks: Sequence[Look]) -> None:
        """Works everything out, and sees to all that is no result."""
        rows = answers.where(f"kind IN ({Kind.REPORT:d}, {Kind.ERROR:d})").collect()
        kept = in_order([_answer_of(row) for row in rows])
        for answer in kept:
            if answer.kind is Kind.ERROR:
                raise answer.payload
        reports: list[DataReport] = [answer.payload for answer in kept]
        if looks[0].rows:
            self._pass.lay_out_contacts()
        problems = [] if all(report.is_clean for report in reports) else self._tell_problems(answers)
        by_row = not self._sides[0].form.is_table
        self.report = merge_reports(reports, problems, self._pass.report(), by_row=by_row)

    def _tell_problems(self, answers: Any) -> list[Problem]:
        """The first problems in the order of the data; the sink gets all."""
        found = answers.where(f"kind = {Kind.PROBLEM:d}").orderBy("stage", "order", "place")
        if self._on_problem is None:
            return [pickle.loads(row["payload"]) for row in found.take(SHOWN)]
        first: list[Problem] = []
        for row in found.toLocalIterator():
            problem = pickle.loads(row["payload"])
            self._on_problem(problem)
            if len(first) < SHOWN:
                first.append(problem)
        return first


def _answer_of(row: Any) -> Answer:
    return Answer(Kind(row["kind"]), row["stage"], row["order"], row["place"], pickle.loads(row["payload"]))


def _labels(spark: Any, buckets: int) -> list[int]:
    """Numbers that Spark lays into one partition each when it groups by them, by that partition."""
    tried = spark.range(_TRIED * buckets).selectExpr("CAST(id AS INT) AS label")
    found = tried.selectExpr("label", f"pmod(hash(label), {buckets}) AS partition").collect()
    return [label for _, label in sorted({row["partition"]: row["label"] for row in found}.items())]


def _in_buckets(frame: Any, labels: Sequence[int]) -> Any:
    """Rows with the label of their bucket: those of one contact have the same; those of nobody are spread."""
    key = "CASE WHEN id = '' THEN CAST(order AS STRING) ELSE id END"
    label = f"ARRAY({', '.join(map(str, labels))})[pmod(xxhash64({key}), {len(labels)}L)]"
    return frame.selectExpr("*", f"{label} AS bucket").drop("id")
