"""Full text over what readers see. Publishing writes it, reading asks it.

Each published article is a row of terms (`entry.py`), which the database in use indexes in its own
way (`sqlite.py`, `postgresql.py`). `vocabulary.py` knows the words, for suggestions.
"""

from articles.search.database import find, index
from articles.search.entry import catch_up, remove, write
from articles.search.matching import Match, Ranked
from articles.search.vocabulary import corrected

__all__ = ["Match", "Ranked", "catch_up", "corrected", "find", "index", "remove", "write"]
