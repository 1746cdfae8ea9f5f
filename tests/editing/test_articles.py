from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from articles import editing, publishing
from articles.history.capture import capture
from articles.history.state import SectionText
from articles.history.store import head, load
from articles.models import Article, Claim, Revision, Section
from tests.factories import EditorFactory, SourceFactory, article, claim_of

pytestmark = pytest.mark.django_db


def edit(made, change, **values):
    """Save what ``change`` makes of the article's text."""
    made.refresh_from_db()
    values = {"base": head(made).hash, "by": None} | values
    return editing.save_article(made, change(editing.article_text(made)), **values)


def in_section(place, old, new):
    def change(text):
        sections = list(text.sections)
        assert old in sections[place].body
        sections[place] = replace(sections[place], body=sections[place].body.replace(old, new))
        return replace(text, sections=tuple(sections))

    return change


def state(made):
    """The article's head, which must be what its live tables say."""
    made.refresh_from_db()
    loaded = load(head(made))
    assert capture(made) == loaded
    return loaded


def texts(made):
    return {claim.uid: claim.text for claim in state(made).claims()}


def test_an_article_begins_with_a_revision_and_a_claim_for_each_sentence():
    editor = EditorFactory()

    made = article(by=editor, origin="ai")

    first = Revision.objects.get(article=made)
    assert (first.number, first.parent, first.author, first.origin) == (
        1,
        None,
        editor.username,
        "ai",
    )
    assert [c.text for c in state(made).claims()] == [
        "An opening sentence stands here.",
        "The force had 15,209 members in 2017.",
        "It never left the capital.",
        "The ceasefire held for nine months.",
        "Nobody had expected that.",
    ]
    assert {c.origin for c in state(made).claims()} == {"ai"}


def test_a_changed_sentence_keeps_its_claim_and_the_others_stay_as_they_are():
    made = article()
    before = texts(made)
    uid = claim_of(made, "15,209").uid

    saved = edit(made, in_section(1, "15,209", "15,290"), by=EditorFactory())

    assert saved.revision.number == 2
    assert texts(made) == before | {uid: "The force had 15,290 members in 2017."}
    changed = state(made).claim(uid)
    assert (changed.origin, changed.writer) == ("ai_assisted", "human")


def test_a_save_that_changes_nothing_makes_no_revision():
    made = article()

    saved = edit(made, lambda text: text)

    assert saved.revision is None
    assert Revision.objects.count() == 1


def test_line_ends_and_blank_lines_around_a_text_are_no_change():
    made = article()

    def as_browsers_send_it(text):
        return replace(
            text,
            sections=tuple(
                replace(s, body="\r\n" + s.body.replace("\n", "\r\n") + "\r\n")
                for s in text.sections
            ),
        )

    assert edit(made, as_browsers_send_it).revision is None


def test_one_save_adds_deletes_moves_and_tags_sections():
    made = article()
    first, second = made.sections.get(heading="First"), made.sections.get(heading="Second")
    gone = set(first.claims.values_list("uid", flat=True))

    def rebuild(text):
        opening, _first, second = text.sections
        new = SectionText("", 3, "Third", "A new sentence ends it.", ("Mali",))
        return replace(text, sections=(opening, new, replace(second, tags=("Été", "Mali"))))

    saved = edit(made, rebuild)

    assert saved.revision.number == 2
    assert [(s.heading, s.tags) for s in state(made).sections] == [
        ("", ()),
        ("Third", ("Mali",)),
        ("Second", ("Mali", "Été")),
    ]
    assert state(made).sections[2].uid == second.uid
    assert set(saved.ended) == gone
    assert set(Claim.objects.filter(section=None).values_list("uid", flat=True)) == gone


def test_all_sections_can_change_places():
    made = article(
        "# T\n\n" + "\n\n".join(f"## H{n}\n\nSentence number {n} stands." for n in range(9))
    )

    edit(made, lambda text: replace(text, sections=tuple(reversed(text.sections))))

    assert [s.heading for s in state(made).sections] == [f"H{n}" for n in range(8, -1, -1)]


def test_another_section_can_become_the_introduction():
    made = article()

    def swap(text):
        opening, first, second = text.sections
        return replace(
            text,
            sections=(
                replace(first, heading=""),
                replace(opening, heading="Opening"),
                second,
            ),
        )

    edit(made, swap)

    assert [s.heading for s in state(made).sections] == ["", "Opening", "Second"]


def test_a_sentence_that_moves_to_another_section_keeps_its_claim():
    made = article()
    uid = claim_of(made, "never left").uid

    def move(text):
        opening, first, second = text.sections
        return replace(
            text,
            sections=(
                opening,
                replace(first, body="The force had 15,209 members in 2017."),
                replace(second, body=second.body + " It never left the capital."),
            ),
        )

    edit(made, move)

    assert state(made).sections[2].claims[-1].uid == uid


def test_changes_of_two_editors_in_different_sections_are_both_kept():
    made = article()
    base = head(made).hash
    text = editing.article_text(made)
    one = EditorFactory()
    edit(made, in_section(1, "never", "rarely"), by=one)

    saved = editing.save_article(
        made, in_section(2, "nine", "ten")(text), base=base, by=EditorFactory()
    )

    assert saved.merged == (one.username,)
    assert "It rarely left the capital." in texts(made).values()
    assert "The ceasefire held for ten months." in texts(made).values()


def test_changes_of_the_same_section_conflict_and_nothing_is_saved():
    made = article()
    base = head(made).hash
    text = editing.article_text(made)
    edit(made, in_section(1, "never", "rarely"))

    with pytest.raises(editing.Conflict) as caught:
        editing.save_article(made, in_section(1, "never", "once")(text), base=base, by=None)

    conflict = caught.value
    (clash,) = conflict.merge.clashes
    assert "never" in clash.base
    assert "rarely" in clash.theirs
    assert "once" in clash.mine
    assert conflict.merge.text.sections[1].body == clash.mine
    assert state(made).sections[1].body == clash.theirs
    assert (conflict.started.number, [r.number for r in conflict.since]) == (1, [2])


def test_a_form_that_knows_no_revision_of_the_article_is_refused():
    made, other = article(), article(slug="other")

    with pytest.raises(ValidationError, match="started from"):
        edit(made, lambda text: text, base=head(other).hash)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"title": "half \ud800 a character"}, "title"),
        ({"slug": "été"}, "slug"),
        ({"slug": "other"}, "slug"),
        ({"language": "xx"}, "language"),
        ({"see_also": ("x" * 301,)}, "see_also"),
        ({"translation_of": "nosucharticle"}, "translation_of"),
    ],
)
def test_what_is_wrong_with_an_article_is_said_at_its_field(values, field):
    article(slug="other")
    made = article()

    with pytest.raises(ValidationError) as caught:
        edit(made, lambda text: replace(text, **values))

    assert list(caught.value.message_dict) == [field]
    assert Revision.objects.filter(article=made).count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"heading": ""}, "heading"),
        ({"heading": "x" * 301}, "heading"),
        ({"level": 5}, "level"),
        ({"body": "nul \x00"}, "body"),
        ({"body": "x" * 20_001}, "body"),
        ({"tags": ("!!!",)}, "tags"),
        ({"tags": ("x" * 101,)}, "tags"),
    ],
)
def test_what_is_wrong_with_a_section_is_said_at_its_field(values, field):
    made = article()

    def break_it(text):
        opening, first, second = text.sections
        return replace(text, sections=(opening, first, replace(second, **values)))

    with pytest.raises(ValidationError) as caught:
        edit(made, break_it)

    assert f"sections.2.{field}" in caught.value.message_dict


@pytest.mark.parametrize("published", [True, False])
def test_a_section_under_the_uid_of_another_articles_is_new(published):
    other, made = article(slug="other"), article()
    stolen = editing.article_text(other).sections[1].uid
    if published:
        publishing.publish(other, by=None)
        edit(other, lambda text: replace(text, sections=text.sections[:1]))

    edit(
        made,
        lambda text: replace(
            text, sections=(*text.sections, SectionText(stolen, 2, "Mine", "One more line here."))
        ),
    )

    mine = state(made).sections[-1]
    assert (mine.heading, len(mine.claims)) == ("Mine", 1)
    assert mine.uid != stolen


@pytest.mark.parametrize("uid", ["<b>", "nosuchuid123"])
def test_a_uid_that_is_none_is_given_to_no_section(uid):
    made = article()

    edit(
        made,
        lambda text: replace(
            text, sections=(*text.sections, SectionText(uid, 2, "Mine", "One more line here."))
        ),
    )

    assert uid not in {section.uid for section in state(made).sections}


def test_of_two_sections_under_one_uid_the_second_is_new():
    made = article()
    before = [section.uid for section in state(made).sections]

    edit(
        made,
        lambda text: replace(
            text,
            sections=(
                *text.sections,
                replace(text.sections[1], heading="Twice", body="Said once."),
            ),
        ),
    )

    after = [section.uid for section in state(made).sections]
    assert after[:3] == before
    assert len(set(after)) == 4


def test_a_published_address_stays():
    made = article()
    edit(made, lambda text: replace(text, slug="before"))
    publishing.publish(made, by=None)

    with pytest.raises(ValidationError, match="a published address stays"):
        edit(made, lambda text: replace(text, slug="after"))


def test_tags_that_differ_in_case_only_are_one_with_accents_too():
    made = article(tags={"First": ["Été"], "Second": ["été", "ÉTÉ"]})

    assert [s.tags for s in state(made).sections] == [(), ("Été",), ("Été",)]


def test_a_restored_revision_brings_back_text_order_tags_and_citations():
    made = article(tags={"First": ["mandate"]}, see_also=["Elsewhere"])
    claim = claim_of(made, "15,209")
    cited = editing.CitationGiven(SourceFactory(), quote="15,209 staff")
    editing.review_claim(claim, read=claim.text, citations=[cited], by=None)
    then = state(made)
    editing.review_claim(claim, read=claim.text, citations=[], by=None)

    def rebuild(text):
        opening, _first, second = text.sections
        return replace(
            text, title="Another", see_also=(), sections=(second, replace(opening, heading="End"))
        )

    edit(made, rebuild)

    saved = editing.restore(made, Revision.objects.get(article=made, number=2), by=EditorFactory())

    assert saved.revision.number == 5
    assert state(made) == then


def test_a_restored_sentence_has_its_verdict_again():
    made = article()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=EditorFactory())
    edit(made, in_section(1, "15,209", "15,290"))
    assert state(made).claim(claim.uid).stale

    editing.restore(made, Revision.objects.get(article=made, number=1), by=None)

    assert state(made).claim(claim.uid).reviewed


def test_restoring_what_stands_makes_no_revision():
    made = article()

    assert editing.restore(made, head(made), by=None).revision is None


def test_a_new_language_cuts_sentences_its_own_way():
    made = article("# T\n\n## H\n\nM. Keïta est venu. Il parla peu.\n", language="en")
    edit(made, lambda text: replace(text, language="fr"))

    assert [c.text for c in state(made).claims()] == ["M. Keïta est venu.", "Il parla peu."]


def test_an_article_may_be_a_translation_but_not_in_a_circle():
    made = article()
    other = article(slug="other", translation_of=made.uid)
    other.refresh_from_db()
    assert other.translation_of == made

    with pytest.raises(ValidationError, match="Choose another article"):
        edit(made, lambda text: replace(text, translation_of=other.uid))


def test_three_hundred_sections_are_saved_in_a_constant_number_of_queries(
    django_assert_max_num_queries,
):
    made = article(
        "# T\n\n"
        + "".join(f"## H{n}\n\nSentence {n} is here. And one more.\n\n" for n in range(300))
    )
    with django_assert_max_num_queries(40):
        edit(made, in_section(7, "Sentence 7", "Sentence 8"))

    assert Section.objects.count() == 300
    assert Article.objects.get().latest == 2
