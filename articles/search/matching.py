"""A question to the index and its answer, whichever database holds it."""

from dataclasses import dataclass

from articles.text.query import Terms

# Where so many articles match, not all are ranked: those with all the words in title, headings or
# tags and the newest are, as many as this of each. Ranking 10,000 takes SQLite 40 ms.
RANKED = 500


@dataclass(frozen=True, slots=True)
class Match:
    """What an article must hold. Each part may be there in the terms of several languages."""

    parts: tuple[tuple[Terms, ...], ...]
    without: tuple[Terms, ...] = ()
    facets: tuple[str, ...] = ()
    every: bool = True  # every part, or at least one


@dataclass(frozen=True, slots=True)
class Ranked:
    """Articles by their primary keys with their scores, the best first; how many match."""

    scores: dict[int, float]
    total: int
