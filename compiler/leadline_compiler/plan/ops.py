"""The operations of a plan: what each node is made of, and what it is worth.

A node is a tuple: the name of its operation, then its arguments. An argument of sort `node` is the index of an
earlier node, `nodes` a tuple of such; the rest are plain values. The value of a node is a truth for conditions, an
amount for amounts (None is missing), the events of an occurrence, newest first.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Op:
    """An operation: the sorts of its arguments by name, what kind of value it has, and what it means."""

    name: str
    arguments: tuple[tuple[str, str], ...]
    yields: str
    meaning: str

    @property
    def sorts(self) -> tuple[str, ...]:
        return tuple(sort for _, sort in self.arguments)


def _op(name: str, arguments: str, yields: str, meaning: str) -> Op:
    pairs = tuple((part.split(":")[0], part.split(":")[1]) for part in arguments.split())
    return Op(name, pairs, yields, meaning)


_ALL = (
    # conditions
    _op("always", "", "truth", "holds"),
    _op("never", "", "truth", "does not hold"),
    _op("and", "parts:nodes", "truth", "all parts hold"),
    _op("or", "parts:nodes", "truth", "a part holds"),
    _op("not", "part:node", "truth", "the part does not hold"),
    _op("yes", "amount:node", "truth", "the yes/no amount is yes"),
    _op("above", "left:node right:node", "truth", "left > right; not where one is missing"),
    _op("least", "left:node right:node", "truth", "left >= right; not where one is missing"),
    _op("one_of", "amount:node values:values", "truth", "the amount is one of the values (texts folded)"),
    _op("in_list", "amount:node list:list", "truth", "the folded text is an entry of the list with this index"),
    _op("within", "amount:node first:int last:int", "truth", "the number or moment lies in first..last, both ends in"),
    _op("known", "amount:node", "truth", "the amount is not missing"),
    _op("contains", "amount:node texts:values", "truth", "the folded text contains one of the texts"),
    _op("starts", "amount:node texts:values", "truth", "the folded text starts with one of the texts"),
    _op("ends", "amount:node texts:values", "truth", "the folded text ends with one of the texts"),
    _op("matches", "amount:node pattern:text", "truth", "the pattern is found in the trimmed NFKC text, in any case"),
    _op("includes_any", "amount:node texts:values", "truth", "the list has one of the folded texts"),
    _op("includes_all", "amount:node texts:values", "truth", "the list has all of the folded texts"),
    _op("has", "occurrence:node", "truth", "an event occurred"),
    # amounts
    _op("number", "millionths:int", "number", "a number"),
    _op("moment", "microseconds:int", "date", "a moment"),
    _op("field", "field:field", "value", "the contact's field with this index"),
    _op("property", "name:text type:type", "value", "the property of the event that a `where` looks at"),
    _op("score", "score:score", "number", "the score with this index, in millionths; null is the total"),
    _op("grade", "score:score", "text", "the letter of the score with this index; null is the total's"),
    _op("count", "occurrence:node", "number", "how many events occurred"),
    _op("sum", "occurrence:node property:text", "number", "the sum of the known values"),
    _op("average", "occurrence:node property:text", "number", "their average, missing where there are none"),
    _op("lowest", "occurrence:node property:text type:type", "value", "their lowest"),
    _op("highest", "occurrence:node property:text type:type", "value", "their highest"),
    _op("latest", "occurrence:node property:text type:type", "value", "of the newest instant, the largest value"),
    _op("earliest", "occurrence:node property:text type:type", "value", "of the oldest instant, the largest value"),
    _op("different", "occurrence:node property:text type:type", "number", "how many different known values"),
    _op("days_since", "date:node", "number", "whole days from the date to as-of"),
    _op("days_until", "date:node", "number", "whole days from as-of to the date"),
    _op("days_since_first", "occurrence:node", "number", "whole days since the oldest event"),
    _op("days_since_last", "occurrence:node", "number", "whole days since the newest event"),
    _op("domain", "text:node", "text", "what follows the last @ of the folded text"),
    _op("add", "left:node right:node", "number", "left + right"),
    _op("subtract", "left:node right:node", "number", "left - right"),
    _op("multiply", "left:node right:node", "number", "left * right, rounded"),
    _op("divide", "left:node right:node", "number", "left / right, rounded; missing for / 0"),
    # occurrences
    _op("events", "events:events where:node? windows:windows", "events", "the events of these kinds that pass"),
)

OPS: dict[str, Op] = {op.name: op for op in _ALL}
"""Every operation by name.

A window is a tuple of one of WINDOWS and a number: `within N` and `ago N` in microseconds, `within_months N`,
`ago_months N`, `since M`, `before M` for a moment, `since_date node`, `before_date node` for an amount.
"""

WINDOWS = ("within", "ago", "within_months", "ago_months", "since", "before", "since_date", "before_date")
