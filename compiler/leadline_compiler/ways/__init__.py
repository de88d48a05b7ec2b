"""The cheapest ways into a stage: what would have to happen, from nothing or for one contact.

    model, contact ──analyse──▶ constraint model ──start──▶ what the contact has stays, what is new is counted
                                        │
                                        └──search──▶ the cheapest solution ──▶ contact ──interpret──▶ a way

What a way costs are its new events first and then the fields that are filled in or changed. A way counts only when
the interpreter gives the stage to the contact with what is new; that no cheaper one exists is the solver's proof.
Without the solver, ways are looked for by trying what the rules ask for, and none is called the cheapest.
"""

from leadline_compiler.ways.find import find_ways
from leadline_compiler.ways.way import Cost, Start, Way, Ways

__all__ = ["Cost", "Start", "Way", "Ways", "find_ways"]
