"""What a file declares: the schema, lists, defines, and the names of scores and grades."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from leadline_compiler.resolve.includes import Entry, Gathered, Loader, Unreadable, missing_file
from leadline_compiler.resolve.scope import TOTAL, Key, closest, property_key
from leadline_compiler.schema import EventType, Field, Kind, Property, ValueType
from leadline_compiler.texts import fold
from leadline_compiler.zones import UTC_ZONE, Zone, zone_exists, zone_names
from leadline_dsl import syntax as s
from leadline_dsl.codes import severity_of
from leadline_dsl.diagnostics import Diagnostic, Label
from leadline_dsl.source import Place, Source, Span
from leadline_dsl.tokens import Piece, name_value, scan


@dataclass(slots=True)
class Declared:
    """The declarations of all files. `places` tell where each key was declared; `defines` in the order met; `files`
    are the lists by the file that they were read from."""

    model: Entry | None = None
    zone: Zone = UTC_ZONE
    identifier: tuple[str, Place] | None = None
    fields: dict[str, Field] = field(default_factory=dict)
    events: dict[str, EventType] = field(default_factory=dict)
    lists: dict[str, frozenset[str]] = field(default_factory=dict)
    defines: dict[str, Entry] = field(default_factory=dict)
    scores: dict[str, Entry] = field(default_factory=dict)
    files: dict[str, frozenset[str]] = field(default_factory=dict)
    letters: dict[str, list[str]] = field(default_factory=dict)
    places: dict[Key, Place] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    faulty: frozenset[str] = frozenset()

    @property
    def grades(self) -> dict[str, tuple[str, ...]]:
        """The letters of each score that has some, or of `total`."""
        return {score: tuple(letters) for score, letters in self.letters.items()}

    def report(self, name: str, message: str, place: Place, hint: str = "", related: Iterable[Label] = ()) -> None:
        self.diagnostics.append(
            Diagnostic(name, severity_of(name), message, place.span, place.file, tuple(related), hint)
        )

    def claim(self, key: Key, place: Place, written: str = "") -> bool:
        """Takes a name for a declaration; reports it and answers False where it is taken.

        `written` is the name as the user knows it, where the key has more to it.
        """
        spaces: tuple[str, ...] = (key.kind,)
        if key.kind in ("field", "define", "score"):
            spaces = ("field", "define", "score")
        for kind in spaces:
            earlier = self.places.get(Key(kind, key.name))  # type: ignore[arg-type]
            if earlier is not None:
                label = Label("it was declared here first", earlier.span, earlier.file)
                message = f"`{written or key.name}` is declared twice"
                self.report("duplicate-name", message, place, "give one of them another name", [label])
                return False
        self.places[key] = place
        return True


def declare(gathered: Gathered, load: Loader) -> Declared:
    """Reads all declarations; the first of two with one name stands."""
    declared = Declared(faulty=_faulty_names(gathered))
    graded: str | None = None
    for entry in gathered.entries:
        node = entry.node
        graded = _graded(entry, graded, declared)
        match node:
            case s.Model():
                _declare_model(entry, node, gathered.main, declared)
            case s.ContactBlock():
                _declare_identifier(entry, node, declared)
            case s.FieldLine():
                if declared.claim(Key("field", node.name.text), entry.place(node.name.span)):
                    declared.fields[node.name.text] = _field(node)
            case s.EventLine():
                _declare_event(entry, node, declared)
            case s.ListLine():
                _declare_list(entry, node, load, declared)
            case s.Define():
                _declare_define(entry, node.name, declared)
            case s.Score():
                _declare_score(entry, node.name, declared)
    _finish(gathered, declared)
    return declared


_NAME_COMES_SECOND = ("list_statement", "define_statement", "score_statement")
_NAME_COMES_FIRST = ("field_statement", "event_statement")


def _faulty_names(gathered: Gathered) -> frozenset[str]:
    """What statements that cannot be read would declare, so that nothing else is blamed for it."""
    found: set[str] = set()
    for document in gathered.documents.values():
        for item in document.statements:
            kind = item.statement.kind
            if item.parsed.fault is None or kind not in (*_NAME_COMES_FIRST, *_NAME_COMES_SECOND):
                continue
            pieces = scan(item.statement.text)[kind in _NAME_COMES_SECOND :][:1]
            found.update(name_value(piece.text) for piece in pieces if piece.kind in (Piece.WORD, Piece.QUOTED_NAME))
    return frozenset(found)


def _graded(entry: Entry, graded: str | None, declared: Declared) -> str | None:
    """Keeps track of the grade whose rows are being read, and takes their letters."""
    node = entry.node
    if isinstance(node, s.Grade):
        return node.score.text if not declared.letters.setdefault(node.score.text, []) else None
    if isinstance(node, s.GradeRow) and graded is not None:
        declared.letters[graded].append(node.letter.value)
        return graded
    return None


def _declare_model(entry: Entry, node: s.Model, main: str, declared: Declared) -> None:
    if entry.file != main:
        return
    if declared.model is not None:
        label = Label("the file has this one already", declared.model.place().span, declared.model.file)
        declared.report("duplicate-name", "a file has one `model`", entry.place(), "leave one of them out", [label])
        return
    declared.model = entry
    if node.zone is None:
        return
    if zone_exists(node.zone.value):
        declared.zone = Zone(node.zone.value)
    else:
        close = closest(node.zone.value, zone_names())
        hint = f'did you mean "{close}"?' if close else 'write a name such as "Europe/Berlin"'
        message = f"there is no time zone {node.zone.value!r}".replace("'", '"')
        declared.report("unknown-zone", message, entry.place(node.zone.span), hint)


def _declare_identifier(entry: Entry, node: s.ContactBlock, declared: Declared) -> None:
    if node.identified_by is None:
        return
    name, place = node.identified_by.text, entry.place(node.identified_by.span)
    if declared.identifier is None:
        declared.identifier = name, place
    elif declared.identifier[0] != name:
        earlier = declared.identifier[1]
        label = Label(f"it is `{declared.identifier[0]}` here", earlier.span, earlier.file)
        declared.report("duplicate-name", "a contact is identified by one field", place, "keep one of them", [label])


def _value_type(node: s.TypeName) -> ValueType:
    choices = tuple(choice.value for choice in node.choices if isinstance(choice, s.Text))
    return ValueType(Kind(node.kind), choices)


def _field(node: s.FieldLine) -> Field:
    return Field(node.name.text, _value_type(node.type), node.heading.value if node.heading else None)


def _declare_event(entry: Entry, node: s.EventLine, declared: Declared) -> None:
    if not declared.claim(Key("event", node.name.text), entry.place(node.name.span)):
        return
    properties: dict[str, Property] = {}
    for part in node.properties:
        key = property_key(node.name.text, part.name.text)
        if declared.claim(key, entry.place(part.name.span), part.name.text):
            properties[part.name.text] = Property(part.name.text, _value_type(part.type))
    source_name = node.source_name.value if node.source_name else None
    declared.events[node.name.text] = EventType(node.name.text, tuple(properties.values()), source_name)


def _declare_list(entry: Entry, node: s.ListLine, load: Loader, declared: Declared) -> None:
    if not declared.claim(Key("list", node.name.text), entry.place(node.name.span)):
        return
    declared.lists[node.name.text] = frozenset()
    if node.path is None:
        declared.lists[node.name.text] = _folded(value.value for value in node.values if isinstance(value, s.Text))
        return
    loaded = load(entry.file, node.path.value)
    if isinstance(loaded, Unreadable):
        declared.diagnostics.append(missing_file(entry.place(node.path.span), node.path.value, loaded))
        return
    if loaded.name not in declared.files:
        declared.files[loaded.name] = _folded(_lines(loaded))
    declared.lists[node.name.text] = declared.files[loaded.name]


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(fold, texts)))


def _lines(source: Source) -> list[str]:
    lines = source.text.removeprefix("\ufeff").split("\n")
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _declare_define(entry: Entry, name: s.Name, declared: Declared) -> None:
    if not _is_total(entry, name, declared) and declared.claim(Key("define", name.text), entry.place(name.span)):
        declared.defines[name.text] = entry


def _declare_score(entry: Entry, name: s.Name, declared: Declared) -> None:
    if not _is_total(entry, name, declared) and declared.claim(Key("score", name.text), entry.place(name.span)):
        declared.scores[name.text] = entry


def _is_total(entry: Entry, name: s.Name, declared: Declared) -> bool:
    if name.text == TOTAL:
        message = "`total` is the sum of all scores, and cannot be the name of anything else"
        declared.report("duplicate-name", message, entry.place(name.span), "choose another name")
    return name.text == TOTAL


def _finish(gathered: Gathered, declared: Declared) -> None:
    _refuse_values_of_other_types(gathered, declared)
    if declared.identifier is not None and declared.identifier[0] not in declared.fields:
        name, place = declared.identifier
        close = closest(name, declared.fields)
        hint = f"did you mean `{close}`?" if close else f"declare it below: `{name}: text`"
        declared.report("unknown-name", f"there is no field `{name}`", place, hint)
    written = any(item.statement.kind == "model_statement" for item in gathered.documents[gathered.main].statements)
    if not written:
        message = "the file has no `model` line"
        place = Place(gathered.main, Span(0, 0))
        labels = [
            Label("this one counts only when its own file is scored", entry.place().span, entry.file)
            for entry in gathered.entries
            if isinstance(entry.node, s.Model)
        ]
        declared.report(
            "syntax", message, place, 'begin with `model "NAME"`, or `model "NAME", time zone "Europe/Berlin"`', labels
        )


def _refuse_values_of_other_types(gathered: Gathered, declared: Declared) -> None:
    for entry in gathered.entries:
        node = entry.node
        match node:
            case s.FieldLine():
                values = node.type.choices
            case s.EventLine():
                values = tuple(value for part in node.properties for value in part.type.choices)
            case s.ListLine():
                values = node.values
            case _:
                continue
        for value in values:
            if not isinstance(value, s.Text):
                message = "only texts can be listed here"
                declared.report("wrong-type", message, entry.place(value.span), "write the value in double quotes")
