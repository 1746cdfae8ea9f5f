"""Two editors who change the same thing: nothing typed is lost, nothing overwritten unseen."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from articles import editing
from articles.models import Revision, Verdict
from tests.admin.forms import fields_of, row_of
from tests.factories import EditorFactory, SourceFactory, article, claim_of


@pytest.fixture
def other(db):
    browser = Client()
    browser.force_login(EditorFactory())
    return browser


def form_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def opened(client, article):
    return fields_of(client.get(form_of(article)), "base")


def with_words(fields, heading, old, new):
    body = row_of(fields, heading) + "-body"
    assert old in fields[body]
    return fields | {body: fields[body].replace(old, new)}


def bodies(article):
    return {s.heading: s.body for s in editing.article_text(article).sections}


def test_the_page_of_a_conflict_holds_all_three_texts_and_saves_again(client, other):
    written = article()
    mine = with_words(opened(client, written), "First", "never left", "once <left>")
    mine = with_words(mine, "Second", "nine months", "ten months")
    theirs = with_words(opened(other, written), "First", "never left", "rarely left")
    other.post(form_of(written), theirs)

    clash = client.post(form_of(written), mine | {"change_summary": "Why", "ai_text": "on"})

    assert clash.status_code == 409
    page = clash.content.decode()
    assert "<del>never</del><ins>rarely</ins>" in page.replace("> <", "><")
    assert "once &lt;left&gt;" in page
    assert "<left>" not in page
    assert "never" not in bodies(written)["First"]
    proposal = fields_of(clash, "base")
    assert proposal["base"] == Revision.objects.get(article=written, number=2).hash
    assert proposal["change_summary"] == "Why"
    assert "ai_text" in proposal
    again = client.post(form_of(written), proposal)
    assert again.status_code == 302
    assert "once <left>" in bodies(written)["First"]
    assert "ten months" in bodies(written)["Second"]
    assert Revision.objects.filter(article=written).count() == 3


def test_the_page_says_who_saved_what_and_how_much_there_is_to_decide(client, db):
    other = Client()
    other.force_login(EditorFactory(username="moreau"))
    written = article()
    mine = with_words(opened(client, written), "First", "never left", "once left")
    mine = with_words(mine, "Second", "nine months", "ten months") | {"title": "Another title"}
    theirs = with_words(opened(other, written), "First", "never left", "rarely left")
    theirs = with_words(theirs, "First", "15,209", "15,290")
    other.post(form_of(written), theirs)

    page = client.post(form_of(written), mine).content.decode()

    assert "moreau saved revision 2 while you were writing on revision 1." in page
    assert "2 of your 3 changes fit and are kept. 1 place needs your decision." in page
    assert "3 changes that fit, already joined" in page
    assert "<del>nine</del><ins>ten</ins> months" in page.replace("> <", "><")
    assert "<del>15,209</del><ins>15,290</ins>" in page.replace("> <", "><")
    assert "paragraph 1" in page


def test_the_page_asks_about_the_sentence_alone_that_both_changed(client, other):
    written = article(
        "# Long\n\n## First\n\nOne sentence stays. It never left. Another one stays.\n\n"
        "A second paragraph stays. It held.\n"
    )
    mine = with_words(opened(client, written), "First", "never left", "once left")
    mine = with_words(mine, "First", "It held.", "It held for long.")
    theirs = with_words(opened(other, written), "First", "never left", "rarely left")
    theirs = with_words(theirs, "First", "It held.", "It held, they say.")
    other.post(form_of(written), theirs)

    page = client.post(form_of(written), mine).content.decode()

    assert columns(page) == [
        ["It never left.", "It [never]{rarely} left.", "It [never]{once} left."],
        ["It held.", "It held{, they say}.", "It held{ for long}."],
    ]
    assert page.index("paragraph 1") < page.index("paragraph 2")


MARKS = {"<del>": "[", "</del>": "]", "<ins>": "{", "</ins>": "}"}


def columns(page):
    """The texts of each question: before, theirs, yours; [what went] and {what came}."""
    found = []
    for question in page.split('<div class="three">')[1:]:
        texts = re.findall(r"</h3>\s*<p>(.*?)</p>", question.split("</div>")[0], re.DOTALL)
        marked = (re.sub("</?(?:del|ins)>", lambda tag: MARKS[tag[0]], text) for text in texts)
        found.append([unescape(re.sub("<[^>]*>", "", text)).strip() for text in marked])
    return found


def test_both_wordings_are_joined_where_they_changed_different_words(client, other):
    written = article()
    mine = with_words(opened(client, written), "First", "the capital.", "the capital, ever.")
    theirs = with_words(opened(other, written), "First", "It never", "It had never")
    other.post(form_of(written), theirs)

    clash = client.post(form_of(written), mine)

    assert clash.status_code == 409
    assert "both, joined" in clash.content.decode()
    assert client.post(form_of(written), fields_of(clash, "base")).status_code == 302
    assert "It had never left the capital, ever." in bodies(written)["First"]


@pytest.mark.parametrize(
    ("name", "theirs", "mine"),
    [
        ("title", "Their title", "My title"),
        ("slug", "their-slug", "my-slug"),
        ("sections-1-heading", "Their first", "My first"),
        ("sections-1-level", "3", "4"),
    ],
)
def test_two_values_of_a_field_are_both_shown_and_mine_proposed(client, other, name, theirs, mine):
    written = article()
    form = opened(client, written)
    other.post(form_of(written), opened(other, written) | {name: theirs})

    clash = client.post(form_of(written), form | {name: mine})

    assert clash.status_code == 409
    (texts,) = columns(clash.content.decode())
    assert [re.sub(r"\[.*?\]|[{}]", "", text) for text in texts[1:]] == [theirs, mine]
    proposal = fields_of(clash, "base")
    assert proposal[name] == mine
    assert client.post(form_of(written), proposal).status_code == 302
    assert opened(client, written)[name] == mine


def test_a_language_that_the_other_changed_is_kept(client, other):
    written = article()
    form = opened(client, written)
    other.post(form_of(written), opened(other, written) | {"language": "fr"})

    assert client.post(form_of(written), form | {"title": "New"}).status_code == 302
    assert opened(client, written)["language"] == "fr"


def test_two_originals_of_a_translation_clash_by_their_titles(client, other):
    first = article("# The first\n\nIt stands.", slug="first")
    second = article("# The second\n\nIt stands.", slug="second")
    written = article()
    form = opened(client, written)
    other.post(form_of(written), opened(other, written) | {"translation_of": first.pk})

    clash = client.post(form_of(written), form | {"translation_of": second.pk})

    assert columns(clash.content.decode()) == [["nothing yet", "{The first}", "{The second}"]]
    assert fields_of(clash, "base")["translation_of"] == str(second.pk)
    assert client.post(form_of(written), fields_of(clash, "base")).status_code == 302
    written.refresh_from_db()
    assert written.translation_of == second


def test_tags_and_titles_of_both_are_kept(client, other):
    written = article(tags={"First": ["Mali"]}, see_also=["Gao"])
    form = opened(client, written)
    tags = row_of(form, "First") + "-tags"
    other.post(form_of(written), opened(other, written) | {tags: "UN", "see_also": "Gao\r\nKidal"})

    saved = client.post(form_of(written), form | {tags: "Mali, Niger", "see_also": "Niger\r\nGao"})

    assert saved.status_code == 302
    text = editing.article_text(written)
    assert text.sections[1].tags == ("Niger", "UN")
    assert text.see_also == ("Niger", "Gao", "Kidal")


def test_two_orders_clash_by_their_headings(client, other):
    written = article(THREE)
    form = opened(client, written)
    orders = {"theirs": (3, 1, 2), "mine": (2, 1, 3)}
    places = {
        side: {f"sections-{n}-position": place for n, place in enumerate(order)}
        for side, order in orders.items()
    }
    other.post(form_of(written), form | places["theirs"])

    clash = client.post(form_of(written), form | places["mine"])

    assert clash.status_code == 409
    ((before, theirs, mine),) = columns(clash.content.decode())
    assert before.split() == ["One", "Two", "Three"]
    assert (
        {"Two", "Three", "One"} == set(re.findall(r"\w+", theirs)) == set(re.findall(r"\w+", mine))
    )
    assert client.post(form_of(written), fields_of(clash, "base")).status_code == 302
    assert list(bodies(written)) == ["Two", "One", "Three"]


THREE = "# Three\n\n" + "".join(
    f"## {name}\n\nA sentence of part {name}.\n\n" for name in ("One", "Two", "Three")
)


def test_what_one_side_tagged_in_a_section_that_the_other_deleted_is_shown(client, other):
    written = article(THREE)
    form = opened(client, written)
    row = row_of(form, "Two")
    other.post(form_of(written), opened(other, written) | {f"{row}-DELETE": "on"})

    clash = client.post(form_of(written), form | {f"{row}-tags": "Gao"})

    assert clash.status_code == 409
    ((_before, theirs, mine),) = columns(clash.content.decode())
    assert (theirs, "Tags: Gao" in mine) == ("deleted", True)
    proposal = fields_of(clash, "base")
    row = row_of(proposal, "Two")
    assert (proposal[f"{row}-tags"], f"{row}-DELETE" in proposal) == ("Gao", False)
    gone = client.post(form_of(written), proposal | {f"{row}-DELETE": "on"})
    assert gone.status_code == 302
    assert list(bodies(written)) == ["One", "Three"]


def test_a_section_that_i_deleted_while_another_changed_it_stays_until_i_say_so_again(
    client, other
):
    written = article(THREE)
    mine = opened(client, written)
    mine[row_of(mine, "Two") + "-DELETE"] = "on"
    theirs = with_words(opened(other, written), "Two", "sentence", "sentence or two")
    other.post(form_of(written), theirs)

    clash = client.post(form_of(written), mine)

    assert clash.status_code == 409
    ((_before, there, here),) = columns(clash.content.decode())
    assert ("or two" in there, here) == (True, "deleted")
    client.post(form_of(written), fields_of(clash, "base"))
    assert "or two" in bodies(written)["Two"]


def test_a_third_save_meanwhile_is_a_conflict_again(client, other):
    written = article()
    mine = with_words(opened(client, written), "First", "never left", "once left")
    theirs = with_words(opened(other, written), "First", "never left", "rarely left")
    other.post(form_of(written), theirs)
    clash = client.post(form_of(written), mine)
    again = with_words(opened(other, written), "First", "rarely left", "hardly left")
    other.post(form_of(written), again)

    second = client.post(form_of(written), fields_of(clash, "base"))

    assert second.status_code == 409
    assert "hardly" in second.content.decode()
    assert "once left" in fields_of(second, "base")["sections-1-body"]


def test_a_conflict_leaves_nothing_half_done(client, other):
    written = article()
    mine = with_words(opened(client, written), "First", "never left", "once left")
    mine |= {"title": "Another title"}
    other.post(
        form_of(written), with_words(opened(other, written), "First", "never left", "rarely left")
    )

    client.post(form_of(written), mine)

    written.refresh_from_db()
    assert (written.title, written.latest) == ("Two sections", 2)


def test_a_section_that_another_deleted_while_mine_changed_it_is_offered(client, other):
    written = article()
    mine = with_words(opened(client, written), "First", "never left", "once left")
    theirs = opened(other, written)
    other.post(form_of(written), theirs | {row_of(theirs, "First") + "-DELETE": "on"})

    clash = client.post(form_of(written), mine)

    assert clash.status_code == 409
    proposal = fields_of(clash, "base")
    assert "once left" in proposal[row_of(proposal, "First") + "-body"]
    assert client.post(form_of(written), proposal).status_code == 302
    assert "once left" in bodies(written)["First"]


def test_changing_another_section_goes_through_although_one_was_deleted_meanwhile(client, other):
    written = article()
    mine = with_words(opened(client, written), "Second", "nine months", "ten months")
    theirs = opened(other, written)
    other.post(form_of(written), theirs | {row_of(theirs, "First") + "-DELETE": "on"})

    assert client.post(form_of(written), mine).status_code == 302

    assert list(bodies(written)) == ["", "Second"]


def claim_form(claim):
    return reverse("admin:articles_claim_change", args=[claim.pk])


def judged(fields, **values):
    return fields | {
        "verdicts-0-rating": "supported",
        "verdicts-0-note": "Seen in the fact sheet.",
        "verdicts-0-as_of": "2017",
        "verdicts-0-claimant": "The force",
        "verdicts-0-claimed": "It grew",
        **values,
    }


def test_a_verdict_on_words_that_changed_meanwhile_is_kept_to_be_given_again(client, other):
    written = article()
    claim = claim_of(written, "15,209")
    mine = judged(fields_of(client.get(claim_form(claim)), "read"))
    other.post(form_of(written), with_words(opened(other, written), "First", "15,209", "15,290"))

    refused = client.post(claim_form(claim), mine)

    assert refused.status_code == 409
    assert not Verdict.objects.exists()
    assert "<del>15,209</del><ins>15,290</ins>" in refused.content.decode()
    again = fields_of(refused, "read")
    assert again["read"] == "The force had 15,290 members in 2017."
    assert "15,290" in again["paragraph"]
    assert again["verdicts-0-note"] == "Seen in the fact sheet."
    assert client.post(claim_form(claim), again).status_code == 302
    given = Verdict.objects.get()
    assert given.judged_text == "The force had 15,290 members in 2017."
    assert (given.claimant, given.claimed) == ("The force", "It grew")


def test_a_correction_does_not_overwrite_what_another_wrote_in_the_paragraph(client, other):
    written = article()
    claim = claim_of(written, "15,209")
    mine = fields_of(client.get(claim_form(claim)), "paragraph")
    mine["paragraph"] = mine["paragraph"].replace("15,209", "15,290")
    other.post(
        form_of(written), with_words(opened(other, written), "First", "never left", "rarely left")
    )

    refused = client.post(claim_form(claim), mine)

    assert refused.status_code == 409
    assert columns(refused.content.decode()) == [
        [
            "The force had 15,209 members in 2017. It never left the capital.",
            "The force had 15,209 members in 2017. It [never]{rarely} left the capital.",
            "The force had [15,209]{15,290} members in 2017. It never left the capital.",
        ]
    ]
    joined = "The force had 15,290 members in 2017. It rarely left the capital."
    again = fields_of(refused, "paragraph")
    assert again["paragraph"] == joined
    assert bodies(written)["First"] == joined.replace("15,290", "15,209")
    assert client.post(claim_form(claim), again).status_code == 302
    assert bodies(written)["First"] == joined


def test_judging_leaves_a_citation_alone_that_another_added_meanwhile(client, other):
    written = article()
    claim = claim_of(written, "15,209")
    mine = judged(fields_of(client.get(claim_form(claim)), "read"))
    theirs = fields_of(other.get(claim_form(claim)), "read")
    other.post(claim_form(claim), theirs | {"citations-0-source": SourceFactory().pk})

    assert client.post(claim_form(claim), mine).status_code == 302

    assert (claim.citations.count(), claim.verdicts.count()) == (1, 1)


def test_citations_changed_by_two_are_shown_before_either_is_lost(client, other):
    written = article()
    claim = claim_of(written, "15,209")
    kept, typed = SourceFactory(), SourceFactory()
    mine = fields_of(client.get(claim_form(claim)), "read") | {"citations-0-source": typed.pk}
    theirs = fields_of(other.get(claim_form(claim)), "read") | {"citations-0-source": kept.pk}
    other.post(claim_form(claim), theirs)

    refused = client.post(claim_form(claim), mine)

    assert refused.status_code == 409
    assert [citation.source for citation in claim.citations.all()] == [kept]
    assert "Its citations now" in refused.content.decode()
    assert client.post(claim_form(claim), fields_of(refused, "read")).status_code == 302
    assert [citation.source for citation in claim.citations.all()] == [typed, kept]


def test_citations_that_i_left_alone_are_theirs_when_i_save_again(client, other):
    written = article()
    claim = claim_of(written, "15,209")
    theirs = fields_of(other.get(claim_form(claim)), "read")
    other.post(claim_form(claim), theirs | {"citations-0-source": SourceFactory().pk})
    mine = judged(fields_of(client.get(claim_form(claim)), "read"))
    changed = fields_of(other.get(claim_form(claim)), "read") | {"citations-0-quote": "15,209"}
    changed["paragraph"] = changed["paragraph"].replace("15,209", "15,290")
    other.post(claim_form(claim), changed)

    refused = client.post(claim_form(claim), mine)

    assert refused.status_code == 409
    assert client.post(claim_form(claim), fields_of(refused, "read")).status_code == 302
    assert [citation.quote for citation in claim.citations.all()] == ["15,209"]
    assert Verdict.objects.get().judged_text == "The force had 15,290 members in 2017."
