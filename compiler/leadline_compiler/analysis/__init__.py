"""Proofs about a scoring model: what can never hold, what always holds, what follows from what.

The way of the data:

    model ──units──▶ formulas ──cubes──▶ questions ──▶ "no": a proof over all contacts
                        │                    │
                        │                    └───────▶ "yes": a cube ──witness──▶ contact ──confirm──▶ evidence
                        └─ constraints over attributes (sets), kinds of events (columns)

- `spans`, `sets`: what a cube says of one attribute. A number or a date: spans of whole numbers, exact to the
  millionth and the microsecond, dates relative to one fixed as-of. A yes/no or `one of` field: a bit for each value.
  A text: questions with the answers wanted. A list: what it has and has not. All of them know of missing.
- `texts`, `text_search`: whether a text exists that answers its questions; with patterns and domains, by running
  automata side by side.
- `space`, `windows`, `amounts`, `tests`: conditions become formulas over the attributes of a `Space`. Windows, days
  since an event, counts and the highest or lowest value become counts over sets of events. Two amounts that are
  compared with each other have one attribute, how far apart they are (`orders`). What lies outside (sums over
  properties, arithmetic between fields) becomes an attribute of its own that may have any
  value, so that whatever is proved holds for all of them.
- `formulas`: negation, cubes. A condition with more than 256 cubes is treated as one free truth.
- `events`, `subsets`: columns, the kinds of events that sets of events can tell apart, and histories as one count a
  column. No more events of a kind are ever needed than the largest bound asks for.
- `units`: rules, rows, exits and stages with their formulas. `questions`: never, always, implies, excludes, with
  every `assume` a fact of each proof.
- `witness`, `confirm`, `evidence`: a cube becomes a contact with dated events, which counts only if the interpreter
  says what was expected of it; then it is made as small as can be.
- `bounds`: the least and the most points of rules, groups, scores and the total, as a table.

- `solve`: where these leave something open, the same structures become a constraint model for a solver: the constraints
  of an attribute cut it into cells, the sets of events cut each type into columns, and a unit is a formula over both.
  What a solution leaves open (which event of a day comes first, which values are the same) is tried out on the
  interpreter, see `solve.mending`.
  `stage_ways` asks it what every way into a stage needs, and which ways are short.
"""

from leadline_compiler.analysis.analysis import Analysis, analyse

__all__ = ["Analysis", "analyse"]
