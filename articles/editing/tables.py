"""Texts and claims into the live tables, in few statements whatever the number of sections."""

from collections.abc import Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify
from taggit.models import Tag, TaggedItem

from articles.history.rules import folded
from articles.history.state import ArticleText, ClaimState
from articles.models import Article, Claim, Section, Source

# Sections move by way of places that nobody uses, since each statement meets the unique constraint.
ASIDE = 1_000_000
# What a claim's row says of its words and their place.
WRITTEN = ["start", "end", "text", "origin", "writer", "begun", "changed", "words", "around"]


def write_article(article: Article, text: ArticleText) -> None:
    article.title, article.slug, article.language = text.title, text.slug, text.language
    article.see_also = list(text.see_also)
    article.translation_of = (
        Article.objects.get(uid=text.translation_of) if text.translation_of else None
    )
    article.save(update_fields=["title", "slug", "language", "see_also", "translation_of"])


def write_sections(article: Article, text: ArticleText) -> dict[str, Section]:
    """Make the article's sections what the text says, tags included; return them by uid.

    Claims of sections that go must have been taken out before.
    """
    there = {section.uid: section for section in article.sections.all()}
    wanted = {section.uid for section in text.sections}
    article.sections.exclude(uid__in=wanted).delete()
    new, changed, moving = [], [], []
    for position, section in enumerate(text.sections, start=1):
        row = there.get(section.uid) or Section(uid=section.uid, article=article)
        values = (position, section.level, section.heading, section.body)
        before = (row.position, row.level, row.heading, row.body)
        if row.pk and (row.position, row.heading) != (position, section.heading):
            moving.append(row.pk)
        row.position, row.level, row.heading, row.body = values
        if row.pk is None:
            new.append(row)
        elif values != before:
            changed.append(row)
        there[section.uid] = row
    if moving:
        Section.objects.filter(pk__in=moving).update(
            position=F("position") + ASIDE, heading=F("uid")
        )
    # A heading-less row must wait until no other is without one.
    Section.objects.bulk_update(changed, ["position", "level", "heading", "body"], batch_size=100)
    Section.objects.bulk_create(new, batch_size=100)
    sections = {uid: there[uid] for uid in wanted}
    write_tags({sections[s.uid].pk: s.tags for s in text.sections})
    return sections


def write_tags(wanted: dict[int, Sequence[str]]) -> None:
    """Give sections (by primary key) exactly these tags."""
    content_type = ContentType.objects.get_for_model(Section)
    items = TaggedItem.objects.filter(content_type=content_type, object_id__in=wanted)
    there = {(item.object_id, folded(item.tag.name)): item for item in items.select_related("tag")}
    keys = {(pk, folded(name)) for pk, names in wanted.items() for name in names}
    missing = keys - there.keys()
    gone = [item.pk for key, item in there.items() if key not in keys]
    if gone:
        TaggedItem.objects.filter(pk__in=gone).delete()
    if missing:
        every = [name for tags in wanted.values() for name in tags]
        names = {folded(name): name for name in reversed(every)}  # the first spelling
        tags = tags_named(names[key] for key in {key for _pk, key in missing})
        TaggedItem.objects.bulk_create(
            TaggedItem(content_type=content_type, object_id=pk, tag=tags[key])
            for pk, key in sorted(missing)
        )


def tags_named(names: Iterable[str]) -> dict[str, Tag]:
    """The tags by their folded names, made where they are missing.

    taggit's own look-up folds only ASCII on SQLite: “Été” and “été” would be two.
    """
    found: dict[str, Tag] = {}
    # In one order everywhere, or two savers of two articles could wait for each other.
    for name in sorted(names):
        slug = slugify(name, allow_unicode=True) or "tag"
        alike = Tag.objects.filter(slug__startswith=slug)
        tag = next((tag for tag in alike if folded(tag.name) == folded(name)), None)
        found[folded(name)] = tag or _new_tag(name)
    return found


def _new_tag(name: str) -> Tag:
    """The tag, made here or by whoever saved another article with it at the same moment."""
    try:
        with transaction.atomic():
            return Tag.objects.create(name=name)
    except IntegrityError:
        return Tag.objects.get(name=name)


def hold_sources(pks: Iterable[int]) -> None:
    """Keep sources that are about to be cited from being corrected until the transaction ends.

    A correction makes a revision in each article that cites the source by then; PostgreSQL checks
    a citation's reference only at the end. All of a transaction at once, in one order everywhere.
    """
    list(Source.objects.order_by("pk").select_for_update().filter(pk__in=set(pks)).values("pk"))


def take_out(article: Article, uids: Iterable[str]) -> None:
    """Claims lose their place; their verdicts and citations stay."""
    uids = list(uids)
    if uids:
        Claim.objects.filter(article=article, uid__in=uids).update(
            section=None, start=None, end=None
        )


def write_claims(
    article: Article, sections: dict[str, Section], placed: dict[str, Sequence[ClaimState]]
) -> None:
    """Put claims where they stand now, by section uid; those that move must have been taken out."""
    states = {claim.uid: (uid, claim) for uid, claims in placed.items() for claim in claims}
    rows = {row.uid: row for row in Claim.objects.filter(article=article, uid__in=states.keys())}
    new = []
    for uid, (section, state) in states.items():
        row = rows.get(uid)
        if row is None:
            row = Claim(uid=uid, article=article)
            new.append(row)
        row.section = sections[section]
        for name in WRITTEN:
            setattr(row, name, getattr(state, name))
    Claim.objects.bulk_update(rows.values(), ["section", *WRITTEN], batch_size=100)
    Claim.objects.bulk_create(new, batch_size=500)
