"""The table of everything that a drawn model may use; the functions that draw tell by these names what they drew."""

from typing import Final

LAYOUT: Final = (
    *("comment line", "comment at the end of a line", "wrapped line", "wrapped line that begins with total or grade"),
    *("lines that end in CR LF", "declared after its use", "statement word as name", "name between backquotes"),
    "name in another script",
)
LITERALS: Final = (
    *("text", "escaped backslash", "escaped quote", "escaped line end", "escaped tab", "escaped code point"),
    *("negative number", "decimal number", "number with plus sign", "several values", "day", "moment"),
    *(f"duration in {unit}" for unit in ("minutes", "hours", "days", "weeks", "months", "years")),
)
KINDS: Final = ("text", "number", "yes/no", "date", "choice", "list")
DECLARATIONS: Final = (
    *("model", "time zone", "contact", "identified by", "field from", "list", "define a condition", "define an amount"),
    *(f"{what} {kind}" for what in ("type", "property") for kind in KINDS),
    *("events", "event from", "event with properties", "event without properties", "assume"),
)

FORMS: Final = ("one event", "any event", "any of events")
USERS: Final = ("has", "no", "ignore", "count of", "days since first", "days since last", "points for each", "without")
OCCURRENCES: Final = (
    *(f"{user} {form}" for user in USERS for form in FORMS),
    *("no event by itself", "shared property", "without … where", "where with one test", "where with a condition"),
    *("yes/no in parentheses before a comparison", "arithmetic in where", "several windows", "in the last"),
    *("more than … ago", "since a date", "since a field", "before a date", "before a field"),
)

ALIKE: Final = ("is", "is not", "is one of", "is none of", "is known", "is missing")
OPERATORS: Final = {
    "text": (
        *(*ALIKE, "is in", "is not in", "matches", "contains", "contains any of", "does not contain"),
        *("starts with", "starts with any of", "does not start with"),
        *("ends with", "ends with any of", "does not end with"),
    ),
    "choice": (*ALIKE, "is in", "is not in"),
    "grade": ALIKE,
    "number": (*ALIKE, ">", ">=", "<", "<=", "between", "between amounts"),
    "date": (*ALIKE, ">", ">=", "<", "<=", "between", "between amounts"),
    "yes/no": (*ALIKE, "alone"),
    "list": ("includes", "includes any of", "includes all of", "does not include", "is known", "is missing"),
}
CONDITIONS: Final = (
    *(f"{kind} {operator}" for kind, operators in OPERATORS.items() for operator in operators),
    *(f"{kind} against {kind} in {place}" for kind in ("number", "date") for place in ("rules", "where")),
    *("number on the left", "and", "or", "not", "parentheses", "and within or", "or within and", "defined condition"),
)
AMOUNTS: Final = (
    *("number as amount", "defined amount", "score as amount", "total as amount", "grade of", "domain of", "sum of"),
    *("lowest", "highest", "average", "days since a field", "days until a field"),
    *(f"{word} {kind}" for word in ("latest", "earliest") for kind in KINDS if kind != "list"),
    *(f"number of different {kind}" for kind in KINDS if kind != "list"),
    *(f"arithmetic {sign}" for sign in "+-*/"),
    *("arithmetic with precedence", "arithmetic in parentheses"),
)

RULES: Final = (
    *("points when", "points for every", "because", "owner", "review", "several limits", "at most N times"),
    *("at most N times per day", "at most N times per property", "after the first", "up to N points"),
    *("halving", "losing of what is left", "losing of the original", "fading"),
    *(f"points by {kind}" for kind in ("number", "text", "choice", "yes/no")),
    *("row for texts", "row for yes or no", "row for a number", "row for a range", "row or more", "row above"),
    *("row below", "row with several values", "row for missing", "row otherwise"),
)
RESULTS: Final = (
    *("score", "group", "total", "weight", "total of several scores", "stage", "disqualify", "exclude"),
    *(f"{what} {bound}" for what in ("score", "group", "total") for bound in ("between", "at most", "at least")),
    *(f"score decay {form}" for form in ("halving", "losing left", "losing original")),
    *("grade a score", "grade total", "grade otherwise"),
)

CONSTRUCTS: Final[tuple[str, ...]] = (
    *(LAYOUT + LITERALS + DECLARATIONS + OCCURRENCES),
    *(CONDITIONS + AMOUNTS + RULES + RESULTS),
)
