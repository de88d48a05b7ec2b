"""`leadline check`: what is wrong with rules."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from leadline.commands.choices import Choice
from leadline.commands.given import given
from leadline.commands.options import (
    as_of_option,
    color_option,
    dates_option,
    exit_with,
    make_console,
    now,
    read_as_of,
    read_report,
    refuse_sharing_stdin,
    split_names,
    write_text,
)
from leadline.commands.talk import say
from leadline.commands.usage import examples
from leadline.rules import Report, RulesError, read_source
from leadline_compiler.zones import UTC_ZONE
from leadline_dsl.codes import CODES, find_code
from leadline_dsl.diagnostics import Diagnostic, Severity
from leadline_dsl.source import Source


@dataclass(frozen=True, slots=True)
class _Data:
    """The contacts that rules are compared with, as the options name them."""

    contacts: str
    events: str | None
    as_of: str | None
    dates: Sequence[str]


@click.command(
    epilog=examples(
        "leadline check rules.lead",
        "leadline check --format github *.lead",
        "leadline check rules.lead --contacts contacts.csv",
        "leadline check rules.lead --deep",
        "leadline check rules.lead --fix",
        "leadline check --explain mixed-and-or",
    )
)
@click.argument("rules", nargs=-1)
@click.option("--format", "format_", type=Choice(["text", "json", "sarif", "github"]), default="text")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--only", metavar="CODES", help="Only these codes or names: LL1,LL2 or unknown-name.")
@click.option(
    "--explain",
    "code",
    metavar="CODE",
    help="Tell what a code means, why it matters, and the way out; list: all codes.",
)
@click.option("--fix", is_flag=True, help="First put right in the files what is certain, then tell what is left.")
@click.option("--deep", is_flag=True, help="Search longer for what could not be proved, and ask more of many rules.")
@click.option("--contacts", callback=given, metavar="FILE", help="Compare the rules with these contacts.")
@click.option("--events", callback=given, metavar="FILE", help="The events of the contacts.")
@dates_option
@as_of_option
@color_option
def command(
    rules: Sequence[str],
    format_: str,
    strict: bool,
    only: str | None,
    code: str | None,
    fix: bool,
    deep: bool,
    contacts: str | None,
    events: str | None,
    dates: Sequence[str],
    as_of: str | None,
    color: str,
) -> None:
    """Say what is wrong with RULES, all faults in one run.

    Exit code 1 if there is an error (with --strict: or a warning).
    """
    if code is not None:
        _explain(code, color)
        return
    if not rules:
        raise click.UsageError("name a rules file: leadline check rules.lead")
    if events is not None and contacts is None:
        raise click.UsageError("--events goes with --contacts")
    if dates and contacts is None:
        raise click.UsageError("--dates goes with --contacts")
    refuse_sharing_stdin([*rules, contacts, events])
    wanted = _wanted(only)
    logic = wanted is None or any(CODES[name].number.startswith("LL3") for name in wanted)
    reports: list[Report] = []
    read: list[str] = []
    unread: list[RulesError] = []
    for path in dict.fromkeys(rules):
        try:
            if fix:
                _fix(path, as_of, wanted)
            reports.append(read_report(path, as_of, logic=logic, search="long" if deep else "short"))
            read.append(path)
        except RulesError as error:
            unread.append(error)
    if contacts is not None:
        reports = _compare(reports, read, _Data(contacts, events, as_of, dates))
    items = [item for report in reports for item in report.diagnostics]
    # What several rules files include is found with each of them.
    found = {(item.file, item.span, item.name, item.message): item for item in items}
    sources = {name: source for report in reports for name, source in report.sources.items()}
    kept = [item for item in found.values() if wanted is None or item.name in wanted]
    if sources:
        _show(kept, sources, format_, color, len(read))
    worst = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    if unread:
        raise RulesError("\n".join(str(error) for error in unread))
    exit_with(1 if any(item.severity in worst for item in kept) else 0)


def _fix(path: str, as_of: str | None, wanted: set[str] | None) -> None:
    from leadline.fixing import fix_text

    if path == "-":
        raise click.UsageError("--fix changes files: it does not go with standard input")
    source = read_source(path)
    fixed = fix_text(source.name, source.text, read_as_of(as_of, UTC_ZONE) or now(), wanted)
    if fixed.text != source.text:
        write_text(path, fixed.text)
        count = len(fixed.findings)
        say(f"{path}: {count} finding{'' if count == 1 else 's'} put right")


def _compare(reports: Sequence[Report], paths: Sequence[str], data: _Data) -> list[Report]:
    """The reports of rules files with what the data show of those that can be scored."""
    from leadline.commands.data_sources import DataSources, naming_model
    from leadline.commands.dates import read_dates
    from leadline.data_findings import find_in_data

    models = [report.model for report in reports]
    # Where a declaration is faulty nothing can be said of dates: the fault is told.
    schemas = None if None in models else [model.schema for model in models if model is not None]
    dates = read_dates(data.dates, schemas)
    compared = []
    with DataSources(data.contacts, data.events) as sources:
        for path, report, model in zip(paths, reports, models, strict=True):
            if model is None:
                compared.append(report)
                continue
            as_of = read_as_of(data.as_of, model.zone)
            with naming_model(path, paths):
                found = find_in_data(report, *sources.open(), as_of, now(), dates)
            compared.append(report.with_more(found))
    return compared


def _wanted(only: str | None) -> set[str] | None:
    """The names that `--only` lets through; None lets all."""
    if only is None:
        return None
    wanted: set[str] = set()
    items = [name for item in split_names(only) for name in item.split()]
    if not items:
        raise click.BadParameter("name a family, a code or a name: LL1, LL201, unknown-name", param_hint="--only")
    for item in items:
        begin = item.upper().removesuffix("XX")
        names = [code.name for code in CODES.values() if code.number.startswith(begin) or code.name == item.lower()]
        if not names:
            raise click.BadParameter(_no_code(item), param_hint="--only")
        wanted.update(names)
    return wanted


def _show(found: Sequence[Diagnostic], sources: Mapping[str, Source], format_: str, color: str, files: int) -> None:
    from leadline import render

    if format_ == "text":
        if found:
            render.print_diagnostics(found, sources, make_console(color))
            sys.stdout.flush()
        click.echo(render.summary_line(found, _files_of(found, tuple(sources), files)), err=True)
        return
    if format_ == "json":
        text = render.render_json(found, sources)
    elif format_ == "sarif":
        text = render.render_sarif(found, sources)
    else:
        text = render.render_github(found, sources)
    click.echo(text, nl=False)


def _files_of(found: Sequence[Diagnostic], sources: tuple[str, ...], files: int) -> Sequence[str]:
    """The files that were checked; where it is one, those that have the findings, as an included one may."""
    concerned = tuple(dict.fromkeys(item.file for item in found))
    return concerned if files == 1 and concerned else sources[:files]


def _explain(wanted: str, color: str) -> None:
    from leadline_compiler.code_pages import page_of

    if wanted.strip().lower() == "list":
        for each in CODES.values():
            click.echo(f"{each.number} {each.name}: {each.meaning}")
        return
    code = find_code(wanted)
    if code is None:
        raise click.BadParameter(_no_code(wanted), param_hint="--explain")
    console = make_console(color)
    console.print(f"{code.number} {code.name} ({code.severity.value})\n", style="bold")
    console.print(page_of(code.name))


def _no_code(wanted: str) -> str:
    from leadline_compiler.resolve.scope import closest

    family = wanted.upper().removesuffix("XX")
    if family in _FAMILIES:
        first = min(code.number for code in CODES.values() if code.number.startswith(family))
        return f"{wanted} is a family of codes: name one of it, such as {first}"
    close = closest(wanted.lower(), CODES)
    meant = f"did you mean {close}?" if close else _LIST
    return f"there is no code {wanted!r}; {meant}"


_FAMILIES = tuple(sorted({code.number[:3] for code in CODES.values()}))
_LIST = f"the families are {', '.join(_FAMILIES)}, and `leadline check --explain list` lists all codes"
