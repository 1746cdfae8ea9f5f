"""Forms that are opened and sent while others save."""

from dataclasses import replace
from functools import partial
from time import sleep

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from articles import editing, publishing
from articles.history.store import head, load
from articles.models import Publication, Revision
from tests.admin.forms import fields_of, row_of
from tests.factories import EditorFactory, SourceFactory, article, claim_of
from tests.threads import at_once, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def browsers(count):
    found = []
    for _n in range(count):
        browser = Client()
        browser.force_login(EditorFactory())
        found.append(browser)
    return found


def errors(answers):
    return [answer for answer in answers if isinstance(answer, Exception)]


def page(article, name, *more):
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *more])


def test_a_form_shows_one_revision_although_others_save_between_its_queries():
    made, (browser,) = article(), browsers(1)
    titles = (f"Title {n}" for n in range(100))

    def save():
        text = editing.article_text(made)
        first, *others = text.sections
        title = next(titles)
        sections = (replace(first, body=f"{title} opens it."), *others)
        text = replace(text, title=title, sections=sections)
        editing.save_article(made, text, base=head(made).hash, by=None)

    def then_save(execute, sql, *more):
        found = execute(sql, *more)
        # SQLite lets nobody else write in between where a transaction has begun.
        if sql.startswith("SELECT") and not connection.in_atomic_block:
            assert errors(at_once(save)) == []
        return found

    with connection.execute_wrapper(then_save):
        answer = browser.get(page(made, "change"))

    form = fields_of(answer, "base")
    text = load(Revision.objects.get(hash=form["base"])).text
    assert (form["title"], form["sections-0-body"]) == (text.title, text.sections[0].body)
    assert text.title.startswith("Title")


def test_forms_sent_at_once_are_saved_or_shown_again_and_all_is_kept():
    made, people = article(), browsers(4)

    def write(browser, number):
        statuses = []
        for time in range(3):
            fields = fields_of(browser.get(page(made, "change")), "base")
            name = f"{row_of(fields, ('First', 'Second')[number % 2])}-body"
            mark = f"Editor {number} wrote {time} sentences."
            fields[name] += f" {mark}"
            fields["change_summary"] = mark
            while (answer := browser.post(page(made, "change"), fields)).status_code == 409:
                statuses.append(409)
                fields = fields_of(answer, "base")
            statuses.append(answer.status_code)
        return statuses

    answers = at_once(*(partial(write, browser, n) for n, browser in enumerate(people)))

    assert all(set(statuses) <= {302, 409} for statuses in answers)
    assert [statuses.count(302) for statuses in answers] == [3] * 4
    summaries = Revision.objects.filter(number__gt=1).values_list("summary", flat=True)
    assert len(set(summaries)) == len(summaries) == 12


def test_citations_added_at_the_desk_at_once_are_all_kept():
    made, people = article(), browsers(4)
    claim = claim_of(made, "15,209")
    desk = page(made, "desk") + f"?claim={claim.uid}"
    sources = [SourceFactory() for _browser in people]

    def cite(browser, source):
        given = {"act": "cite", "read": claim.text, "source": source.uid, "stance": "supports"}
        return browser.post(desk, given).status_code

    answers = at_once(*map(partial, [cite] * 4, people, sources))

    assert answers == [302] * 4
    assert {citation.source for citation in claim.citations.all()} == set(sources)


def test_a_source_is_corrected_in_its_form_while_its_article_cites_it_once_more():
    made, source, (browser,) = article(), SourceFactory(title="Old title"), browsers(1)
    cited, citing = claim_of(made, "15,209"), claim_of(made, "capital")
    given = [editing.CitationGiven(source)]
    editing.review_claim(cited, read=cited.text, citations=given, by=None)
    form = reverse("admin:articles_source_change", args=[source.pk])
    fields = fields_of(browser.get(form), "read") | {"title": "New title"}

    def cite():
        editing.locked(made)
        sleep(0.4)  # seconds: the form has come to where it waits
        editing.review_claim(citing, read=citing.text, citations=given, by=None)

    def begin():
        with transaction.atomic():
            cite()

    _cited, answer = at_once(begin, partial(browser.post, form, fields))

    assert (_cited, answer.status_code) == (None, 302)
    assert load(head(made)).sources[0].title == "New title"
    assert citing.citations.count() == 1


def test_nobody_signs_what_they_have_not_read():
    made, (chief,) = article(), browsers(1)
    decided = fields_of(chief.get(page(made, "publish")), "revision") | {"sign": "on"}

    def save():
        text = replace(editing.article_text(made), title="Another title")
        return editing.save_article(made, text, base=head(made).hash, by=None)

    _saved, answer = meanwhile(save, partial(chief.post, page(made, "publish"), decided))

    assert answer.status_code == 409
    assert not Publication.objects.exists()
    again = fields_of(answer, "revision")
    assert (again["revision"], "sign" in again) == ("2", False)


def test_articles_published_at_once_form_one_log():
    made = [article(slug=f"a{n}") for n in range(4)]

    answers = at_once(*(partial(publishing.publish, one, by=None) for one in made))

    assert errors(answers) == []
    numbers = Publication.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def test_a_restoration_that_was_overtaken_is_shown_again_with_what_it_would_change_now():
    made, (editor, chief) = article(), browsers(2)
    fields = fields_of(editor.get(page(made, "change")), "base")
    editor.post(page(made, "change"), fields | {"title": "Second title"})
    decided = fields_of(chief.get(page(made, "restore", 1)), "base") | {"change_summary": "Why"}
    fields = fields_of(editor.get(page(made, "change")), "base")
    editor.post(page(made, "change"), fields | {"title": "Third title"})

    overtaken = chief.post(page(made, "restore", 1), decided)

    assert overtaken.status_code == 409
    assert "Third" in overtaken.content.decode()
    assert Revision.objects.count() == 3
    again = fields_of(overtaken, "base")
    assert again["change_summary"] == "Why"
    assert chief.post(page(made, "restore", 1), again).status_code == 302
    made.refresh_from_db()
    assert made.title == "Two sections"
