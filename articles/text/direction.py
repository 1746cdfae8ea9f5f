"""Which way a language is written."""

from typing import Literal

RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "arz", "azb", "ckb", "dv", "fa", "he", "iw", "ks", "lrc", "mzn", "nqo", "pnb"}
    | {"prs", "ps", "sd", "syr", "ug", "ur", "yi"}
)
SCRIPTS = frozenset({"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})


def direction(language: str) -> Literal["ltr", "rtl"]:
    """As a BCP 47 tag says it: a script that it names counts for more than its language.

    >>> direction("ar"), direction("fa-IR"), direction("ku-Arab"), direction("az-Latn")
    ('rtl', 'rtl', 'rtl', 'ltr')
    """
    primary, *others = language.lower().replace("_", "-").split("-")
    script = next((tag for tag in others[:2] if len(tag) == 4 and tag.isalpha()), "")
    return "rtl" if (script in SCRIPTS if script else primary in RIGHT_TO_LEFT) else "ltr"
