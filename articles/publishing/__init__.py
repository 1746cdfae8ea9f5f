"""The one door through which readers' view changes."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.history.commit import Moved
from articles.history.diff import Difference, compare
from articles.history.store import head, load
from articles.models import Article, Publication, PublishedArticle, Revision
from articles.publishing import log, readers

__all__ = ["Moved", "pending", "publish", "withdraw"]

NOTE_LENGTH = 1000


def shown_revision(article: Article) -> Revision | None:
    """The revision that readers see, or saw until the article was withdrawn."""
    row = PublishedArticle.objects.filter(article=article).values_list("number").first()
    if row is None:
        return None
    return Revision.objects.select_related("manifest").get(article=article, number=row[0])


def pending(article: Article) -> Difference | None:
    """What publishing the head would change for readers; None where they have seen nothing yet."""
    shown = shown_revision(article)
    return compare(load(shown), load(head(article))) if shown else None


@transaction.atomic
def publish(
    article: Article,
    *,
    by: AbstractBaseUser | None,
    note: str = "",
    responsible: str = "",
    read: int | None = None,
) -> Publication:
    """Show readers the article's head, and record it in the log.

    ``note`` tells readers what was corrected. ``responsible`` names who takes editorial
    responsibility for exactly this revision, "" nobody. ``read`` is the number of the revision
    that they read; raises Moved where that is not the head, and ValidationError for a note
    over 1,000 characters. Nothing is published then.
    """
    note = checked_note(note, "correction_note")
    article = Article.objects.select_for_update().get(pk=article.pk)
    revision = head(article)
    if read not in (None, revision.number):
        raise Moved(article)
    state, before = load(revision), shown_revision(article)
    publication = log.append(
        revision,
        act=Publication.Act.PUBLISHED,
        author=by.get_username() if by else "",
        responsible=responsible,
        note=note,
        changes=compare(load(before), state).counts() if before else {},
    )
    readers.show(article, revision, publication, state)
    return publication


@transaction.atomic
def withdraw(article: Article, *, by: AbstractBaseUser | None, reason: str) -> Publication:
    """Take the article from readers, who are told when and why. Its history stays.

    Raises ValidationError without a reason, or where readers don't see the article.
    """
    reason = checked_note(reason, "reason")
    if not reason:
        raise ValidationError({"reason": _("Readers are told why: give a reason.")})
    article = Article.objects.select_for_update().get(pk=article.pk)
    if not PublishedArticle.objects.shown().filter(article=article).exists():
        raise ValidationError(_("“%s” is not before readers, so it cannot be withdrawn.") % article)
    publication = log.append(
        shown_revision(article),
        act=Publication.Act.WITHDRAWN,
        author=by.get_username() if by else "",
        note=reason,
    )
    readers.hide(article, publication)
    return publication


def checked_note(note: str, field: str) -> str:
    note = " ".join(note.split())
    if len(note) > NOTE_LENGTH:
        raise ValidationError(
            {
                field: _("At most %(most)d characters; this has %(count)d.")
                % {"most": NOTE_LENGTH, "count": len(note)}
            }
        )
    return note
