"""Editors who write at the same moment: nothing is lost, nothing ends in an error.

The databases differ here: SQLite has one writer, PostgreSQL locks rows. Both must hold.
"""

import itertools
from dataclasses import replace
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from articles import editing
from articles.history.store import head, load
from articles.history.verify import verify
from articles.models import Article, Citation, Claim, Revision, Source
from tests.factories import SourceFactory, article, claim_of, text_of
from tests.threads import at_once, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)

EDITORS = 6
TIMES = 5


def with_section(text, heading, **values):
    sections = tuple(replace(s, **values) if s.heading == heading else s for s in text.sections)
    return replace(text, sections=sections)


def appended(text, heading, sentence):
    body = next(s.body for s in text.sections if s.heading == heading)
    return with_section(text, heading, body=f"{body} {sentence}")


def saved(made, base, text, summary):
    """Save, taking the merged proposal where somebody changed the same; the base that was read."""
    while True:
        try:
            editing.save_article(made, text, base=base, by=None, summary=summary)
        except editing.Conflict as found:
            base, text = found.latest.hash, found.merge.text
        else:
            return base


def errors(answers):
    return [answer for answer in answers if isinstance(answer, Exception)]


def no_findings():
    return [str(finding) for finding in verify().findings]


def test_each_acknowledged_sentence_stays_until_somebody_who_saw_it_takes_it_away():
    made = article()

    def write(editor):
        seen = {}
        for time in range(TIMES):
            mark = f"Editor {editor} came {time} times."
            opened = head(made)
            heading = ("First", "Second")[(editor + time) % 2]
            seen[mark] = saved(made, opened.hash, appended(load(opened).text, heading, mark), mark)
        return seen

    answers = at_once(*(partial(write, editor) for editor in range(EDITORS)))

    seen = {mark: base for answer in answers for mark, base in answer.items()}
    revisions = list(made.revisions.order_by("number"))
    assert [revision.number for revision in revisions] == list(range(1, len(seen) + 2))
    assert sorted(revision.summary for revision in revisions[1:]) == sorted(seen)
    said = {revision.hash: words_of(revision) for revision in revisions}
    for before, revision in itertools.pairwise(revisions):
        assert revision.summary in said[revision.hash]
        gone = {mark for mark in seen if mark in said[before.hash]} - {
            mark for mark in seen if mark in said[revision.hash]
        }
        assert all(mark in said[seen[revision.summary]] for mark in gone)
    assert no_findings() == []


def words_of(revision):
    return "\n".join(section.body for section in load(revision).text.sections)


def test_a_verdict_is_fresh_only_on_the_words_that_were_read():
    made = article()
    claim = claim_of(made, "15,209")

    def judge():
        return editing.judge(claim, read=claim.text, rating="supported", by=None)

    def correct():
        text = editing.article_text(made)
        body = text.sections[1].body.replace("15,209", "15,290")
        return saved(made, head(made).hash, with_section(text, "First", body=body), "")

    judged, _corrected = at_once(judge, correct)

    now = load(head(made)).claim(claim.uid)
    assert now.text == "The force had 15,290 members in 2017."
    if isinstance(judged, editing.ReadOtherwise):
        assert now.verdict is None
    else:
        assert (now.verdict.judged_text, now.stale) == (claim.text, True)
    assert no_findings() == []


def cite(claim, source):
    given = [editing.CitationGiven(source)]
    return editing.review_claim(claim, read=claim.text, citations=given, by=None)


def retitle(source, title):
    corrected = Source.objects.get(pk=source.pk)
    corrected.title = title
    return editing.save_source(corrected, by=None)


def test_an_article_that_began_to_cite_a_source_a_moment_ago_has_its_correction():
    made, source = article(), SourceFactory(title="Old title")
    claim = claim_of(made, "15,209")

    answers = meanwhile(partial(cite, claim, source), partial(retitle, source, "New title"))

    assert errors(answers) == []
    assert load(head(made)).sources[0].title == "New title"
    assert no_findings() == []


def test_an_article_that_begins_to_cite_a_source_a_moment_later_has_its_correction():
    made, source = article(), SourceFactory(title="Old title")
    claim = claim_of(made, "15,209")

    answers = meanwhile(partial(retitle, source, "New title"), partial(cite, claim, source))

    assert errors(answers) == []
    assert load(head(made)).sources[0].title == "New title"
    assert no_findings() == []


def test_many_articles_begin_to_cite_a_source_while_it_is_corrected():
    source = SourceFactory(title="Old title")
    made = [article(slug=f"a{n}", markdown=f"# A{n}\n\nThe force had {n} men.") for n in range(3)]

    answers = at_once(
        *(partial(cite, one.claims.get(), source) for one in made),
        partial(retitle, source, "New title"),
    )

    assert errors(answers) == []
    assert [load(head(one)).sources[0].title for one in made] == ["New title"] * 3
    assert no_findings() == []


def test_articles_that_get_the_same_new_tags_do_not_wait_for_each_other():
    tags = [f"Tag {n}" for n in range(8)]
    made = [article(slug=f"a{n}") for n in range(4)]

    def tag(one, names):
        text = editing.article_text(one)
        tagged = with_section(text, "First", tags=tuple(names))
        return editing.save_article(one, tagged, base=head(one).hash, by=None)

    answers = at_once(*(partial(tag, one, tags[n:] + tags[:n]) for n, one in enumerate(made)))

    assert errors(answers) == []
    assert {load(head(one)).sections[1].tags for one in made} == {tuple(tags)}


def test_of_two_articles_with_one_address_the_second_is_told_at_the_field():
    answers = at_once(*[partial(editing.create_article, text_of("# A\n\nOne."), by=None)] * 3)

    refused = [answer for answer in answers if isinstance(answer, ValidationError)]
    assert [list(error.error_dict) for error in refused] == [["slug"]] * 2
    assert Article.objects.count() == 1


def test_of_two_articles_that_move_to_one_address_the_second_is_told_at_the_field():
    made = [article(slug=f"a{n}") for n in range(3)]

    def move(one):
        text = replace(editing.article_text(one), slug="wanted")
        return editing.save_article(one, text, base=head(one).hash, by=None)

    answers = at_once(*(partial(move, one) for one in made))

    refused = [answer for answer in answers if isinstance(answer, ValidationError)]
    assert [list(error.error_dict) for error in refused] == [["slug"]] * 2
    assert no_findings() == []


def test_restoring_gives_way_to_a_save_that_its_editor_did_not_see():
    made = article()
    agreed = head(made).hash
    editing.save_article(
        made, replace(editing.article_text(made), title="Newer"), base=agreed, by=None
    )

    with pytest.raises(editing.Moved):
        editing.restore(made, made.revisions.get(number=1), base=agreed, by=None)

    assert Article.objects.get().title == "Newer"
    assert Revision.objects.count() == 2


def test_a_sentence_is_attached_once_though_two_editors_attach_to_it():
    made = article()
    old = [claim_of(made, "15,209"), claim_of(made, "capital")]
    for claim in old:
        editing.judge(claim, read=claim.text, rating="supported", by=None)
    text = with_section(editing.article_text(made), "First", body="Troops were many.")
    editing.save_article(made, text, base=head(made).hash, by=None)
    new = claim_of(made, "Troops")
    ended = [Claim.objects.get(pk=claim.pk) for claim in old]
    assert [claim.section for claim in ended] == [None, None]

    answers = at_once(
        *(partial(editing.attach, claim, to=new, read=new.text, by=None) for claim in ended)
    )

    assert [type(answer) for answer in answers].count(ValidationError) == 1
    assert Claim.objects.standing().filter(pk__in=[claim.pk for claim in old]).count() == 1
    assert no_findings() == []


def test_the_history_is_verified_while_editors_save():
    made = article()
    claim = claim_of(made, "capital")

    def write():
        for time in range(20):
            text = replace(editing.article_text(made), title=f"Title {time}")
            saved(made, head(made).hash, text, "")
            editing.judge(claim, read=claim.text, rating="supported", note=str(time), by=None)

    def check():
        return [finding for _time in range(10) for finding in no_findings()]

    _written, found = at_once(write, check)

    assert found == []
    assert not connection.in_atomic_block


def test_citations_that_come_and_go_at_once_stay_in_one_order():
    made = article()
    claim = claim_of(made, "15,209")

    answers = at_once(*(partial(cite, claim, SourceFactory()) for _n in range(4)))

    assert errors(answers) == []
    assert list(Citation.objects.values_list("position", flat=True)) == [0]
    assert no_findings() == []
