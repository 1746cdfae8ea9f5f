"""The form in which an article is written."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from articles import editing
from articles.models import Article, Claim, Revision, Section
from tests.admin.forms import fields_of, row_of
from tests.factories import EditorFactory, UserFactory, article, claim_of


def form_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def opened(client, article):
    return fields_of(client.get(form_of(article)), "base")


def outline(article):
    return [(s.heading, s.level, s.tags) for s in editing.article_text(article).sections]


def said(client, article):
    return [str(message) for message in client.get(form_of(article)).context["messages"]]


def with_words(fields, heading, old, new):
    body = row_of(fields, heading) + "-body"
    assert old in fields[body]
    return fields | {body: fields[body].replace(old, new)}


def test_a_changed_sentence_is_saved_as_one_revision(client, editor):
    written = article(see_also=["Ceasefires", "Mandates"])
    fields = with_words(opened(client, written), "First", "15,209", "15,290")

    answer = client.post(form_of(written), fields | {"change_summary": "Digits were swapped"})

    assert answer.status_code == 302
    newest = Revision.objects.filter(article=written).first()
    assert (newest.number, newest.author, newest.summary, newest.origin) == (
        2,
        editor.username,
        "Digits were swapped",
        "human",
    )
    assert said(client, written) == ["Saved as revision 2."]


def test_a_save_that_changes_nothing_makes_no_revision_and_says_so(client):
    written = article(see_also=["Ceasefires"], tags={"First": ["Mali", "Été"]})

    answer = client.post(form_of(written), opened(client, written))

    assert answer.status_code == 302
    assert Revision.objects.filter(article=written).count() == 1
    assert said(client, written) == ["Nothing differed, so nothing was saved."]


def test_text_that_an_ai_wrote_is_recorded_as_such(client):
    written = article(origin="human")
    fields = with_words(opened(client, written), "First", "15,209", "15,290")

    client.post(form_of(written), fields | {"ai_text": "on"})

    assert Revision.objects.filter(article=written).first().origin == "ai"
    assert claim_of(written, "15,290").writer == "ai"


def test_sections_are_added_deleted_swapped_and_tagged_in_one_save(client):
    written = article()
    fields = opened(client, written)
    first, second = row_of(fields, "First"), row_of(fields, "Second")
    uid = fields[f"{second}-id"]
    fields |= {
        f"{first}-DELETE": "on",
        f"{first}-position": fields[f"{second}-position"],
        f"{second}-position": fields[f"{first}-position"],
        f"{second}-tags": "Ceasefire, a b c,  Été ,ceasefire,",
        "sections-TOTAL_FORMS": "4",
        "sections-3-heading": "Third",
        "sections-3-level": "3",
        "sections-3-body": "A new sentence ends it.",
        "sections-3-position": "",
    }

    answer = client.post(form_of(written), fields)

    assert answer.status_code == 302
    assert outline(written) == [
        ("", 2, ()),
        ("Second", 2, ("a b c", "Ceasefire", "Été")),
        ("Third", 3, ()),
    ]
    assert Section.objects.get(heading="Second").uid == uid
    assert Revision.objects.filter(article=written).count() == 2
    assert said(client, written) == [
        "Saved as revision 2. 2 sentences are gone; their verdicts stay in the history."
    ]


def test_equal_numbers_keep_the_order_of_the_form(client):
    written = article()
    fields = opened(client, written)
    fields |= {name: "7" for name in fields if name.endswith("-position")}

    client.post(form_of(written), fields)

    assert [heading for heading, *_ in outline(written)] == ["", "First", "Second"]


def test_a_row_that_was_added_and_left_empty_is_no_section(client):
    written = article()
    fields = opened(client, written) | {
        "sections-TOTAL_FORMS": "4",
        "sections-3-heading": "",
        "sections-3-level": "2",
        "sections-3-body": "",
        "sections-3-position": "4",
    }

    assert client.post(form_of(written), fields).status_code == 302

    assert Revision.objects.filter(article=written).count() == 1


def test_a_new_article_is_a_draft_with_its_first_revision(client, editor):
    address = reverse("admin:articles_article_add")
    fields = fields_of(client.get(address), "base") | {
        "title": "Wells",
        "slug": "wells",
        "sections-0-body": "The well was dug in 2014.",
        "sections-0-level": "2",
    }

    answer = client.post(address, fields)

    made = Article.objects.get(slug="wells")
    assert answer["Location"] == form_of(made)
    assert (made.latest, Claim.objects.get().text) == (1, "The well was dug in 2014.")


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("title", "", "This field is required."),
        ("slug", "taken", "Article with this Slug already exists."),
        ("see_also", "x" * 301, "See-also titles are lines of at most 300 characters."),
        ("sections-1-heading", "", "Only the first section, the introduction, has no heading."),
        ("sections-1-level", "5", "Select a valid choice. 5 is not one of the available choices."),
        ("sections-1-tags", "!!!", "“!!!”: a tag has a letter or digit"),
        ("sections-2-body", "x" * 20_001, "Line 1 has 20,001 characters"),
        ("sections-2-body", "a\x00b", "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(client, field, value, error):
    article(slug="taken")
    written = article(slug="mine")
    fields = opened(client, written) | {field: value, "change_summary": "Kept words"}

    answer = client.post(form_of(written), fields)

    assert answer.status_code == 200
    prefix, _, name = field.rpartition("-")
    place = int(prefix.removeprefix("sections-")) if prefix else None
    shown = answer.context["adminform"].form
    if place is not None:
        shown = answer.context["inline_admin_formsets"][0].formset.forms[place]
    assert str(shown.errors[name][0]).startswith(error)
    assert shown[name].value() == value
    assert answer.context["adminform"].form["change_summary"].value() == "Kept words"
    assert Revision.objects.filter(article=written).count() == 1


def test_what_another_editor_saved_elsewhere_is_kept_and_named(client):
    written = article()
    fields = with_words(opened(client, written), "Second", "nine months", "ten months")
    other, other_client = EditorFactory(), Client()
    other_client.force_login(other)
    theirs = with_words(opened(other_client, written), "First", "never left", "rarely left")
    other_client.post(form_of(written), theirs)

    answer = client.post(form_of(written), fields)

    assert answer.status_code == 302
    bodies = " ".join(s.body for s in editing.article_text(written).sections)
    assert "rarely left" in bodies
    assert "ten months" in bodies
    assert said(client, written) == [
        f"Saved as revision 3; changes that {other.username} made meanwhile were kept."
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_the_form_takes_as_many_queries_for_one_section_as_for_thirty(
    client, count, django_assert_num_queries
):
    written = article(
        "# Long\n\n" + "".join(f"## Part {n}\n\nA well was dug.\n\n" for n in range(count)),
        tags={f"Part {n}": ["Mali", f"T{n}"] for n in range(count)},
    )

    client.get(form_of(written))  # which notes that the article is open

    with django_assert_num_queries(9):
        client.get(form_of(written))


def test_three_hundred_sections_are_edited_in_one_form(client):
    written = article(
        "# Large\n\n" + "".join(f"## Part {n}\n\nMénaka counted {n} wells.\n\n" for n in range(300))
    )
    fields = with_words(opened(client, written), "Part 7", "7 wells", "8 wells")

    answer = client.post(form_of(written), fields)

    assert answer.status_code == 302
    said_by = Claim.objects.filter(article=written, text="Ménaka counted 8 wells.")
    assert sorted(claim.section.heading for claim in said_by) == ["Part 7", "Part 8"]
    assert Revision.objects.filter(article=written).count() == 2


def test_who_may_only_look_is_led_to_the_draft(db):
    written = article()
    reader = UserFactory(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_article"))
    client = Client()
    client.force_login(reader)

    answer = client.get(form_of(written))

    assert answer["Location"] == reverse("admin:articles_article_preview", args=[written.pk])
    assert client.get(answer["Location"]).status_code == 200
    assert client.post(form_of(written), {"title": "X"}).status_code == 403
