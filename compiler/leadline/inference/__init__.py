"""From data to a first model: what the columns hold, which one identifies a contact, which events there are.

`infer_schema` looks at rows and answers a guess; `write_rules` and `write_samples` turn it into the texts of two
files; `draft_from_data` does all of it. Nothing is written here, and "now" is an argument.
"""

from leadline.inference.draft import Draft, draft_from_data
from leadline.inference.schema import infer_schema

__all__ = ["Draft", "draft_from_data", "infer_schema"]
