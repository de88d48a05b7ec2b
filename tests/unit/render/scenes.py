"""Findings that are hard to show, each with the files it is about; the goldens show all of them."""

from __future__ import annotations

from leadline_dsl.codes import severity_of
from leadline_dsl.diagnostics import Diagnostic, Edit, Label
from leadline_dsl.source import Source, Span

Scene = tuple[list[Diagnostic], dict[str, Source]]


def span_of(text: str, part: str) -> Span:
    """Where a part first stands in a text."""
    start = text.index(part)
    return Span(start, start + len(part))


def sources_of(**texts: str) -> dict[str, Source]:
    """`b2b="…"` is the file b2b.lead."""
    return {f"{name}.lead": Source(f"{name}.lead", text) for name, text in texts.items()}


def finding(name: str, message: str, file: str, span: Span, help: str = "") -> Diagnostic:
    return Diagnostic(name, severity_of(name), message, span, file, help=help)


def wide() -> Scene:
    """Wide characters, a combining mark, an emoji that is joined from three, and full-width brackets."""
    text = 'score 適合\n  +5 "従業員が多い👩‍💻" when 会社規模（人） >= "e\u0301leve\u0301" and 国 is "日本"\n'
    sources = sources_of(wide=text)
    span = span_of(text, '"e\u0301leve\u0301"')
    found = finding("wrong-type", "`会社規模（人）` is a number, and a text is not", "wide.lead", span)
    after = finding("unknown-name", "there is no `国`", "wide.lead", span_of(text, "国"), "did you mean `国名`?")
    return [found, after], sources


def tabs() -> Scene:
    text = '\t+5\t"Executive"\twhen\tjob = "CEO"\n'
    found = finding("unknown-name", "there is no `job`", "tabs.lead", span_of(text, "job"))
    return [found], sources_of(tabs=text)


def crlf() -> Scene:
    """Line ends of two characters; a lone carriage return is no line end. One span takes the line end along."""
    text = 'score fit\r\n  +5 "A\rB" when x\r\n  +6 "C" when y\r\n'
    whole = finding("syntax", "a rule that cannot be read", "crlf.lead", span_of(text, '+5 "A\rB" when x\r\n'))
    last = finding("unknown-name", "there is no `y`", "crlf.lead", span_of(text, "y"))
    return [last, whole], sources_of(crlf=text)


def edits() -> Scene:
    """Two edits in one line, an added line, a line to leave out, and edits that are too much to show."""
    text = 'define a = b or c and d\nlist free = "x"\nscore fit\n' + '  +1 "Same" when b\n' * 6
    mixed = span_of(text, "b or c and d")
    parentheses = (Edit(Span(16, 16), "("), Edit(Span(mixed.end, mixed.end), ")"))
    unused = span_of(text, 'list free = "x"\n')
    score = span_of(text, "score fit")
    rules = Span(score.end + 1, len(text))
    return [
        _with_edits(finding("mixed-and-or", "`or` beside `and`", "e.lead", mixed, "add parentheses"), *parentheses),
        _with_edits(finding("unused-list", "nothing uses `free`", "e.lead", unused), Edit(unused, "")),
        _with_edits(
            finding("gap-in-rows", "no row takes 5", "e.lead", score),
            Edit(Span(score.end, score.end), "\n  +0 otherwise"),
        ),
        _with_edits(finding("duplicate-name", "`Same` is declared six times", "e.lead", rules), Edit(rules, "")),
    ], sources_of(e=text)


def _with_edits(found: Diagnostic, *parts: Edit) -> Diagnostic:
    return Diagnostic(found.name, found.severity, found.message, found.span, found.file, (), found.help, parts)


def related() -> Scene:
    """A place above, one in the same line, one in another file, and one in a file that is not at hand."""
    first = 'define vip = a\n\n\nscore fit\n  +5 "Vip" when vip or vip\n'
    second = "# shared\ndefine vip = b\n"
    found = Diagnostic(
        "duplicate-name",
        severity_of("duplicate-name"),
        "`vip` is declared three times",
        span_of(first, "vip or"),
        "main.lead",
        related=(
            Label("here", span_of(first, "vip"), "main.lead"),
            Label("this one means the same", Span(len(first) - 4, len(first) - 1), "main.lead"),
            Label("and here", span_of(second, "vip"), "shared.lead"),
            Label("and in a list", Span(3, 8), "lists.lead"),
        ),
        help="rename all but one",
        evidence={"bound": {"most": 62, "rules": [{"rule": "Vip", "points": 5}]}},
    )
    return [found], sources_of(main=first, shared=second)


def ends() -> Scene:
    """The end of a file with and without a last line end, an empty file, a span that is several lines long."""
    sources = sources_of(bare="score fit", closed="score fit\n", empty="", long='points "P" by x\n  +1 for\n  +2\n')
    return [
        finding("syntax", "expected a bound", "bare.lead", Span(9, 9)),
        finding("syntax", "expected a rule", "closed.lead", Span(10, 10)),
        finding("syntax", "there is no rule in this file", "empty.lead", Span(0, 0)),
        finding("overlapping-rows", "rows that cannot be told apart", "long.lead", Span(0, 32)),
        finding("missing-file", "`lists.lead` cannot be read", "lists.lead", Span(0, 0)),
    ], sources


def hostile() -> Scene:
    """A file that would clear the screen, turn text around, look like markup and like a workflow command."""
    text = '+5 "\x1b[2J\x9b31m\u202e[bold]\x07" when x{0} # [see](1) 100%\n'
    file = "a,b:c [red].lead"
    sources = {file: Source(file, text)}
    return [
        finding("syntax", "`\x1b[2J\u202e[bold]` 100%\r\n::error::x", file, span_of(text, "[bold]"), "a:b,c\n[x](1)"),
        finding("unknown-name", "there is no `x{0}` [see](1)", file, span_of(text, "x{0}")),
    ], sources


SCENES = {scene.__name__: scene for scene in (wide, tabs, crlf, edits, related, ends, hostile)}
