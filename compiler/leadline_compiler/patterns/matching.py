"""Testing a text against a pattern in time linear in the text's length, whatever the pattern.

The program is run on all its paths at once. Each set of paths that comes up becomes a state, and states remember
where a character takes them; so a character that was seen before costs two look-ups. What is remembered is bounded,
and thrown away when full. Two threads may share a matcher: at worst both work the same state out.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

from leadline_compiler.patterns.program import Program, compile_program
from leadline_compiler.patterns.tree import Pattern, Place

# What stands on either side of a position in the text. A character's kind is in the lowest bits of its signature.
EDGE, NEWLINE, WORD, OTHER = range(4)
KIND_BITS = 2
KIND_MASK = (1 << KIND_BITS) - 1
# The signature that stands for the end of the text: no real character is of the kind EDGE.
END_OF_TEXT = EDGE

MAX_REMEMBERED_CHARACTERS = 4096
MAX_REMEMBERED_STEPS = 200_000
# What a state or a transition costs beside its paths, in the same measure.
OVERHEAD = 8


@dataclass(slots=True, eq=False)
class State:
    """All paths the program can be on after some characters, and where the characters seen so far took it from here."""

    paths: tuple[int, ...]
    before: int
    following: dict[int, "State"] = field(default_factory=dict)


FOUND = State((), EDGE)


class Matcher:
    """A pattern made ready for texts."""

    __slots__ = ("_places", "_program", "_remembered", "_signatures", "_start", "_states")

    def __init__(self, program: Program) -> None:
        self._program = program
        self._places = frozenset(program.places.values())
        self._signatures: dict[str, int] = {}
        self._forget_states()

    def found_in(self, text: str) -> bool:
        """Whether the pattern is found anywhere in the text, which is neither normalised nor trimmed here."""
        state = self._start
        signatures = self._signatures
        for character in text:
            signature = signatures.get(character)
            if signature is None:
                signature = self._read_signature(character)
            following = state.following.get(signature)
            if following is None:
                following = self._follow(state, signature)
            if following is FOUND:
                return True
            state = following
        at_end = state.following.get(END_OF_TEXT) or self._follow(state, END_OF_TEXT)
        return at_end is FOUND

    # ---- a character at a time, to run several patterns side by side

    @property
    def start(self) -> State:
        """The state before the first character."""
        return self._start

    def follow(self, state: State, character: str) -> State:
        """The state behind one more character."""
        signature = self.signature(character)
        return state.following.get(signature) or self._follow(state, signature)

    def is_found(self, state: State) -> bool:
        """Whether the pattern is found, whatever follows. Such a state cannot be followed."""
        return state is FOUND

    def is_found_at_end(self, state: State) -> bool:
        """Whether the pattern is found if the text ends here."""
        return (state.following.get(END_OF_TEXT) or self._follow(state, END_OF_TEXT)) is FOUND

    def signature(self, character: str) -> int:
        """The same for characters that the pattern cannot tell apart."""
        known = self._signatures.get(character)
        return self._read_signature(character) if known is None else known

    @property
    def boundaries(self) -> tuple[int, ...]:
        """Code points between which, up to the next, no two characters are told apart but by the anchors."""
        kinds = (0x0A, 0x0B, 0x30, 0x3A, 0x41, 0x5B, 0x5F, 0x60, 0x61, 0x7B)
        return tuple(sorted({*kinds, *(flip for flips in self._program.sets for flip in flips)}))

    # ---- what is remembered

    def _forget_states(self) -> None:
        self._remembered = 0
        self._states: dict[tuple[tuple[int, ...], int], State] = {}
        self._start = State((), EDGE)

    def _read_signature(self, character: str) -> int:
        """All that the program can tell about a character: its kind, and a bit for each set it is in."""
        if len(self._signatures) >= MAX_REMEMBERED_CHARACTERS:
            self._signatures.clear()
        code_point = ord(character)
        signature = _kind(character, self._places)
        for number, flips in enumerate(self._program.sets):
            if bisect_right(flips, code_point) & 1:
                signature |= 1 << (number + KIND_BITS)
        self._signatures[character] = signature
        return signature

    def _follow(self, state: State, signature: int) -> State:
        """The state that a character leads to, worked out and remembered."""
        if self._remembered > MAX_REMEMBERED_STEPS:
            self._forget_states()
        after = signature & KIND_MASK
        reached = _reach(self._program, state, after)
        if reached is None:
            following = FOUND
        else:
            takes = self._program.takes
            in_sets = signature >> KIND_BITS
            paths = sorted(step + 1 for step in reached if in_sets >> takes[step] & 1)
            following = self._intern(tuple(paths), after)
        state.following[signature] = following
        self._remembered += OVERHEAD
        return following

    def _intern(self, paths: tuple[int, ...], before: int) -> State:
        known = self._states.get((paths, before))
        if known is not None:
            return known
        self._remembered += len(paths) + OVERHEAD
        return self._states.setdefault((paths, before), State(paths, before))


def compile_pattern(pattern: Pattern) -> Matcher:
    """Make a pattern ready for texts. Costs time in proportion to the pattern's size; keep the result."""
    return Matcher(compile_program(pattern))


def _kind(character: str, places: frozenset[Place]) -> int:
    """The character's kind, as far as the pattern's anchors can tell: fewer kinds make fewer states."""
    if character == "\n" and places & {Place.LINE_START, Place.LINE_END}:
        return NEWLINE
    if places & {Place.WORD_EDGE, Place.NO_WORD_EDGE}:
        is_word = character.isascii() and (character == "_" or character.isalnum())
        return WORD if is_word else OTHER
    return OTHER


def _reach(program: Program, state: State, after: int) -> list[int] | None:
    """The steps that take a character next, on all paths and on the one that starts here; None if it is found."""
    takes, nexts, places = program.takes, program.nexts, program.places
    reached: list[int] = []
    seen = {0, *state.paths}
    pending = list(seen)
    while pending:
        step = pending.pop()
        if step == len(takes):
            return None
        if takes[step] >= 0:
            reached.append(step)
            continue
        if step in places and not _holds(places[step], state.before, after):
            continue
        for following in nexts[step]:
            if following not in seen:
                seen.add(following)
                pending.append(following)
    return reached


def _holds(place: Place, before: int, after: int) -> bool:
    match place:
        case Place.TEXT_START:
            return before == EDGE
        case Place.TEXT_END:
            return after == EDGE
        case Place.LINE_START:
            return before in (EDGE, NEWLINE)
        case Place.LINE_END:
            return after in (EDGE, NEWLINE)
        case Place.WORD_EDGE:
            return (before == WORD) != (after == WORD)
        case Place.NO_WORD_EDGE:
            return (before == WORD) == (after == WORD)
