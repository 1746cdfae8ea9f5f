"""What holds for any history: it comes back as it was, and a changed byte shows."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import editing, publishing
from articles.history import guards
from articles.history.capture import capture
from articles.history.state import ArticleText, SectionText
from articles.history.store import head, load
from articles.history.verify import verify
from articles.models import Article, Blob, Claim, Publication, Revision, Verdict
from tests.factories import EditorFactory, SourceFactory, article, claim_of

# Few, so that sentences repeat, move and come back.
SENTENCES = [
    "The well was dug in 2014.",
    "The pump *failed* a year later.",
    "Nobody had expected that.",
    "M. Keïta counted 15,209 people.",
    "- one item of a list\n- and another of it",
]
SECTIONS = st.lists(
    st.tuples(
        st.sampled_from(["Wells", "Pumps", "Été", "Count"]),
        st.integers(2, 4),
        st.lists(st.sampled_from(SENTENCES), max_size=4).map("\n\n".join),
        st.sets(st.sampled_from(["Mali", "Sahel", "été"]), max_size=2),
    ),
    max_size=4,
)


def rewritten(text: ArticleText, sections: list[tuple]) -> ArticleText:
    """The text with these sections; those at the same place are the same ones."""
    uids = [section.uid for section in text.sections] + [""] * len(sections)
    return replace(
        text,
        sections=tuple(
            SectionText(uid, level, heading, body, tuple(sorted(tags)))
            for uid, (heading, level, body, tags) in zip(uids, sections, strict=False)
        ),
    )


def judge_all(made: Article) -> None:
    source = SourceFactory()
    for claim in Claim.objects.standing().filter(article=made)[:2]:
        editing.review_claim(
            claim,
            read=claim.text,
            verdicts=[editing.VerdictGiven("outdated", note="Read in 2023.")],
            citations=[editing.CitationGiven(source, quote=claim.text)],
            by=None,
        )


@settings(max_examples=25)
@given(texts=st.lists(SECTIONS, min_size=2, max_size=4), data=st.data())
@pytest.mark.django_db
def test_each_revision_comes_back_as_it_was(texts, data):
    """Whatever is saved, judged and restored: the tables say what the head says."""
    with transaction.atomic():
        made = article()
        was = {1: capture(made)}
        for sections in texts:
            made.refresh_from_db()
            text = rewritten(editing.article_text(made), sections)
            editing.save_article(made, text, base=head(made).hash, by=None)
            judge_all(made)
            made.refresh_from_db()
            was[made.latest] = capture(made)
        chosen = data.draw(st.sampled_from(sorted(was)))
        editing.restore(made, Revision.objects.get(article=made, number=chosen), by=None)
        made.refresh_from_db()

        stored = {n: load(Revision.objects.get(article=made, number=n)) for n in was}
        restored = load(head(made))
        assert stored == was
        assert capture(made) == restored
        assert restored.text == was[chosen].text
        assert cited(restored) == cited(was[chosen])
        assert verify(made.slug).findings == []
        transaction.set_rollback(True)


def cited(state) -> dict[str, tuple]:
    return {claim.uid: claim.citations for claim in state.claims()}


@pytest.fixture
def unguarded(db):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can be told to overlook its constraints")
    made, editor = article(), EditorFactory()
    publishing.publish(made, by=editor, responsible="Editor", note="First.")
    claim = claim_of(made, "15,209")
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[editing.VerdictGiven("supported", "Read.", "2017-06")],
        citations=[editing.CitationGiven(SourceFactory(), quote="15,209 staff", locator="p. 3")],
        by=editor,
        summary="Judged and cited",
    )
    publishing.publish(made, by=editor, note="A figure was checked.")
    guards.remove(connection)


TEXTS = [
    (model, field.name)
    for model in (Blob, Revision, Publication, Verdict)
    for field in model._meta.concrete_fields
    if field.get_internal_type() in ("CharField", "TextField") and field.name != "sha256"
]


# Each example puts back what it changed.
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_single_changed_byte_is_found(unguarded, data):
    model, column = data.draw(st.sampled_from(TEXTS))
    rows = model._meta.base_manager.order_by("pk").exclude(**{column: ""})
    texts = dict(rows.values_list("pk", column))
    if not texts:
        return
    pk = data.draw(st.sampled_from(sorted(texts)))
    place = data.draw(st.integers(0, len(texts[pk]) - 1))
    other = data.draw(st.characters(codec="utf-8", exclude_characters="\0" + texts[pk][place]))
    changed = texts[pk][:place] + other + texts[pk][place + 1 :]
    table, key = model._meta.db_table, model._meta.pk.column

    kept = transaction.savepoint()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = on")
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [changed, pk])
    found = verify().findings
    transaction.savepoint_rollback(kept)

    assert found
