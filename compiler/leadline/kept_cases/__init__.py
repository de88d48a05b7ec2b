"""Cases kept as expectations: a contact with what it gets, put into a sample file whose every other byte stays.

    kept = keep_case("samples.yaml", outcome)

`record` says what is written of a contact, `yaml_place` and `json_place` where in a text it goes, `keep` writes it.
"""

from leadline.kept_cases.keep import KeepError, Kept, keep_case

__all__ = ["KeepError", "Kept", "keep_case"]
