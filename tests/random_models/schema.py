"""What a model declares before its rules: the model's line, the contact's fields, the events, the lists."""

from .draw import Draw, Event, Field
from .literals import quote, texts, written
from .words import EVENT_NAMES, FIELD_NAMES, HEADINGS, LIST_NAMES, PROPERTY_NAMES, STATEMENT_WORDS

KINDS = ("text", "number", "yes/no", "date", "choice", "list")


def model_line(draw: Draw, zone: str) -> str:
    """`model "NAME"`, with or without a zone."""
    draw.use("model")
    name = quote(draw, draw.pick(("B2B", "販売 #1", 'The "main" model', "Модель")))
    if zone == "UTC" and draw.chance(0.5):
        return f"model {name}"
    draw.use("time zone")
    return f'model {name},\x1ftime zone "{zone}"'


def contact_block(draw: Draw) -> list[str]:
    """`contact`, the fields of every type; the one that identifies is a text or goes without saying."""
    kinds = [*KINDS, *draw.some(("text", "text", "number", "number", "date", "choice", "yes/no"), 1, 5)]
    draw.random.shuffle(kinds)
    names = {kind: draw.random.sample(pool, len(pool)) for kind, pool in FIELD_NAMES.items()}
    draw.fields = tuple(draw_field(draw, names[kind].pop(), kind, place) for place, kind in enumerate(kinds))
    head, key = identifier(draw)
    lines = [field_line(draw, one) for one in draw.fields]
    return [head, *key, *lines] if draw.chance(0.7) else [head, *lines, *key]


def identifier(draw: Draw) -> tuple[str, list[str]]:
    """The head of the block, and the line of the field that identifies if there is one."""
    draw.use("contact")
    if draw.chance(0.5):
        draw.use("identified by")
        name = draw.pick(("record_id", "Record ID", "番号"))
        known = Field(name, written(name), draw.pick((name, "ID of it")), "text", ())
        draw.identifier = (known.key, known.name)
        line = field_line(draw, known)
        return f"contact identified by {known.written}", [line]
    return "contact", [] if draw.chance(0.3) else ["id: text"]


def draw_field(draw: Draw, name: str, kind: str, place: int) -> Field:
    """A field of a kind, perhaps with a heading of its own in the data."""
    tally_name(draw, name)
    heading = draw.pick(HEADINGS).format(n=place) if draw.chance(0.3) else name
    return Field(name, written(name), heading, kind, values_of(draw, kind))


def tally_name(draw: Draw, name: str) -> None:
    """Notes the kinds of names that need care."""
    if written(name) != name:
        draw.use("name between backquotes")
    elif name in STATEMENT_WORDS:
        draw.use("statement word as name")
    if not name.isascii():
        draw.use("name in another script")


def values_of(draw: Draw, kind: str) -> tuple[str, ...]:
    """What rules and data draw from for one field."""
    if kind == "text":
        return draw.pools.words if draw.chance(0.65) else draw.pools.addresses
    if kind == "list":
        return draw.pools.words
    if kind == "choice":
        return tuple(draw.some(draw.pools.choices, 2, 4))
    return draw.pools.numbers if kind == "number" else ()


def type_of(draw: Draw, one: Field) -> str:
    """The type as it is written."""
    draw.use(f"type {one.kind}")
    if one.kind == "choice":
        return "one of " + ",\x1f".join(quote(draw, value) for value in one.values)
    return "list of text" if one.kind == "list" else one.kind


def field_line(draw: Draw, one: Field) -> str:
    """`FIELD: TYPE`, with `from` where the data names it otherwise."""
    line = f"{one.written}: {type_of(draw, one)}"
    if one.key == one.name:
        return line
    draw.use("field from")
    return f"{line}\x1ffrom {quote(draw, one.key)}"


def events_block(draw: Draw) -> list[str]:
    """`events` and a line for each; every two that stand next to each other share a property."""
    draw.use("events")
    names = {kind: draw.random.sample(pool, len(pool)) for kind, pool in PROPERTY_NAMES.items()}
    kinds = ("text", "text", "number", "number", "yes/no", "date", "date", "choice", "list")
    properties = [draw_property(draw, names[kind].pop(), kind) for kind in kinds]
    draw.events = tuple(
        draw_event(draw, name, properties[:2] if place < 2 else [], properties)
        for place, name in enumerate(draw.some(EVENT_NAMES, 3, 5))
    )
    return ["events", *(event_line(draw, event) for event in draw.events)]


def draw_property(draw: Draw, name: str, kind: str) -> Field:
    """A property; the data names it as the rules do."""
    tally_name(draw, name)
    return Field(name, written(name), name, kind, values_of(draw, kind))


def draw_event(draw: Draw, name: str, shared: list[Field], properties: list[Field]) -> Event:
    """An event with some of the model's properties, or with none."""
    tally_name(draw, name)
    own = shared + [one for one in draw.some(properties, 1, 6) if one not in shared]
    if not shared and draw.chance(0.25):
        draw.use("event without properties")
        own = []
    key = draw.pick((f"{name} (web)", "見た " + name)) if draw.chance(0.25) else name
    return Event(written(name), key, tuple(own))


def event_line(draw: Draw, event: Event) -> str:
    """`EVENT [with PROP: TYPE, …] [from "NAME"]`."""
    line = event.written
    if event.properties:
        draw.use("event with properties")
        for one in event.properties:
            draw.use(f"property {one.kind}")
        declared = [f"{one.written}: {type_of(draw, one)}" for one in event.properties]
        line += " with " + declared[0] + "".join(f",{after_comma(one)}{one}" for one in declared[1:])
    if event.written != written(event.key):
        draw.use("event from")
        line += f" from {quote(draw, event.key)}"
    return line


def after_comma(text: str) -> str:
    """What may stand between a comma and this: no end of the line before a statement word."""
    return " " if text.split(":")[0] in STATEMENT_WORDS else "\x1f"


def list_lines(draw: Draw) -> list[str]:
    """One or two named lists of what the fields hold."""
    draw.use("list")
    names = draw.some(LIST_NAMES, 1, 2)
    draw.lists = tuple(written(name) for name in names)
    values = [*draw.pools.words, *draw.pools.addresses, *draw.pools.choices, *draw.pools.domains]
    lines = []
    for name in draw.lists:
        entries = [*draw.some(draw.pools.words, 1, 2), *draw.some(values, 1, 5)]
        lines.append(f"list {name} = {texts(draw, list(dict.fromkeys(entries)), 2, 7)}")
    return lines
