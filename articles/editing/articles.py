"""Articles made, saved, imported and restored."""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editing import tables
from articles.editing.outcome import Conflict, Saved, authors
from articles.evidence import watching
from articles.history.commit import Moved, commit
from articles.history.merge import merge
from articles.history.placing import Placing, place
from articles.history.rules import faults, tidied
from articles.history.state import (
    ArticleState,
    ArticleText,
    CitationState,
    ClaimState,
    SectionState,
    SectionText,
)
from articles.history.store import head, load
from articles.models import (
    Act,
    Article,
    Citation,
    Claim,
    Publication,
    PublishedSection,
    Revision,
    Section,
    Source,
)
from articles.models.fields import ALPHABET, UID_LENGTH, new_uid
from articles.text.intake import Found

By = AbstractBaseUser | None
UID = re.compile(f"[{ALPHABET}]{{{UID_LENGTH}}}")


def name_of(by: By) -> str:
    return by.get_username() if by else ""


def article_text(article: Article) -> ArticleText:
    """What the article's form starts from."""
    return load(head(article)).text


@transaction.atomic
def create_article(
    text: ArticleText, *, by: By, origin: str = "human", summary: str = "", act: str = Act.EDIT
) -> Article:
    """Make an article and its first revision. Raises ValidationError by field: nothing is made."""
    text = checked(text)
    with _one_with_the_address(text.slug):
        article = Article.objects.create(slug=text.slug, title=text.title, language=text.language)
    empty = ArticleState(article.uid, "", "", text.language, "", (), (), ())
    write_text(article, text, empty, origin=origin)
    commit(
        article,
        author=name_of(by),
        origin=origin,
        act=act,
        summary=summary or _("First version"),
    )
    return article


def import_found(
    found: Found, *, slug: str = "", language: str = "", origin: str | None = None, by: By = None
) -> Article:
    """Make an article of what was found in a file; given values go before found ones.

    Raises ValidationError by field, where the address is taken for instance.
    """
    return create_article(
        ArticleText(
            slug=slug or slugify(found.title)[:150].strip("-"),
            title=found.title,
            language=language or found.language,
            translation_of="",
            see_also=found.see_also,
            sections=tuple(
                SectionText("", section.level, section.heading, section.body)
                for section in found.sections
            ),
        ),
        by=by,
        origin=origin or found.origin or "ai",
        act=Act.IMPORT,
        summary=_("Imported"),
    )


@transaction.atomic
def save_article(
    article: Article,
    text: ArticleText,
    *,
    base: str,
    by: By,
    origin: str = "human",
    summary: str = "",
) -> Saved:
    """Make the article say ``text``, which was written from the revision with hash ``base``.

    Sections with an empty uid are new. What others changed since is merged in, by
    section; where both changed the same, raises Conflict. Raises ValidationError by
    field. In both cases nothing is saved.
    """
    article = locked(article)
    latest = head(article)
    now = load(latest)
    mine = tidied(identified(text))
    others: tuple[str, ...] = ()
    if base != latest.hash:
        mine, others = _merged(article, now.text, mine, base)
    if mine == now.text:
        return Saved(None, merged=others)
    ended, begun = write_text(article, mine, now, origin=origin)
    revision = commit(article, author=name_of(by), origin=origin, act=Act.EDIT, summary=summary)
    return Saved(revision, others, ended, begun)


def write_text(
    article: Article, text: ArticleText, now: ArticleState, *, origin: str, corrected: str = ""
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Make the tables say ``text`` instead of ``now``; return the claims that ended and began.

    ``corrected`` as for `history.placing.place`.

    For the functions of this room, inside their transaction and before their commit.
    Raises ValidationError by field.
    """
    text = checked(text, article=article)
    placing = place(now, text, origin=origin, number=article.latest + 1, corrected=corrected)
    _write(article, text, now, placing)
    return placing.ended, placing.begun


def write_claims_of(
    article: Article, now: ArticleState, section: SectionState, claims: Sequence[ClaimState]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Make these the section's claims, its text being the same; return which ended and began."""
    was, standing = ({c.uid: c for c in found} for found in (section.claims, claims))
    ended = tuple(uid for uid in was if uid not in standing)
    placing = Placing({section.uid: tuple(claims)}, ended, ())
    _write(article, now.text, now, placing)
    return ended, tuple(uid for uid in standing if uid not in was)


def _merged(
    article: Article, theirs: ArticleText, mine: ArticleText, base: str
) -> tuple[ArticleText, tuple[str, ...]]:
    started = Revision.objects.select_related("manifest").filter(article=article, hash=base).first()
    if started is None:
        raise ValidationError(
            {
                "base": _(
                    "This form does not say which revision it started from. Copy your text, "
                    "open the article again and paste it there."
                )
            }
        )
    common = load(started).text
    later = Revision.objects.filter(article=article, number__gt=started.number)
    since = list(later.order_by("number").only("number", "author", "created_at", "hash"))
    result = merge(common, theirs, mine)
    if result.clashes:
        raise Conflict(
            article,
            started=started,
            since=since,
            base=common,
            theirs=theirs,
            mine=mine,
            merge=result,
        )
    return result.text, authors(since)


@transaction.atomic
def restore(
    article: Article, revision: Revision, *, by: By, summary: str = "", base: str = ""
) -> Saved:
    """Bring back what the revision said: text, order, tags, see-also, claims, citations.

    Verdicts stay; one of then speaks again for its words. The address stays, too. ``base`` is
    the hash of the head that the editor agreed to replace, "" any; raises Moved where
    another came since, and nothing is saved then.
    """
    article = locked(article)
    latest = head(article)
    if base and base != latest.hash:
        raise Moved(article)
    now, then = load(latest), load(revision)
    text = checked(replace(then.text, slug=article.slug), article=article)
    standing = {claim.uid for claim in then.claims()}
    gone = tuple(claim.uid for claim in now.claims() if claim.uid not in standing)
    placing = Placing({s.uid: s.claims for s in then.sections}, gone, ())
    _write(article, text, now, placing)
    _write_citations(article, then)
    saved = commit(
        article,
        author=name_of(by),
        origin="human",
        act=Act.RESTORE,
        summary=summary or _("Restored revision %d") % revision.number,
    )
    return Saved(saved, ended=gone if saved else ())


def _write_citations(article: Article, state: ArticleState) -> None:
    """Give the state's claims the citations that they had, each with its identity."""
    claims = dict(Claim.objects.filter(article=article).values_list("uid", "pk"))
    cited = {c.source for claim in state.claims() for c in claim.citations}
    sources = dict(Source.objects.filter(uid__in=cited).values_list("uid", "pk"))
    tables.hold_sources(sources.values())
    wanted: dict[str, tuple[str, int, CitationState]] = {
        citation.uid: (claim.uid, position, citation)
        for claim in state.claims()
        for position, citation in enumerate(claim.citations)
    }
    watching.ask(cited)
    # Also those that stand on a claim which the state does not have.
    Citation.objects.filter(uid__in=wanted).delete()
    Citation.objects.filter(claim__uid__in=[claim.uid for claim in state.claims()]).delete()
    Citation.objects.bulk_create(
        Citation(
            uid=uid,
            claim_id=claims[claim],
            position=position,
            source_id=sources[citation.source],
            stance=citation.stance,
            quote=citation.quote,
            locator=citation.locator,
        )
        for uid, (claim, position, citation) in wanted.items()
    )


def locked(article: Article) -> Article:
    """The article as it is now, kept from other savers until the transaction ends.

    Each act does it; so do callers that compare something before they act.
    """
    return Article.objects.select_for_update().get(pk=article.pk)


def identified(text: ArticleText, *, elsewhere: Collection[str] = ()) -> ArticleText:
    """The text with a uid for each new section.

    New is, too, one that comes under a uid that is none, that a section before it has, or that
    stands ``elsewhere``: a form can say anything.
    """
    taken = set(elsewhere)
    sections = []
    for section in text.sections:
        if section.uid in taken or not UID.fullmatch(section.uid):
            section = replace(section, uid=new_uid())
        taken.add(section.uid)
        sections.append(section)
    return replace(text, sections=tuple(sections))


def checked(text: ArticleText, *, article: Article | None = None) -> ArticleText:
    """The text as it will be kept. Raises ValidationError by field."""
    text = tidied(identified(text, elsewhere=_of_others(text, article)))
    found = faults(text)
    taken = Article.objects.filter(slug=text.slug).exclude(pk=article and article.pk)
    if taken.exists():
        found.setdefault("slug", []).append(TAKEN % text.slug)
    if article and article.slug != text.slug and _was_shown(article):
        found.setdefault("slug", []).append(
            _("Readers know this article as “%s”; a published address stays.") % article.slug
        )
    if text.translation_of and not _may_translate(text.translation_of, article):
        found.setdefault("translation_of", []).append(
            _("Choose another article, one that is not itself a translation of this one.")
        )
    if found:
        raise ValidationError(found)
    return text


def _of_others(text: ArticleText, article: Article | None) -> set[str]:
    """The uids in the text under which another article has a section, or showed one."""
    uids = [section.uid for section in text.sections if section.uid]
    own = article and article.pk
    drafted = Section.objects.filter(uid__in=uids).exclude(article=own)
    shown = PublishedSection.objects.filter(uid__in=uids).exclude(article__article=own)
    rows = drafted.order_by().values_list("uid").union(shown.order_by().values_list("uid"))
    return {uid for (uid,) in rows}


TAKEN = gettext_lazy("Another article has the address “%s”. Choose another.")


@contextmanager
def _one_with_the_address(slug: str) -> Iterator[None]:
    """Say so where another save took the address after it was looked for."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise ValidationError({"slug": TAKEN % slug}) from None


def _was_shown(article: Article) -> bool:
    return Publication.objects.filter(article=article).exists()


def _may_translate(uid: str, article: Article | None) -> bool:
    other = Article.objects.filter(uid=uid).first()
    return other is not None and (
        article is None or article.pk not in (other.pk, other.translation_of_id)
    )


def _write(article: Article, text: ArticleText, now: ArticleState, placing: Placing) -> None:
    """The text and its claims into the tables. Rows that do not change are not touched."""
    was = {claim.uid: (s.uid, claim) for s in now.sections for claim in s.claims}
    changed = {
        uid: [claim for claim in claims if not _stays(uid, claim, was.get(claim.uid))]
        for uid, claims in placing.sections.items()
    }
    moving = [claim.uid for claims in changed.values() for claim in claims if claim.uid in was]
    tables.take_out(article, [*placing.ended, *moving])
    with nullcontext() if text.slug == article.slug else _one_with_the_address(text.slug):
        tables.write_article(article, text)
    sections = tables.write_sections(article, text)
    tables.write_claims(article, sections, changed)


def _stays(section: str, claim: ClaimState, was: tuple[str, ClaimState] | None) -> bool:
    if was is None:
        return False
    there, before = was
    return there == section and all(
        getattr(before, name) == getattr(claim, name) for name in tables.WRITTEN
    )
