"""Builds the tables of a scorer from a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from leadline_compiler.execute.rules import Judge
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.references import needed_by
from leadline_compiler.scorer.assign import Assignment, Share
from leadline_compiler.scorer.event_tables import EventTables, EventTablesBuilder
from leadline_compiler.scorer.fields import DaysTable, FieldCells
from leadline_compiler.scorer.finish import Finish
from leadline_compiler.scorer.frame import Frame, Outcome
from leadline_compiler.scorer.joints import Joints
from leadline_compiler.scorer.outcomes import join_outcomes
from leadline_compiler.scorer.settling import Settle, build_settle
from leadline_compiler.scorer.sources import DAYS, FIELD


@dataclass(frozen=True, slots=True)
class Tables:
    """All that a scorer looks things up in.

    `cells` and `days` are those of the fields. `empty` are the points and joints of a contact that is worth nothing.
    `always` is what every contact is worth. `plain` are rules that are judged for every contact. `kept` numbers, by
    node, the lists of events that what is worked out node by node needs; None where no event can be meant.
    """

    frame: Frame
    joints: Joints
    cells: Mapping[int, FieldCells]
    days: Mapping[int, DaysTable]
    events: EventTables
    always: Outcome
    plain: Sequence[tuple[int, Judge]]
    kept: Mapping[int, int | None]
    settle: Settle
    needs_runs: bool
    needs_all_events: bool


def build_tables(assignment: Assignment, *, holds_many: bool) -> Tables:
    """The tables of a plan whose ignored events and decays of scores go by banded occurrences.

    They are for contacts with no more events than the lanes of points can take, which are more if it `holds_many`.
    """
    plan = assignment.plan
    frame = Frame(plan, holds_many=holds_many)
    joints = Joints(frame, assignment.joints)
    _give_parts(assignment)
    builder = EventTablesBuilder(frame, assignment, joints)
    decay_lists = [builder.number(score.without) for score in plan.scores if score.without is not None]
    finish = Finish(frame, (assignment.exits, assignment.stages), decay_lists)
    late = [*_late_nodes(assignment), *finish.late_nodes]
    kept, needs_all_events = builder.keep(late)
    events = builder.build()
    always = frame.whens(assignment.always)
    return Tables(
        frame=frame,
        joints=joints,
        cells={field: _field_cells(frame, field, assignment, joints) for field in _fields_read(assignment, late)},
        days={
            field: DaysTable(FieldCells(frame, field, share, joints))
            for (kind, field), share in assignment.shares.items()
            if kind == DAYS
        },
        events=events,
        always=join_outcomes([(frame.pack(always), always), *events.always]),
        plain=[(index, frame.judge(index)) for index in assignment.plain],
        kept=kept,
        settle=build_settle(plan, frame.lanes, finish),
        needs_runs=bool(late) or bool(assignment.plain),
        needs_all_events=needs_all_events,
    )


def _give_parts(assignment: Assignment) -> None:
    """Tells every source which parts of joints it decides."""
    for number, joint in enumerate(assignment.joints):
        for source, literals in (*joint.fields.items(), *joint.events.items()):
            assignment.shares[source].parts.append((literals, number))


def _late_nodes(assignment: Assignment) -> Iterator[int]:
    """The nodes of rules and joints that are worked out for a contact as they stand."""
    for joint in assignment.joints:
        yield from (node for node, _ in joint.rest)
    for index in assignment.plain:
        match assignment.plan.rules[index].body:
            case p.EachBody(occurrence=node) | p.EveryBody(amount=node) | p.TableBody(amount=node):
                yield node


def _fields_read(assignment: Assignment, late: Sequence[int]) -> list[int]:
    found = {field for kind, field in assignment.shares if kind in (FIELD, DAYS)}
    found.update(assignment.plan.read_fields)
    nodes = assignment.plan.nodes
    waiting, seen = list(late), set(late)
    while waiting:
        node = nodes[waiting.pop()]
        if node[0] == "field":
            found.add(node[1])
        more = [needed for needed in needed_by(node) if needed not in seen]
        seen.update(more)
        waiting += more
    return sorted(found)


def _field_cells(frame: Frame, field: int, assignment: Assignment, joints: Joints) -> FieldCells:
    share = assignment.shares.get((FIELD, field)) or Share()
    return FieldCells(frame, field, share, joints)
