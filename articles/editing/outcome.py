"""What a save answers, and why it may refuse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.history.merge import Merge
from articles.history.state import ArticleText
from articles.models import Article, Claim, Revision


@dataclass(frozen=True, slots=True)
class Saved:
    revision: Revision | None  # None: nothing differed from what was there
    merged: tuple[str, ...] = ()  # who else's changes were kept: user names
    ended: tuple[str, ...] = ()  # uids of claims whose sentences are gone
    begun: tuple[str, ...] = ()  # uids of claims on new sentences


class Conflict(Exception):
    """Two editors changed the same thing. Nothing was saved; all texts are here."""

    def __init__(
        self,
        article: Article,
        *,
        started: Revision,
        since: Sequence[Revision],
        base: ArticleText,
        theirs: ArticleText,
        mine: ArticleText,
        merge: Merge,
    ) -> None:
        self.article, self.started, self.since = article, started, since
        self.base, self.theirs, self.mine, self.merge = base, theirs, mine, merge
        super().__init__(
            _("%(names)s saved “%(article)s” meanwhile, and changed the same as you.")
            % {"article": article, "names": ", ".join(authors(since))}
        )

    @property
    def latest(self) -> Revision:
        return self.since[-1]


def authors(revisions: Iterable[Revision]) -> tuple[str, ...]:
    """Who made the revisions, each once."""
    return tuple(dict.fromkeys(revision.author or _("a command") for revision in revisions))


class ReadOtherwise(Exception):
    """The claim, or what its editor had read beside it, has changed since. Nothing was saved."""

    def __init__(self, claim: Claim, read: str) -> None:
        self.claim, self.read, self.now = claim, read, claim.text
        super().__init__(
            _("What you were reading has changed. Read it as it is now, then save again.")
        )
