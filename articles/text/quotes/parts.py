"""How editors shorten and mend what they quote: ellipses and square brackets."""

import re

DOTS = r"(?:…|\.(?:\.{2,}|(?:\s\.){2,}))"
ELLIPSIS = re.compile(rf"\[\s*{DOTS}\s*\]|\(\s*{DOTS}\s*\)|{DOTS}")
SIC = re.compile(r"\s*\[sic\.?!?\]", re.IGNORECASE)
CHANGED_CASE = re.compile(r"(?<!\w)\[([^\W\d_])\](?=[^\W\d_])")
BRACKETS = re.compile(r"\[[^\[\]]*\]")
OUTER_MARKS = re.compile(
    r"""(?:"(.*)"|“(.*)”|„(.*)[“”]|«(.*)»|»(.*)«|‘(.*)’|'(.*)'|‹(.*)›)[.,]?""", re.DOTALL
)


def without_outer_marks(quote: str) -> str:
    """The quote without quotation marks around all of it.

    >>> without_outer_marks("« Ja. »")
    ' Ja. '
    """
    marked = OUTER_MARKS.fullmatch(quote.strip())
    return marked[marked.lastindex or 0] if marked else quote


def parts(quote: str) -> list[str]:
    """What stands between the ellipses.

    >>> parts("[...] the force … left (…)")
    ['the force', 'left']
    """
    return [part for part in map(str.strip, ELLIPSIS.split(quote)) if part]


def as_written(quote: str) -> list[str]:
    """The quote without the marks that say nothing was changed: [sic], and "[T]he" for "the".

    >>> as_written("[T]he boats [sic]")
    ['The boats', 'the boats']
    """
    plain = SIC.sub("", quote)
    typed = CHANGED_CASE.sub(r"\1", plain)
    swapped = CHANGED_CASE.sub(lambda letter: letter[1].swapcase(), plain)
    return list(dict.fromkeys([typed, swapped]))


def stretches(quote: str) -> list[str]:
    """What stands between ellipses and an editor's own words.

    >>> stretches("If [the mission] left … it left.")
    ['If', 'left', 'it left.']
    """
    return [
        stretch
        for part in parts(SIC.sub("", quote))
        for stretch in map(str.strip, BRACKETS.split(CHANGED_CASE.sub(r"\1", part)))
        if stretch
    ]
