"""What results are narrowed by, as terms of the index that no word of a text can equal."""

# Folded, no word holds this letter.
FACET = "ª"
STALE = "stale"  # a state beside the ratings: the words changed since they were judged


def state(rating: str, stale: bool) -> str:
    """How a sentence stands, in one word: its rating, "none", or that the rating is outlived."""
    return STALE if stale else rating


def language_facet(language: str) -> str:
    return as_term("l", language)


def state_facet(state: str) -> str:
    return as_term("s", state)


def tag_facet(slug: str) -> str:
    """
    >>> tag_facet("peace-keeping")
    'ªtpeaceªkeeping'
    """
    return as_term("t", slug)


def as_term(kind: str, value: str) -> str:
    return FACET + kind + "".join(sign if sign.isalnum() else FACET for sign in value)
