from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from articles import editing
from articles.history.store import head, load
from articles.models import Citation, Claim, Revision, Verdict
from tests.factories import EditorFactory, SourceFactory, article, claim_of

pytestmark = pytest.mark.django_db


def state(made):
    made.refresh_from_db()
    return load(head(made))


def test_a_verdict_is_a_revision_and_says_who_judged_what():
    made, editor = article(), EditorFactory()
    claim = claim_of(made, "15,209")

    revision = editing.judge(
        claim,
        read=claim.text,
        rating="supported",
        note="Read in the fact sheet.",
        as_of="2017-06",
        recheck_by=date(2027, 1, 1),
        by=editor,
    )

    assert (revision.number, revision.act, revision.author) == (2, "verdict", editor.username)
    judged = state(made).claim(claim.uid)
    assert judged.reviewed
    assert judged.verdict.judged_text == "The force had 15,209 members in 2017."
    assert judged.verdict.as_of == "2017-06"
    assert judged.verdict.recheck_by == date(2027, 1, 1)


def test_a_verdict_by_nobody_is_a_machines_suggestion():
    made = article()
    claim = claim_of(made, "15,209")

    editing.judge(claim, read=claim.text, rating="supported", by=None)

    assert state(made).claim(claim.uid).by == "machine"
    assert not state(made).claim(claim.uid).reviewed


def test_a_verdict_on_words_that_no_longer_stand_is_refused():
    made = article()
    claim = claim_of(made, "15,209")
    editing.review_claim(
        claim, read=claim.text, paragraph="The force had 15,290 members in 2017.", by=None
    )

    with pytest.raises(editing.ReadOtherwise) as caught:
        editing.judge(claim, read=claim.text, rating="supported", by=EditorFactory())

    assert "15,209" in caught.value.read
    assert "15,290" in caught.value.now
    assert Verdict.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"rating": "true"}, "rating"),
        ({"rating": "supported", "as_of": "June"}, "as_of"),
        ({"rating": "supported", "as_of": "2017-13"}, "as_of"),
        ({"rating": "supported", "note": "x" * 5001}, "note"),
    ],
)
def test_a_faulty_verdict_changes_nothing(values, field):
    made = article()
    claim = claim_of(made, "15,209")

    with pytest.raises(ValidationError) as caught:
        editing.judge(claim, read=claim.text, by=None, **values)

    assert list(caught.value.message_dict) == [field]
    assert Revision.objects.count() == 1


def test_what_was_claimed_by_nobody_is_not_judged():
    made = article()
    claim = claim_of(made, "15,209")
    given = editing.VerdictGiven("refuted", claimed="It spied.")

    with pytest.raises(ValidationError) as caught:
        editing.review_claim(claim, read=claim.text, verdicts=[given], by=EditorFactory())

    assert caught.value.messages == ["Say also whose claim it is, or leave both fields empty."]
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("suggested", [True, False])
def test_a_verdict_said_again_is_on_the_same_claimants_words(suggested):
    made, editor = article(), EditorFactory()
    claim = claim_of(made, "15,209")
    given = editing.VerdictGiven(
        "refuted", claimant=" The government ", claimed=" It has no members "
    )
    editing.review_claim(claim, read=claim.text, verdicts=[given], by=None if suggested else editor)
    if not suggested:
        claim = reworded(made, claim)

    editing.reaffirm(claim, read=claim.text, by=editor)

    first, again = state(made).claim(claim.uid).verdicts
    assert again.reaffirms == first.uid
    assert [(v.claimant, v.claimed) for v in (first, again)] == [
        ("The government", "It has no members")
    ] * 2


def test_the_paragraph_of_a_claim_holds_its_neighbours_too():
    made = article()

    assert editing.paragraph_of(claim_of(made, "15,209")) == (
        "The force had 15,209 members in 2017. It never left the capital."
    )


def test_a_sentence_is_corrected_judged_and_cited_in_one_revision():
    made, editor = article(), EditorFactory()
    claim = claim_of(made, "15,209")

    saved = editing.review_claim(
        claim,
        read=claim.text,
        paragraph=editing.paragraph_of(claim).replace("15,209", "15,290"),
        verdicts=[editing.VerdictGiven("supported")],
        citations=[editing.CitationGiven(SourceFactory(), quote="15,290 staff")],
        by=editor,
    )

    assert saved.revision.number == 2
    corrected = state(made).claim(claim.uid)
    assert corrected.text == "The force had 15,290 members in 2017."
    assert corrected.reviewed  # the verdict is on the words that its judge typed
    assert [c.quote for c in corrected.citations] == ["15,290 staff"]


def test_a_sentence_that_is_corrected_beyond_recognition_keeps_its_claim():
    made = article()
    claim = claim_of(made, "15,209")

    saved = editing.review_claim(
        claim,
        read=claim.text,
        paragraph="Nobody ever counted the troops on the ground. It never left the capital.",
        verdicts=[editing.VerdictGiven("supported")],
        by=EditorFactory(),
    )

    assert (saved.ended, saved.begun) == ((), ())
    assert state(made).claim(claim.uid).text == "Nobody ever counted the troops on the ground."


def test_a_verdict_on_a_sentence_that_the_same_form_takes_out_is_refused():
    made = article()
    claim = claim_of(made, "15,209")

    with pytest.raises(ValidationError, match="nothing to judge"):
        editing.review_claim(
            claim,
            read=claim.text,
            paragraph="It never left the capital.",
            verdicts=[editing.VerdictGiven("supported")],
            by=None,
        )

    assert Claim.objects.standing().count() == 5


def test_citations_are_replaced_as_a_list_and_keep_their_identity():
    made, source = article(), SourceFactory()
    claim = claim_of(made, "15,209")
    given = [editing.CitationGiven(source, quote=quote) for quote in ("one", "two", "three")]
    editing.review_claim(claim, read=claim.text, citations=given, by=None)
    one, _two, three = Citation.objects.all()

    editing.review_claim(
        claim,
        read=claim.text,
        citations=[
            editing.CitationGiven(source, quote="three!", uid=three.uid),
            editing.CitationGiven(source, quote="one", uid=one.uid),
            editing.CitationGiven(source, quote="four"),
        ],
        by=None,
    )

    cited = state(made).claim(claim.uid).citations
    assert [c.quote for c in cited] == ["three!", "one", "four"]
    assert [c.uid for c in cited[:2]] == [three.uid, one.uid]


def test_several_claims_are_reviewed_in_one_revision():
    made = article()
    claims = [claim_of(made, "15,209"), claim_of(made, "nine months")]

    editing.review_claims(
        made,
        [
            editing.ClaimReview(claim, claim.text, [editing.VerdictGiven("outdated")])
            for claim in claims
        ],
        by=EditorFactory(),
        summary="Evidence",
        suggested=True,
    )

    assert made.revisions.count() == 2
    assert [state(made).claim(c.uid).by for c in claims] == ["machine", "machine"]


def test_a_source_that_changes_makes_a_revision_in_each_article_that_cites_it():
    source, editor = SourceFactory(), EditorFactory()
    citing = [article(slug="one"), article(slug="two")]
    article(slug="bystander")
    for made in citing:
        claim = claim_of(made, "15,209")
        editing.review_claim(
            claim, read=claim.text, citations=[editing.CitationGiven(source)], by=None
        )

    source.title = "Fact sheet, corrected"
    editing.save_source(source, by=editor)

    assert list(
        Revision.objects.filter(act="source").values_list("article__slug", "number", "author")
    ) == [("one", 3, editor.username), ("two", 3, editor.username)]
    assert state(citing[0]).sources[0].title == "Fact sheet, corrected"


def test_a_source_that_nobody_cites_makes_no_revision():
    article()

    editing.save_source(SourceFactory.build(), by=None)

    assert Revision.objects.count() == 1


def test_the_database_and_the_values_agree_on_the_verdict_in_force():
    made, editor = article(), EditorFactory()
    claim = claim_of(made, "15,209")
    corrected = "The force had 15,290 members in 2017. It never left the capital."
    for rating, by in [("supported", editor), ("refuted", None), ("disputed", editor)]:
        editing.judge(claim, read=claim.text, rating=rating, by=by)
    editing.review_claim(claim, read=claim.text, paragraph=corrected, by=None)
    for rating in ("outdated", "unverified"):
        claim.refresh_from_db()
        expected = state(made).claim(claim.uid).verdict
        row = Claim.objects.with_current_verdict().get(pk=claim.pk)
        assert (row.rating, row.judged_text, row.judge) == (
            expected.rating,
            expected.judged_text,
            expected.editor,
        )
        editing.judge(claim, read=claim.text, rating=rating, by=None)
    editing.dismiss(claim, read=claim.text, by=editor)
    expected = state(made).claim(claim.uid).verdict
    assert Claim.objects.with_current_verdict().get(pk=claim.pk).rating == expected.rating


def reworded(made, claim):
    """The claim after a comma was added under its verdict."""
    editing.review_claim(
        claim,
        read=claim.text,
        paragraph=editing.paragraph_of(claim).replace("members in", "members, in"),
        by=None,
    )
    claim.refresh_from_db()
    return claim


def test_an_editor_says_a_verdict_again_of_the_reworded_sentence():
    made, editor = article(), EditorFactory()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", note="Seen.", by=editor)
    first = state(made).claim(claim.uid).verdict
    claim = reworded(made, claim)
    assert state(made).claim(claim.uid).stale

    saved = editing.reaffirm(claim, read=claim.text, by=editor)

    again = state(made).claim(claim.uid).verdict
    assert saved.revision.number == 4
    assert (again.rating, again.note, again.reaffirms) == ("supported", "Seen.", first.uid)
    assert state(made).claim(claim.uid).reviewed


def test_a_verdict_on_these_very_words_is_not_said_again():
    made = article()
    claim, editor = claim_of(made, "15,209"), EditorFactory()
    editing.judge(claim, read=claim.text, rating="supported", by=editor)

    with pytest.raises(ValidationError):
        editing.reaffirm(claim, read=claim.text, by=editor)


def test_a_confirmed_suggestion_counts_as_the_editors_own_verdict():
    made, editor = article(), EditorFactory()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", note="Seen.", by=None)
    (suggested,) = state(made).claim(claim.uid).verdicts

    editing.reaffirm(claim, read=claim.text, by=editor, pace=editing.Pace(14, True))

    confirmed = state(made).claim(claim.uid).verdict
    assert (confirmed.rating, confirmed.note, confirmed.editor, confirmed.reaffirms) == (
        "supported",
        "Seen.",
        editor.username,
        suggested.uid,
    )
    assert (confirmed.seconds, confirmed.source_opened) == (14, True)
    assert state(made).claim(claim.uid).reviewed


def test_a_dismissed_suggestion_no_longer_speaks():
    made, editor = article(), EditorFactory()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="refuted", by=None)

    editing.dismiss(claim, read=claim.text, note="It counts another year.", by=editor)

    found = state(made).claim(claim.uid)
    assert (found.verdict, found.rating, found.by, len(found.verdicts)) == (None, "none", "", 2)
    row = Claim.objects.with_current_verdict().get(pk=claim.pk)
    assert (row.in_force, row.rating) == (None, None)
    with pytest.raises(ValidationError):
        editing.dismiss(claim, read=claim.text, by=editor)


def test_a_persons_verdict_cannot_be_dismissed():
    made, editor = article(), EditorFactory()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="refuted", by=editor)

    with pytest.raises(ValidationError):
        editing.dismiss(claim, read=claim.text, by=EditorFactory())


def test_a_narrowed_claim_needs_a_new_verdict_and_the_rest_a_first_one():
    made, editor = article(), EditorFactory()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=editor)

    saved = editing.recut(claim, read=claim.text, words="had 15,209 members in 2017.", by=editor)

    found = state(made).claim(claim.uid)
    assert (found.text, found.around) == (
        "had 15,209 members in 2017.",
        "The force had 15,209 members in 2017.",
    )
    assert found.stale
    assert saved.revision.act == "extent"
    row = Claim.objects.with_current_verdict().stale().get()
    assert row.uid == claim.uid


def test_a_verdict_on_a_part_goes_stale_with_the_sentence_around_it():
    made, editor = article(), EditorFactory()
    claim = claim_of(made, "15,209")
    editing.recut(claim, read=claim.text, words="15,209 members in 2017.", by=editor)
    claim.refresh_from_db()
    editing.judge(claim, read=claim.text, rating="supported", by=editor)
    assert state(made).claim(claim.uid).reviewed

    editing.review_claim(
        claim,
        read=claim.text,
        paragraph=editing.paragraph_of(claim).replace("The force", "No force"),
        by=editor,
    )

    found = state(made).claim(claim.uid)
    assert (found.text, found.stale) == ("15,209 members in 2017.", True)
    assert [c.uid for c in Claim.objects.with_current_verdict().stale()] == [claim.uid]


def test_a_claim_widened_over_its_neighbour_ends_that_ones_claim():
    made, editor = article(), EditorFactory()
    claim, neighbour = claim_of(made, "15,209"), claim_of(made, "never left")

    saved = editing.recut(claim, read=claim.text, widen="after", by=editor)

    found = state(made).claim(claim.uid)
    assert found.text == "The force had 15,209 members in 2017. It never left the capital."
    assert saved.ended == (neighbour.uid,)


@pytest.mark.parametrize(
    ("words", "widen"), [("never seen", ""), ("e force had", ""), ("", "before")]
)
def test_words_that_no_claim_can_be_about_are_refused_and_nothing_is_saved(words, widen):
    made = article()
    claim = claim_of(made, "15,209")

    with pytest.raises(ValidationError, match="words"):
        editing.recut(claim, read=claim.text, words=words, widen=widen, by=EditorFactory())

    assert Revision.objects.count() == 1


def test_a_claim_that_ended_goes_on_where_an_editor_says():
    made, editor = article(), EditorFactory()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=editor)
    text = editing.article_text(made)
    rewritten = replace(text.sections[1], body="Troops were many. It never left the capital.")
    saved = editing.save_article(
        made,
        replace(text, sections=(text.sections[0], rewritten, text.sections[2])),
        base=head(made).hash,
        by=editor,
    )
    assert saved.ended == (claim.uid,)
    new = Claim.objects.get(uid=saved.begun[0])

    editing.attach(Claim.objects.get(uid=claim.uid), to=new, read=new.text, by=editor)

    attached = state(made).claim(claim.uid)
    assert attached.text == "Troops were many."
    assert attached.stale
    assert state(made).claim(new.uid) is None
    with pytest.raises(ValidationError):
        editing.attach(Claim.objects.get(uid=claim.uid), to=new, read=new.text, by=editor)


def test_a_claim_is_not_attached_over_another_ones_record():
    made = article()
    claim, other = claim_of(made, "15,209"), claim_of(made, "nine months")
    editing.review_claim(claim, read=claim.text, paragraph="It never left the capital.", by=None)
    editing.judge(other, read=other.text, rating="supported", by=None)

    with pytest.raises(ValidationError, match="record of its own"):
        editing.attach(Claim.objects.get(pk=claim.pk), to=other, read=other.text, by=None)
