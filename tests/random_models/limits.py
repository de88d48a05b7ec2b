"""LIMIT: how often events count, how long they are worth something, how much they may add up to."""

from .draw import Draw, Field
from .literals import fixed_duration

PERCENTS = ("10", "25", "50", "100", "33", "12.5")
CAPS = ("5", "10", "25", "1", "0.5", "12.125", "100")


def limits(draw: Draw, properties: tuple[Field, ...]) -> str:
    """Any of the limits, in any order, each after a comma."""
    parts = [at_most(draw, properties)] if draw.chance(0.55) else []
    while parts and draw.chance(0.45):
        parts.append(at_most(draw, properties))
    if draw.chance(0.15):
        parts.append(after_the_first(draw))
    if draw.chance(0.3):
        parts.append(up_to(draw))
    if draw.chance(0.4):
        parts.append(decay(draw))
    if len(parts) > 1:
        draw.use("several limits")
        draw.random.shuffle(parts)
    return "".join(f",\x1f{part}" for part in parts)


def at_most(draw: Draw, properties: tuple[Field, ...]) -> str:
    """`at most N times [per day | per PROP]`."""
    times = draw.pick(("1 time", "1 time", "2 times", "3 times", "5 times"))
    form = draw.random.random()
    fitting = [one for one in properties if one.kind != "list"]
    if form < 0.35 and fitting:
        one = draw.pick(fitting)
        draw.use("at most N times per property")
        return f"at most {times} per {one.written}"
    if form < 0.7:
        draw.use("at most N times per day")
        return f"at most {times} per day"
    draw.use("at most N times")
    return f"at most {times}"


def after_the_first(draw: Draw) -> str:
    """`after the first N`."""
    draw.use("after the first")
    return f"after the first {draw.pick('1123')}"


def up_to(draw: Draw) -> str:
    """`up to N points`."""
    draw.use("up to N points")
    return f"up to {draw.pick(CAPS)} points"


def decay(draw: Draw) -> str:
    """One of the four decays of a rule."""
    return draw.pick((halving, losing_left, losing_original, fading))(draw)


def halving(draw: Draw) -> str:
    """`halving every D`."""
    draw.use("halving")
    return f"halving every {fixed_duration(draw)}"


def losing_left(draw: Draw) -> str:
    """`losing N% of what is left every D`."""
    draw.use("losing of what is left")
    return f"losing {draw.pick(PERCENTS)}% of what is left every {fixed_duration(draw)}"


def losing_original(draw: Draw) -> str:
    """`losing N% of the original every D`."""
    draw.use("losing of the original")
    return f"losing {draw.pick(PERCENTS)}% of the original every {fixed_duration(draw)}"


def fading(draw: Draw) -> str:
    """`fading to 0 over D`, in days or weeks."""
    draw.use("fading")
    return f"fading to 0 over {fixed_duration(draw, 'day', 'week')}"
