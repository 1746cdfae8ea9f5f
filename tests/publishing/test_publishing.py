from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from articles import editing, publishing
from articles.history.store import head
from articles.history.verify import verify
from articles.models import (
    Publication,
    PublishedArticle,
    PublishedClaim,
    PublishedSection,
    PublishedSource,
    PublishedTag,
)
from tests.factories import EditorFactory, SourceFactory, article, claim_of

pytestmark = pytest.mark.django_db


def edit(made, change):
    made.refresh_from_db()
    text = change(editing.article_text(made))
    return editing.save_article(made, text, base=head(made).hash, by=None)


def row(made):
    return PublishedArticle.objects.get(article=made)


def test_a_draft_is_nowhere_among_what_readers_find():
    article(see_also=["Elsewhere"], tags={"First": ["Mali"]})

    for model in (PublishedArticle, PublishedSection, PublishedClaim, PublishedTag):
        assert not model.objects.exists()


def test_publishing_shows_the_head_and_logs_it():
    made, editor = article(tags={"First": ["Mali"]}), EditorFactory()

    entry = publishing.publish(made, by=editor)

    assert (entry.number, entry.act, entry.author, entry.responsible) == (
        1,
        "published",
        editor.username,
        "",
    )
    assert (row(made).number, row(made).hash) == (1, head(made).hash)
    assert (row(made).origin, row(made).reviewed, row(made).tally) == (
        "ai",
        "none",
        [["none", "", False, 5]],
    )
    assert list(PublishedSection.objects.values_list("anchor", flat=True)) == [
        "introduction",
        "first",
        "second",
    ]
    assert list(PublishedTag.objects.values_list("name", "slug", "section__heading")) == [
        ("Mali", "mali", "First")
    ]
    assert PublishedClaim.objects.filter(current=True, number=1).count() == 5


def test_an_edit_shows_only_when_it_is_published():
    made = article()
    publishing.publish(made, by=None)

    edit(made, lambda text: replace(text, title="Another"))
    assert row(made).title == "Two sections"

    publishing.publish(made, by=None)
    assert (row(made).title, row(made).number, row(made).previous) == ("Another", 2, 1)


def test_the_log_counts_what_changed_for_readers():
    made, editor = article(), EditorFactory()
    publishing.publish(made, by=None)
    claim = claim_of(made, "15,209")
    editing.review_claim(
        claim,
        read=claim.text,
        paragraph=editing.paragraph_of(claim).replace("15,209", "15,290"),
        verdicts=[editing.VerdictGiven("supported")],
        citations=[editing.CitationGiven(SourceFactory())],
        by=editor,
    )

    entry = publishing.publish(made, by=editor, note="The figure was wrong.")

    assert entry.changes == {
        "words_added": 1,
        "words_removed": 1,
        "sentences_changed": 1,
        "verdicts_human": 1,
        "citations_added": 1,
        "sources_added": 1,
    }
    assert row(made).correction == "The figure was wrong."
    assert row(made).corrected_at == entry.created_at


def test_a_correction_stays_known_after_a_publication_without_one():
    made = article()
    first = publishing.publish(made, by=None, note="A figure was wrong.")

    publishing.publish(made, by=None)

    assert row(made).correction == "A figure was wrong."
    assert row(made).corrected_at == first.created_at


def test_a_signature_stands_for_one_publication():
    made = article()
    publishing.publish(made, by=None, responsible="Ed Itor")
    assert row(made).responsible == "Ed Itor"

    publishing.publish(made, by=None)

    assert row(made).responsible == ""


def test_a_note_that_is_too_long_publishes_nothing():
    made = article()

    with pytest.raises(ValidationError):
        publishing.publish(made, by=None, note="x" * 1001)

    assert not Publication.objects.exists()


def test_a_withdrawn_article_is_hidden_and_says_why():
    made, editor = article(), EditorFactory()
    publishing.publish(made, by=editor)

    entry = publishing.withdraw(made, by=editor, reason="The source was retracted.")

    assert (entry.number, entry.act, entry.note) == (2, "withdrawn", "The source was retracted.")
    assert row(made).withdrawn
    assert not PublishedArticle.objects.shown().exists()
    assert not PublishedSection.objects.exists()
    assert not PublishedClaim.objects.filter(current=True).exists()


def test_a_withdrawn_article_can_be_published_again():
    made = article()
    publishing.publish(made, by=None)
    publishing.withdraw(made, by=None, reason="A doubt.")

    publishing.publish(made, by=None)

    assert not row(made).withdrawn
    assert PublishedClaim.objects.filter(current=True).count() == 5


@pytest.mark.parametrize("reason", ["", "   "])
def test_withdrawing_needs_a_reason(reason):
    made = article()
    publishing.publish(made, by=None)

    with pytest.raises(ValidationError):
        publishing.withdraw(made, by=None, reason=reason)


def test_what_readers_do_not_see_cannot_be_withdrawn():
    with pytest.raises(ValidationError):
        publishing.withdraw(article(), by=None, reason="A doubt.")


def test_a_claim_that_ended_keeps_the_revision_that_last_showed_it():
    made = article()
    uid = claim_of(made, "never left").uid
    publishing.publish(made, by=None)

    def shorten(text):
        opening, first, second = text.sections
        return replace(text, sections=(opening, replace(first, body="It had 15,209 men."), second))

    edit(made, shorten)
    publishing.publish(made, by=None)

    ended = PublishedClaim.objects.get(uid=uid)
    assert (ended.current, ended.number) == (False, 1)


def test_pages_that_name_an_article_grow_a_version_when_it_appears_and_goes():
    naming = article(slug="naming", see_also=["Élections au Mali"])
    bystander = article(slug="bystander")
    for made in (naming, bystander):
        publishing.publish(made, by=None)
    named = article("# élections au mali\n\nThey were held in July.", slug="named")

    publishing.publish(named, by=None)
    assert (row(naming).version, row(bystander).version) == (2, 1)

    publishing.withdraw(named, by=None, reason="A doubt.")
    assert (row(naming).version, row(bystander).version) == (3, 1)


def test_sources_say_what_the_published_revision_says():
    made, source = article(), SourceFactory(title="Before")
    claim = claim_of(made, "15,209")
    editing.review_claim(claim, read=claim.text, citations=[editing.CitationGiven(source)], by=None)
    publishing.publish(made, by=None)

    source.title = "After"
    editing.save_source(source, by=None)

    assert PublishedSource.objects.get().title == "Before"
    publishing.publish(made, by=None)
    assert PublishedSource.objects.get().title == "After"


def test_pending_says_what_readers_would_see_change():
    made = article()
    assert publishing.pending(made) is None
    publishing.publish(made, by=None)
    assert not publishing.pending(made)

    edit(made, lambda text: replace(text, title="Another"))

    assert publishing.pending(made).title is not None


def test_the_log_of_several_articles_is_one_chain():
    made = [article(slug=slug) for slug in ("one", "two", "three")]
    for one in (*made, made[0]):
        publishing.publish(one, by=None)

    assert [e.number for e in Publication.objects.order_by("number")] == [1, 2, 3, 4]
    assert verify().findings == []
