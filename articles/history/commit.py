"""A new revision from the live tables' present."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from articles.history.capture import capture
from articles.history.chain import revision_hash
from articles.history.pieces import cut
from articles.history.store import head, keep
from articles.models import Article, Revision


class Moved(Exception):
    """The article has a newer revision than the one that somebody decided on. Nothing was done."""

    def __init__(self, article: Article) -> None:
        self.article = article
        super().__init__(
            _("Revision %d was saved meanwhile. Read what would change now, then decide.")
            % article.latest
        )


@transaction.atomic
def commit(
    article: Article, *, author: str, origin: str, act: str, summary: str
) -> Revision | None:
    """Record what the article is now; None where that is what its head says already.

    ``article.latest`` is the number that the caller's work was based on. Raises Moved
    where the article has a newer one; nothing is recorded then.
    """
    parent = head(article) if article.latest else None
    if parent and parent.number != article.latest:
        raise Moved(article)
    pieces = cut(capture(article))
    if parent and parent.manifest_id == pieces.manifest:
        return None
    # Raising `latest` first makes the loser of a race touch no row, before it wrote anything.
    claimed = Article.objects.filter(pk=article.pk, latest=article.latest).update(
        latest=F("latest") + 1
    )
    if not claimed:
        raise Moved(article)
    article.latest += 1
    keep(pieces)
    revision = Revision(
        article=article,
        number=article.latest,
        parent=parent,
        author=author,
        origin=origin,
        act=act,
        summary=summary[:300],
        manifest_id=pieces.manifest,
    )
    revision.hash = revision_hash(
        revision, article=article.uid, parent=parent.hash if parent else ""
    )
    revision.save()
    return revision
