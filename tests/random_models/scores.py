"""Scores with their groups, and what is made of them: total, grades, disqualify, exclude, stages."""

from .conditions import condition, leaf, score_test
from .draw import Amount, Draw
from .limits import halving, losing_left, losing_original
from .literals import quote, written
from .logic import may_begin_line
from .occurrences import occurrence
from .rows import points_by
from .rules import rule_for_each, rule_for_every, rule_when, tails, title
from .schema import tally_name
from .words import BOUNDS, SCORE_NAMES

TOTALS = ("-20", "-5", "0", "0.5", "5", "10", "20", "20", "35", "50", "65", "100")
WEIGHTS = ("0.4", "1", "2", "0.125", "1.5", "0.001", "10")


def bounds(draw: Draw, what: str) -> str:
    """`between A and B`, `at most B`, `at least A`, or none."""
    form = draw.random.random()
    if form < 0.4:
        return ""
    if form < 0.6:
        low, high = sorted(draw.some(BOUNDS, 2, 2), key=float)
        draw.use(f"{what} between")
        return f"\x1fbetween {low} and {high}"
    word = draw.pick(("at most", "at least"))
    draw.use(f"{what} {word}")
    return f"\x1f{word} {draw.pick(BOUNDS[4:] if word == 'at most' else BOUNDS[:-3])}"


def score_blocks(draw: Draw, size: int) -> list[list[str]]:
    """One to three scores that share `size` rules; their names are known to what follows only afterwards."""
    names = draw.some(SCORE_NAMES, 1, 3)
    blocks = [[score_line(draw, name)] for name in names]
    for block, name in zip(blocks, names, strict=True):
        block += rule_lines(draw, -(-size // len(names)))
        tally_name(draw, name)
    draw.scores = [Amount(written(name), "number", TOTALS) for name in names]
    return blocks


def score_line(draw: Draw, name: str) -> str:
    """`score NAME [BOUNDS][, SCORE DECAY]`."""
    draw.use("score")
    line = f"score {written(name)}{bounds(draw, 'score')}"
    if draw.chance(0.6):
        return line
    shrink = draw.pick((halving, losing_left, losing_original))
    draw.use(f"score decay {shrink.__name__.replace('_', ' ')}")
    what = occurrence(draw)
    draw.use(f"without {what.form}")
    if "\x1fwhere" in what.text:
        draw.use("without … where")
    return f"{line},\x1f{shrink(draw)} without {what.text}"


def rule_lines(draw: Draw, size: int) -> list[str]:
    """Rules of every kind, with groups opened among them."""
    lines: list[str] = []
    for _ in range(size):
        if draw.chance(0.2):
            lines.append(group_line(draw))
        lines += draw.pick((when, when, when, each, each, every, points_by))(draw)
    return lines


def when(draw: Draw) -> list[str]:
    """A rule with a condition."""
    return [rule_when(draw)]


def each(draw: Draw) -> list[str]:
    """A rule that counts events."""
    return [rule_for_each(draw)]


def every(draw: Draw) -> list[str]:
    """A rule that counts portions of an amount."""
    return [rule_for_every(draw)]


def group_line(draw: Draw) -> str:
    """`group "NAME" [BOUNDS]`."""
    draw.use("group")
    return f"group {title(draw)}{bounds(draw, 'group')}"


def total_line(draw: Draw) -> str:
    """`total = W * SCORE + …`, of all the scores or of some."""
    draw.use("total")
    parts = []
    for one in draw.some(draw.scores, 1, 3):
        if draw.chance(0.5):
            draw.use("weight")
            parts.append(f"{draw.pick(WEIGHTS)} * {one.text}")
        else:
            parts.append(one.text)
    if len(parts) > 1:
        draw.use("total of several scores")
    return f"total = {' + '.join(parts)}{bounds(draw, 'total')}"


def grade_lines(draw: Draw, one: Amount) -> list[str]:
    """`grade SCORE` and its rows from high to low."""
    draw.use("grade total" if one.text == "total" else "grade a score")
    limits = sorted(set(draw.some(TOTALS, 1, 4)), key=float, reverse=True)
    letters = draw.pick((("A", "B", "C", "D"), ("優", "良", "可", "不"), ("A+", "A", "b #", "ß")))[: len(limits)]
    lines = [f"{quote(draw, letter)} from {limit}" for letter, limit in zip(letters, limits, strict=True)]
    draw.random.shuffle(lines)
    if draw.chance(0.5):
        draw.use("grade otherwise")
        lines.append('"E" otherwise')
        letters = (*letters, "E")
    draw.grades.append(Amount(f"grade of {one.text}", "grade", letters))
    return [f"grade {one.text}", *lines]


def result_blocks(draw: Draw) -> list[list[str]]:
    """Everything after the scores, in the order of the file."""
    blocks = [[total_line(draw)]] if draw.chance(0.7) else []
    draw.scores.append(Amount("total", "number", TOTALS))
    blocks += [grade_lines(draw, one) for one in draw.some(draw.scores, 0, 2)]
    words = ("disqualify", "exclude") * 2
    outs = [[out_line(draw, word)] for word in draw.some(words, 0, draw.pick((0, 1, 1, 2, 3)))]
    return [*blocks, *outs, [stage_line(draw) for _ in range(draw.pick((1, 2, 3)))]]


def out_line(draw: Draw, word: str) -> str:
    """`disqualify "NAME" when CONDITION`, `exclude "NAME" when CONDITION`."""
    draw.use(word)
    return f"{word} {title(draw)}\x1fwhen {condition(draw, 1)}{tails(draw)}"


def reached(draw: Draw) -> str:
    """A test, and one of the points behind it."""
    first, points = leaf(draw), score_test(draw)
    return f"{first} and\x1f{points}" if may_begin_line(points) else f"{first}\x1fand {points}"


def stage_line(draw: Draw) -> str:
    """`stage "NAME" when CONDITION`."""
    draw.use("stage")
    # The line in points that most stages have, so that a wrapped line may begin with `total` or `grade of`.
    test = reached(draw) if draw.chance(0.4) else condition(draw, 1)
    return f"stage {title(draw)}\x1fwhen {test}{tails(draw)}"
