"""The page of each code: what it means, why it matters, an example, the way out.

A check's page is its own docstring; here stand the pages of what is found while a file is read.
"""

from __future__ import annotations

import importlib

from leadline_compiler.checks import CHECKS, LOGIC, module_of

_PAGES = {
    "syntax": """
A statement that cannot be read.

Each statement is read on its own, so one that is faulty hides no other. Nothing is scored before all can be
read: half a model would give wrong scores.

Example:

    +5 "Executive" when job_role = "CEO"

The way out: the message says what was expected at the marked place, and what to type. Here it is
`job_role is "CEO"`.
""",
    "unknown-name": """
A name that is declared nowhere.

Rules read only what the file declares, so that a typing mistake cannot turn a rule into one that never fires.

Example:

    contact
      country: text

    score fit
      +5 "Home market" when contry is "JP"

The way out: take the proposed name, or declare the field, event, list or score.
""",
    "duplicate-name": """
A name that is declared twice.

Fields, defines and scores share one name space; rules, groups, stages and exits need names of their own, since
an explanation names them. With two of one name nobody could tell which is meant.

Example:

    +5 "Opened mail" for each email_open
    +3 "Opened mail" for each email_click

The way out: give one of the two another name.
""",
    "wrong-type": """
A test or a calculation that makes no sense for this kind of value.

`>=` compares numbers and dates, `contains` looks into a text, `includes` into a list, and a yes/no field stands
alone. Anything else would hold never or always, and nobody would notice.

Example:

    +5 "Big" when employees >= "25"

The way out: write the value as the field's type has it (`employees >= 25`), or change the type where the field
is declared.
""",
    "misplaced-property": """
A property of an event outside of its `where`.

`where` takes one test, or one condition in parentheses; what follows stands outside, where only the contact's
fields are seen.

Example:

    +5 "Read pricing" for each page_view where path starts with "/pricing" and seconds >= 10

The way out: put all tests of the event into parentheses:

    +5 "Read pricing" for each page_view where (path starts with "/pricing" and seconds >= 10)
""",
    "unknown-zone": """
A time zone that does not exist.

Days begin at midnight of the model's zone, so the zone decides which events a day has.

Example:

    model "B2B", time zone "Berlin"

The way out: write the zone as the IANA data base does, here `"Europe/Berlin"`.
""",
    "include-cycle": """
Files that include each other in a circle.

Example: `a.lead` has `include "b.lead"`, and `b.lead` has `include "a.lead"`.

The way out: leave one of the two lines out, or move what both need into a third file.
""",
    "define-cycle": """
Defines that need each other in a circle.

A define is a name for a condition or an amount. If it needs itself, there is nothing it stands for.

Example:

    define warm = engaged or employees >= 100
    define engaged = warm and has email_open

The way out: leave out one of the uses that the message lists.
""",
    "missing-file": """
A file that an `include` or a `list` names and that cannot be read.

The path counts from the folder of the file that names it, wherever the command is called.

Example:

    list competitors from "competitors.txt"

where there is no `competitors.txt` beside the rules.

The way out: correct the path, or put the file there. It must be UTF-8 text.
""",
    "unlisted-value": """
A text that a `one of` field can never have.

The field's line lists all its values, so a test for another one never holds. It is nearly always a typing
mistake.

Example:

    contact
      role: one of "CEO", "CMO", "Student"

    score fit
      -20 "Student" when role is "Studnet"

The way out: take the proposed value, or add it to the field's line.
""",
    "unused-allow": """
An `allow` comment that silences nothing.

What it allowed is gone, or never was there. Left in place it would silence the next finding of that name
unseen.

Example:

    # allow unused-field: shown in the report
    +5 "Big" when employees >= 25

The way out: leave the comment out, or correct the name. It silences findings of the statement right below it.
Errors that keep a file from being scored cannot be allowed.
""",
    "bad-value": """
A value in the data that its field's type does not admit.

It counts as missing, and is counted: a word in a number, an impossible date, a value that a `one of` does not
list.

Example: `employees` is a number, and a row has `about forty`.

The way out: correct the data, widen the type, or live with it. `leadline score … --bad-rows FILE` keeps all of
them, and `--strict` makes them an error.
""",
    "bad-row": """
A row of the data that had to be left out.

An event of nobody, a second contact with the same id, a row with more cells than headings: there is no telling
what it means.

The way out: look at the rows that `leadline score … --bad-rows FILE` keeps.
""",
    "missing-column": """
A field that the data has no column for.

Its value is missing for every contact, so rules that read it do not fire.

Example: the file declares `employees: number`, and the column's heading is `Staff`.

The way out: name the heading, `employees: number from "Staff"`, or leave the field out.
""",
    "unmentioned-value": """
A value or an event in the data that no rule mentions.

New forms, new pages and new kinds of events are easily overlooked: they come in, and no rule gives them a price.

Example: the rules price the forms `demo` and `webinar`, and the data has 300 submissions of `pricing`.

The way out: give it a rule if it matters. Nothing has to be mentioned.
""",
    "never-fired": """
A rule that fired for no contact of the data.

Either nobody is like that, or the condition is narrower than meant, or the data that it needs is not there.

The way out: look at a contact for whom it should have fired: `leadline explain RULES --contacts FILE --id ID`
says which part of the condition failed.
""",
}


def page_of(name: str) -> str:
    """The page of a code by its name, which must be one of the table of codes."""
    if name in CHECKS or name in LOGIC:
        module = importlib.import_module(module_of(name))
        return (module.__doc__ or "").strip()
    return _PAGES[name].strip()
