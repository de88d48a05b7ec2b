"""Questions about all contacts of a model that only a search over many rules can answer, put to a solver.

    model ──prices──▶ formulas, sets of events ──encode──▶ constraint model ──ask──▶ none: a proof
                                                                  │             └──▶ solution ──reading──▶ contact
                                                                  └ facts, columns, histories, worths, scores

The solver is an extra (`leadline[proofs]`), imported when the first model is encoded. A "none" holds for every
contact; a solution is only a proposal until the interpreter confirms the contact that is read from it.
"""
