"""What a save answers, and why it may refuse."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.history.merge import Clash
from articles.history.state import ArticleText
from articles.models import Article, Claim, Revision


@dataclass(frozen=True, slots=True)
class Saved:
    revision: Revision | None  # None: nothing differed from what was there
    merged: tuple[str, ...] = ()  # who else's changes were kept: user names
    ended: tuple[str, ...] = ()  # uids of claims whose sentences are gone
    begun: tuple[str, ...] = ()  # uids of claims on new sentences


class Conflict(Exception):
    """Two editors changed the same thing. Nothing was saved; all three texts are here."""

    def __init__(
        self,
        article: Article,
        *,
        latest: Revision,
        base: ArticleText,
        theirs: ArticleText,
        mine: ArticleText,
        merged: ArticleText,
        clashes: tuple[Clash, ...],
    ) -> None:
        self.article, self.latest = article, latest
        self.base, self.theirs, self.mine, self.merged = base, theirs, mine, merged
        self.clashes = clashes
        super().__init__(
            _(
                "“%(article)s” is now at revision %(number)d, by %(author)s. Your text is kept "
                "below; compare the two and save again."
            )
            % {
                "article": article,
                "number": latest.number,
                "author": latest.author or _("a command"),
            }
        )


class ReadOtherwise(Exception):
    """A verdict was given on words that no longer stand. Nothing was saved."""

    def __init__(self, claim: Claim, read: str) -> None:
        self.claim, self.read, self.now = claim, read, claim.text
        super().__init__(
            _("The sentence changed while you were reading it. Read it again, then judge it.")
        )
