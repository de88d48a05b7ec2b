"""What bounds and the decay of scores changed, and the sums: each figure as the interpreter worked it out."""

from __future__ import annotations

from collections.abc import Iterator

from leadline.reports.explanation import Cut, ScoreSum, SumLine, TermLine
from leadline.reports.rules_explained import say_decay
from leadline.reports.wording import Setting, say_event, say_times
from leadline_compiler.model import Bounds
from leadline_compiler.numbers import write_points
from leadline_compiler.outcome import GroupOutcome, Outcome, ScoreOutcome


def find_cuts(outcome: Outcome, setting: Setting) -> tuple[Cut, ...]:
    """The cuts in the order in which they were made: of every score its groups, its decay, its bounds; the total."""
    return (*(cut for score in outcome.scores for cut in _score_cuts(score, setting)), *_total_cuts(outcome))


def _score_cuts(score: ScoreOutcome, setting: Setting) -> Iterator[Cut]:
    name = score.score.name
    for group in score.groups:
        if group.sum != group.points:
            yield _group_cut(group, name)
    if score.after_decay != score.sum:
        yield Cut("score decay", name, None, name, _say_score_decay(score, setting), score.sum, score.after_decay)
    if score.points != score.after_decay:
        said = say_bound(score.score.bounds, score.after_decay, score.points)
        yield Cut("score bounds", name, None, name, said, score.after_decay, score.points)


def _group_cut(group: GroupOutcome, score: str) -> Cut:
    said = say_bound(group.group.bounds, group.sum, group.points)
    return Cut("group", score, group.group.name, f'group "{group.group.name}"', said, group.sum, group.points)


def _total_cuts(outcome: Outcome) -> Iterator[Cut]:
    if outcome.total != outcome.sum:
        said = say_bound(outcome.model.total.bounds, outcome.sum, outcome.total)
        yield Cut("total bounds", None, None, "total", said, outcome.sum, outcome.total)


def say_bound(bounds: Bounds, before: int, after: int) -> str:
    """`at most 20: 26 became 20`."""
    bound = f"at most {write_points(after)}" if before > after else f"at least {write_points(after)}"
    if bounds.low is not None and bounds.high is not None:
        bound = f"between {write_points(bounds.low)} and {write_points(bounds.high)}"
    return f"{bound}: {write_points(before)} became {write_points(after)}"


def _say_score_decay(score: ScoreOutcome, setting: Setting) -> str:
    decay = score.score.decay
    assert decay is not None, "only a decay changes a score before its bounds"
    assert score.last is not None, "a score decays since its last event"
    last = say_event(score.last, decay.without, setting)
    how = f"{say_decay(decay.decay)} without {decay.without.text}"
    before, after = write_points(score.sum), write_points(score.after_decay)
    return f"{how}, the last {last}: {say_times(score.steps)}, {before} became {after}"


def find_sums(outcome: Outcome, cuts: tuple[Cut, ...]) -> tuple[ScoreSum, ...]:
    """The lines that add up to each score: rules worth points, then cuts."""
    letters = dict(outcome.grades)
    return tuple(
        ScoreSum(
            score.score.name,
            letters.get(score.score.name),
            (
                *(
                    SumLine("rule", rule.rule.name, rule.points)
                    for group in score.groups
                    for rule in group.rules
                    if rule.points
                ),
                *(
                    SumLine("cut", f"{cut.name}, {cut.said}", cut.points)
                    for cut in cuts
                    if cut.score == score.score.name
                ),
            ),
            score.points,
        )
        for score in outcome.scores
    )


def find_terms(outcome: Outcome) -> tuple[TermLine, ...]:
    """The scores' shares of the total."""
    points = {score.score.name: score.points for score in outcome.scores}
    return tuple(
        TermLine(term.term.score, term.term.weight, points[term.term.score], term.points) for term in outcome.terms
    )
