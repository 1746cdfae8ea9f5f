"""The desk as plain pages: what a person does there without a script."""

import time
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from articles import editing, publishing
from articles.history.capture import capture
from articles.models import Article, Claim, Revision, Source, Verdict
from tests.admin.forms import fields_of
from tests.factories import EditorFactory, SourceFactory, UserFactory, article, claim_of


def desk(made, claim=None, **asked):
    address = reverse("admin:articles_article_desk", args=[made.pk])
    asked |= {"claim": claim.uid} if claim else {}
    return f"{address}?{urlencode(asked)}"


def act(client, address, having, **values):
    """Send the form of the page that has this field."""
    fields = fields_of(client.get(address), having)
    return client.post(address, fields | values)


def suggested(made, words="15,209", **values):
    claim = claim_of(made, words)
    editing.judge(claim, read=claim.text, rating="supported", note="Seen.", by=None, **values)
    return claim


def in_force(claim):
    return capture(claim.article).claim(claim.uid).verdict


def test_the_desk_opens_with_the_first_claim_that_waits(client, editor):
    made = article()
    first, second = claim_of(made, "An opening"), claim_of(made, "15,209")
    editing.judge(first, read=first.text, rating="supported", by=editor)

    page = client.get(desk(made)).content.decode()

    assert f'data-claim-uid="{second.uid}"' in page
    assert "<b>1 of 5</b> judged by a person" in page


def test_a_verdict_is_on_the_words_that_were_read_and_leads_to_the_next_claim(client, editor):
    made = article()
    claim, after = claim_of(made, "15,209"), claim_of(made, "never left")

    answer = act(
        client,
        desk(made, claim),
        "note",
        rating="outdated",
        note="Seen.",
        as_of="2017-06",
        recheck_by="2027-01-31",
    )

    assert answer.status_code == 302
    assert f"claim={after.uid}" in answer["Location"]
    given = in_force(claim)
    assert (given.rating, given.note, given.as_of, str(given.recheck_by), given.editor) == (
        "outdated",
        "Seen.",
        "2017-06",
        "2027-01-31",
        editor.username,
    )


def test_no_verdict_is_chosen_before_a_person_chooses_one(client):
    made = article()
    claim = suggested(made)

    fields = fields_of(client.get(desk(made, claim)), "note")
    answer = client.post(desk(made, claim), fields)

    assert "rating" not in fields
    assert "Choose a verdict." in answer.content.decode()
    assert Verdict.objects.count() == 1


def test_a_verdict_on_words_that_changed_meanwhile_answers_409_and_keeps_the_note(client):
    made = article()
    claim = claim_of(made, "15,209")
    fields = fields_of(client.get(desk(made, claim)), "note")
    paragraph = editing.paragraph_of(claim).replace("15,209", "15,290")
    editing.review_claim(claim, read=claim.text, paragraph=paragraph, by=None)

    answer = client.post(desk(made, claim), fields | {"rating": "supported", "note": "Read it."})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<del>15,209</del><ins>15,290</ins>" in page
    assert "Read it." in page
    assert Verdict.objects.count() == 0
    again = fields_of(answer, "note")
    assert client.post(desk(made, claim), again | {"rating": "supported"}).status_code == 302
    assert Verdict.objects.get().judged_text == "The force had 15,290 members in 2017."


def test_a_suggestion_is_confirmed_only_by_who_has_read_the_source(client, editor):
    made = article()
    claim = suggested(made)

    unread = act(client, desk(made, claim), "note", act="confirm")
    assert "Read the source" in unread.content.decode()
    assert in_force(claim).by == "machine"

    answer = act(client, desk(made, claim), "note", act="confirm", source_read="on")

    assert answer.status_code == 302
    assert (in_force(claim).editor, in_force(claim).note) == (editor.username, "Seen.")


def test_a_dismissed_suggestion_leaves_a_claim_that_nobody_judged(client):
    made = article()
    claim = suggested(made)

    act(client, desk(made, claim), "why", why="Another year.")

    assert in_force(claim) is None
    page = client.get(desk(made, claim)).content.decode()
    assert "Nobody has judged it" in page
    assert "Suggestion dismissed" in page
    assert "Another year." in page


def test_starting_from_what_stands_fills_the_form_and_records_nothing(client):
    made = article()
    claim = suggested(made, as_of="2017")

    page = client.get(desk(made, claim, start="1"))

    fields = fields_of(page, "note")
    assert (fields["rating"], fields["note"], fields["as_of"]) == ("supported", "Seen.", "2017")
    assert in_force(claim).by == "machine"


def test_a_verdict_on_what_somebody_claimed_is_given_confirmed_and_started_from(client, editor):
    made = article()
    claim = claim_of(made, "15,209")
    given = editing.VerdictGiven("refuted", claimant="The government", claimed="It has <none>")
    editing.review_claim(claim, read=claim.text, verdicts=[given], by=None)

    page = client.get(desk(made, claim)).content.decode()
    assert '<details class="fold" id="whose">' in page
    assert "The government</span> claimed: “<span" in page
    fields = fields_of(client.get(desk(made, claim, start="1")), "note")
    assert (fields["claimant"], fields["claimed"]) == ("The government", "It has <none>")
    act(client, desk(made, claim), "note", act="confirm", source_read="on")
    confirmed = in_force(claim)
    act(client, desk(made, claim), "note", rating="disputed", claimant="The separatists")

    assert (confirmed.editor, confirmed.claimant, confirmed.claimed) == (
        editor.username,
        "The government",
        "It has <none>",
    )
    assert (in_force(claim).claimant, in_force(claim).claimed) == ("The separatists", "")


def test_what_nobody_is_said_to_have_claimed_is_asked_about_in_an_open_fold(client):
    made = article()
    claim = claim_of(made, "15,209")

    answer = act(client, desk(made, claim), "note", rating="refuted", claimed="It spied")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<details class="fold" id="whose" open>' in page
    assert "Say also whose claim it is, or leave both fields empty." in page
    assert fields_of(answer, "note")["claimed"] == "It spied"
    assert not Verdict.objects.exists()


def test_a_stale_verdict_is_said_again_of_the_reworded_sentence(client, editor):
    made = article()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=editor)
    paragraph = editing.paragraph_of(claim).replace("members in", "members, in")
    editing.review_claim(claim, read=claim.text, paragraph=paragraph, by=editor)

    page = client.get(desk(made, claim)).content.decode()
    assert "The text changed, so no verdict stands" in page
    assert "<ins>,</ins>" in page
    act(client, desk(made, claim), "reaffirm")

    found = capture(made).claim(claim.uid)
    assert (found.reviewed, found.verdict.reaffirms) == (True, found.verdicts[0].uid)


def test_a_sentence_is_corrected_on_the_spot_and_stays_in_sight(client):
    made = article()
    claim = claim_of(made, "15,209")
    fields = fields_of(client.get(desk(made, claim)), "paragraph")
    corrected = fields["paragraph"].replace("15,209", "15,290")

    answer = client.post(desk(made, claim), fields | {"paragraph": corrected})

    assert f"claim={claim.uid}" in answer["Location"]
    claim.refresh_from_db()
    assert claim.text == "The force had 15,290 members in 2017."


def test_a_paragraph_that_somebody_else_changed_is_shown_before_it_is_overwritten(client):
    made = article()
    claim, neighbour = claim_of(made, "15,209"), claim_of(made, "never left")
    fields = fields_of(client.get(desk(made, claim)), "paragraph")
    theirs = editing.paragraph_of(neighbour).replace("never", "rarely")
    editing.review_claim(neighbour, read=neighbour.text, paragraph=theirs, by=None)
    mine = fields["paragraph"].replace("15,209", "15,290")

    answer = client.post(desk(made, claim), fields | {"paragraph": mine})

    assert answer.status_code == 409
    assert "<del>never</del><ins>rarely</ins>" in answer.content.decode()
    assert fields_of(answer, "paragraph")["paragraph"] == mine
    assert Revision.objects.count() == 2


def test_a_source_is_found_by_its_words_and_cited(client):
    made, sheet = article(), SourceFactory(title="The sheet of June 2017")
    SourceFactory(title="Another work")
    claim = claim_of(made, "15,209")

    page = client.get(desk(made, claim, find="sheet june"))
    fields = fields_of(page, "quote")
    assert fields["source"] == sheet.uid
    client.post(desk(made, claim), fields | {"quote": "15,209 members", "stance": "supports"})

    (cited,) = claim.citations.all()
    assert (cited.source, cited.quote, Revision.objects.count()) == (sheet, "15,209 members", 2)


def test_a_source_that_nobody_has_stored_is_described_and_cited_in_one_revision(client):
    made = article()
    claim = claim_of(made, "15,209")

    act(
        client,
        desk(made, claim),
        "quote",
        source="",
        title="Fact sheet",
        url="https://example.org/sheet",
        issued="2017-06",
        stance="qualifies",
    )

    (cited,) = claim.citations.all()
    assert (cited.source.title, cited.source.issued, cited.stance) == (
        "Fact sheet",
        "2017-06",
        "qualifies",
    )
    assert Revision.objects.count() == 2


def test_a_citation_without_a_source_is_refused_and_keeps_the_quote(client):
    made = article()
    claim = claim_of(made, "15,209")

    answer = act(client, desk(made, claim), "quote", quote="So it says.", title="")

    assert "describe a new one by its title" in answer.content.decode()
    assert "So it says." in answer.content.decode()
    assert Source.objects.count() == 0


def test_a_citation_is_taken_away(client, editor):
    made = article()
    claim = claim_of(made, "15,209")
    given = [editing.CitationGiven(SourceFactory()), editing.CitationGiven(SourceFactory())]
    editing.review_claim(claim, read=claim.text, citations=given, by=editor)

    act(client, desk(made, claim), "citation")

    assert [c.source for c in claim.citations.all()] == [given[1].source]


def test_a_claim_is_narrowed_to_words_of_its_sentence_and_widened_over_the_next(client):
    made = article()
    claim = claim_of(made, "15,209")

    act(client, desk(made, claim), "words", words="had 15,209 members in 2017.")
    claim.refresh_from_db()
    assert claim.text == "had 15,209 members in 2017."
    assert "Part of:" in client.get(desk(made, claim)).content.decode()

    act(client, desk(made, claim), "words", _after="")
    claim.refresh_from_db()
    assert claim.text == "had 15,209 members in 2017. It never left the capital."


def test_words_that_do_not_stand_there_are_refused_at_the_field(client):
    made = article()
    claim = claim_of(made, "15,209")

    answer = act(client, desk(made, claim), "words", words="had 15,290 members")

    assert "do not stand in the paragraph" in answer.content.decode()
    assert fields_of(answer, "words")["words"] == "had 15,290 members"


def test_several_claims_are_set_apart_in_one_revision(client, editor):
    made = article()
    claims = [claim_of(made, words) for words in ("never left", "Nobody had")]
    address = desk(made, bulk="1")
    fields = fields_of(client.get(address), "base")

    answer = client.post(address, fields | {"apart": [c.uid for c in claims], "why": "Opinion."})

    assert answer.status_code == 302
    assert Revision.objects.count() == 2
    assert [(v.rating, v.note, v.editor) for v in Verdict.objects.all()] == [
        ("not_checkable", "Opinion.", editor.username)
    ] * 2


def test_claims_that_changed_since_they_were_ticked_are_not_set_apart(client):
    made = article()
    claim = claim_of(made, "15,209")
    address = desk(made, bulk="1")
    fields = fields_of(client.get(address), "base")
    paragraph = editing.paragraph_of(claim).replace("15,209", "15,290")
    editing.review_claim(claim, read=claim.text, paragraph=paragraph, by=None)

    answer = client.post(address, fields | {"apart": [claim.uid]})

    assert answer.status_code == 409
    assert Verdict.objects.count() == 0


@pytest.mark.parametrize(("show", "count"), [("none", 4), ("suggested", 1), ("all", 5)])
def test_a_queue_is_chosen_by_its_name(client, show, count):
    made = article()
    suggested(made)

    page = client.get(desk(made, show=show)).content.decode()

    assert page.count('data-aside="true"') == 5 - count


def test_how_long_a_claim_was_looked_at_is_kept_with_the_verdict(client):
    made = article()
    claim = claim_of(made, "15,209")
    moment = time.time()
    with mock.patch("articles.admin.desk.watch.time.time", return_value=moment):
        fields = fields_of(client.get(desk(made, claim)), "note")

    with mock.patch("articles.admin.desk.watch.time.time", return_value=moment + 42):
        client.post(desk(made, claim), fields | {"rating": "supported"})

    assert Verdict.objects.get().seconds == 42
    assert Verdict.objects.get().source_opened is None


@pytest.mark.parametrize("opened", [True, False])
def test_whether_a_source_was_opened_is_kept_with_the_verdict(client, editor, opened):
    made, sheet = article(), SourceFactory(url="https://example.org/sheet")
    claim = claim_of(made, "15,209")
    given = [editing.CitationGiven(sheet)]
    editing.review_claim(claim, read=claim.text, citations=given, by=editor)
    fields = fields_of(client.get(desk(made, claim)), "note")
    if opened:
        link = reverse("admin:articles_article_desk_source", args=[made.pk, sheet.uid])
        assert client.get(f"{link}?claim={claim.uid}")["Location"] == sheet.url

    client.post(desk(made, claim), fields | {"rating": "supported"})

    assert Verdict.objects.get().source_opened is opened


def test_a_forged_time_counts_as_not_seen(client):
    made = article()
    claim = claim_of(made, "15,209")
    fields = fields_of(client.get(desk(made, claim)), "note")

    client.post(desk(made, claim), fields | {"rating": "supported", "shown": "forged"})

    assert Verdict.objects.get().seconds is None


def test_a_run_too_fast_for_reading_is_pointed_out_before_publishing(client, editor):
    made = article()
    publishing.publish(made, by=editor)
    for claim in Claim.objects.standing().filter(article=made):
        act(client, desk(made, claim), "note", rating="supported")

    page = client.get(reverse("admin:articles_article_publish", args=[made.pk])).content.decode()

    assert "You judged 5 sentences in" in page
    other = EditorFactory()
    client.force_login(other)
    page = client.get(reverse("admin:articles_article_publish", args=[made.pk])).content.decode()
    assert "You judged" not in page


def test_what_the_desk_does_not_know_is_refused(client):
    made = article()
    claim = claim_of(made, "15,209")

    assert client.post(desk(made, claim), {"act": "erase"}).status_code == 400
    assert client.post(desk(made), {"act": "judge"}).status_code == 400


def test_the_desk_is_closed_to_those_who_may_not_change_articles(client):
    made = article()
    client.force_login(UserFactory(is_staff=True))

    assert client.get(desk(made)).status_code == 403


def test_the_desk_takes_as_many_queries_for_many_claims_as_for_few(
    client, django_assert_max_num_queries
):
    few = article(slug="few")
    many = article("# Many\n\n" + "The well was dug in 2014. " * 60, slug="many")
    for made in (few, many):
        with django_assert_max_num_queries(20):
            client.get(desk(Article.objects.get(pk=made.pk)))


def test_of_a_very_long_article_one_section_lies_on_the_desk(client):
    body = "The well was dug in 2014. " * 400
    made = article(f"# Long\n\n## One\n\n{body}\n\n## Two\n\n{body}", slug="long")

    page = client.get(desk(made)).content.decode()

    assert page.count('class="mark"') == 400
    assert "Show this section" in page


def test_a_verdict_on_a_part_whose_sentence_changed_meanwhile_answers_409(client, editor):
    made = article()
    claim = claim_of(made, "15,209")
    editing.recut(claim, read=claim.text, words="15,209 members in 2017.", by=editor)
    claim.refresh_from_db()
    fields = fields_of(client.get(desk(made, claim)), "note")
    paragraph = editing.paragraph_of(claim).replace("The force had", "Nobody ever counted")
    editing.review_claim(claim, read=claim.text, paragraph=paragraph, by=editor)

    answer = client.post(desk(made, claim), fields | {"rating": "supported"})

    assert answer.status_code == 409
    assert Verdict.objects.count() == 0


@pytest.mark.parametrize("act", ["confirm", "dismiss"])
def test_a_suggestion_that_came_meanwhile_is_neither_confirmed_nor_dismissed(client, act):
    made = article()
    claim = suggested(made)
    fields = fields_of(client.get(desk(made, claim)), "why")
    editing.judge(claim, read=claim.text, rating="disputed", by=None)

    answer = client.post(desk(made, claim), fields | {"act": act, "source_read": "on"})

    assert answer.status_code == 409
    assert "Another verdict was given meanwhile" in answer.content.decode()
    assert Verdict.objects.exclude(editor="").count() == 0


def test_what_was_typed_about_a_sentence_that_ended_meanwhile_is_shown_back(client, editor):
    made = article()
    claim = claim_of(made, "never left")
    fields = fields_of(client.get(desk(made, claim)), "note")
    paragraph = editing.paragraph_of(claim).replace(" It never left the capital.", "")
    other = claim_of(made, "15,209")
    editing.review_claim(other, read=other.text, paragraph=paragraph, by=editor)

    typed = {"note": "Seen <there>.", "claimant": "The army", "claimed": "It left"}
    answer = client.post(desk(made, claim), fields | {"rating": "refuted"} | typed)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert [
        said for said in ("Seen &lt;there&gt;.", "The army", "It left") if said not in page
    ] == []


def test_a_neighbour_that_changed_meanwhile_is_not_taken_in_unread(client):
    made = article()
    claim, neighbour = claim_of(made, "15,209"), claim_of(made, "never left")
    fields = fields_of(client.get(desk(made, claim)), "words")
    theirs = editing.paragraph_of(neighbour).replace("never", "rarely")
    editing.review_claim(neighbour, read=neighbour.text, paragraph=theirs, by=None)

    answer = client.post(desk(made, claim), fields | {"_after": ""})

    assert answer.status_code == 409


@pytest.mark.parametrize("words", [".", "The force had 15", "  "])
def test_words_that_say_nothing_or_cut_a_number_are_no_claim(client, words):
    made = article()
    claim = claim_of(made, "15,209")

    answer = act(client, desk(made, claim), "words", words=words)

    assert answer.status_code == 200
    assert Revision.objects.count() == 1


def test_a_search_for_very_many_words_is_answered(client):
    made = article()
    address = desk(made, claim_of(made, "15,209"), find="a " * 1200)

    assert client.get(address).status_code == 200


def test_in_a_very_long_article_several_are_set_apart_section_by_section(client):
    body = "The well was dug in 2014. " * 400
    made = article(f"# Long\n\n## One\n\n{body}\n\n## Two\n\n{body}", slug="long")

    page = client.get(desk(made, bulk="1")).content.decode()

    assert page.count('name="apart"') == 400
    assert "bulk=1" in page.split("Show this section")[0].rpartition("href=")[2]
