"""What was typed outlives an expired log-in or token, and no stranger can have it sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles import editing
from articles.models import Article, Revision, Verdict
from tests.admin.forms import fields_of, row_of
from tests.factories import EditorFactory, UserFactory, article, claim_of

PASSWORD = "a password of some length"
WORDS = "It <b>never</b> left & never will, whatever anybody may have said of it since."
ESCAPED = "It &lt;b&gt;never&lt;/b&gt; left &amp; never will"


@pytest.fixture
def editor(db):
    editor = EditorFactory(username="editor")
    editor.set_password(PASSWORD)
    editor.save()
    return editor


@pytest.fixture
def strict(editor):
    """A browser whose tokens are checked, with the editor logged in."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    return strict


@pytest.fixture
def written(db):
    return article()


def form_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def typed(strict, article):
    fields = fields_of(strict.get(form_of(article)), "base")
    fields[row_of(fields, "First") + "-body"] = WORDS
    return fields


def first_body(article):
    return editing.article_text(article).sections[1].body


def end_session(browser):
    """As a log-out in another tab does; what else the browser has of us it keeps."""
    del browser.cookies["sessionid"]


def logged_in(kept, username="editor", password=PASSWORD):
    """The kept page's form with its log-in filled in."""
    return fields_of(kept, "again-password") | {
        "again-username": username,
        "again-password": password,
    }


@pytest.mark.parametrize("lose", [end_session, Client.logout], ids=["session", "all cookies"])
def test_a_save_after_log_out_keeps_the_text_and_goes_through_with_the_password(
    strict, written, lose
):
    fields = typed(strict, written)
    lose(strict)

    kept = strict.post(form_of(written), fields)

    assert kept.status_code == 403
    assert "no-store" in kept["Cache-Control"]
    assert ESCAPED in kept.content.decode()
    assert "<b>never</b>" not in kept.content.decode()
    assert Revision.objects.count() == 1
    assert strict.post(form_of(written), logged_in(kept)).status_code == 302
    assert first_body(written) == WORDS
    assert Revision.objects.get(number=2).author == "editor"
    assert strict.get(form_of(written)).status_code == 200  # logged in again


def test_an_expired_token_keeps_the_text_likewise(strict, written):
    expired = typed(strict, written) | {"csrfmiddlewaretoken": "x" * 64}

    kept = strict.post(form_of(written), expired)

    assert kept.status_code == 403
    assert ESCAPED in kept.content.decode()
    assert "x" * 64 not in kept.content.decode()
    assert fields_of(kept, "base")["again-username"] == "editor"
    assert strict.post(form_of(written), logged_in(kept)).status_code == 302
    assert first_body(written) == WORDS


@pytest.mark.parametrize(
    ("username", "password"), [("editor", ""), ("editor", "a wrong one"), ("reader", PASSWORD)]
)
def test_without_an_editors_password_the_text_stays_where_it_is(
    strict, written, username, password
):
    reader = UserFactory(username="reader")
    reader.set_password(PASSWORD)
    reader.save()
    fields = typed(strict, written)
    end_session(strict)
    kept = strict.post(form_of(written), fields)

    again = strict.post(form_of(written), logged_in(kept, username, password))

    assert again.status_code == 403
    assert ESCAPED in again.content.decode()
    assert not password or password not in again.content.decode()
    assert Revision.objects.count() == 1
    assert strict.post(form_of(written), logged_in(again)).status_code == 302


def test_what_a_strangers_page_posted_is_not_saved_by_a_click_on_the_page_that_shows_it(
    strict, written
):
    """The stranger's form comes without cookies (SameSite); the click comes with all of them."""
    strangers = typed(strict, written)
    shown = Client(enforce_csrf_checks=True).post(form_of(written), strangers)
    assert ESCAPED in shown.content.decode()
    token = fields_of(strict.get(form_of(written)), "base")["csrfmiddlewaretoken"]

    clicked = strict.post(
        form_of(written), fields_of(shown, "base") | {"csrfmiddlewaretoken": token}
    )

    assert clicked.status_code == 403
    assert Revision.objects.count() == 1


def test_what_the_browser_says_another_site_sent_is_not_even_shown(strict, written):
    refused = strict.post(
        form_of(written), typed(strict, written), headers={"origin": "https://stranger.example"}
    )

    assert refused.status_code == 403
    assert "never will" not in refused.content.decode()
    assert "another site sent this form" in refused.content.decode()
    assert Revision.objects.count() == 1


def test_a_stranger_can_log_nobody_in_with_a_form_of_theirs(written, editor):
    strict = Client(enforce_csrf_checks=True)
    strict.get(reverse("admin:login"))

    strict.post(form_of(written), {"again-username": "editor", "again-password": PASSWORD})

    assert "_auth_user_id" not in strict.session


def test_no_password_is_written_into_the_page(strict):
    answers = [
        strict.post(
            reverse(f"admin:{name}"),
            {"username": "newcomer", "old_password": "secret", **passwords, "email": "x"},
        )
        for name, passwords in [
            ("login", {"password": "secret"}),
            ("auth_user_add", {"password1": "secret", "password2": "secret"}),
            ("password_change", {"new_password1": "secret", "new_password2": "secret"}),
        ]
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert not any("secret" in answer.content.decode() for answer in answers)
    assert "newcomer" in answers[1].content.decode()


def test_logging_out_twice_is_no_form_to_keep(db):
    assert Client().post(reverse("admin:logout")).status_code == 302


def test_a_verdict_is_kept_too(strict, written):
    claim = claim_of(written, "15,209")
    address = reverse("admin:articles_claim_change", args=[claim.pk])
    fields = fields_of(strict.get(address), "read") | {
        "verdicts-0-rating": "supported",
        "verdicts-0-note": "Read in the sheet.\r\nOn its second page.",
    }
    end_session(strict)

    kept = strict.post(address, fields)
    assert strict.post(address, logged_in(kept)).status_code == 302

    assert Verdict.objects.get().note == "Read in the sheet.\nOn its second page."


def test_a_publication_is_kept_too(strict, written):
    address = reverse("admin:articles_article_publish", args=[written.pk])
    fields = fields_of(strict.get(address), "revision") | {"sign": "on"}
    end_session(strict)

    kept = strict.post(address, fields)
    assert strict.post(address, logged_in(kept)).status_code == 302

    assert Article.objects.get(pk=written.pk).published.number == 1


def test_a_file_is_asked_for_again(strict):
    address = reverse("admin:articles_article_import")
    end_session(strict)

    kept = strict.post(
        address, {"file": SimpleUploadedFile("a.txt", b"Text"), "format": "markdown"}
    )

    assert "A file that you chose could not be kept" in kept.content.decode()
    again = strict.post(address, logged_in(kept))
    assert again.status_code == 200
    assert not Article.objects.exists()


def test_a_form_of_300_sections_and_2_megabytes_is_kept(strict):
    markdown = "# Long\n" + "".join(f"\n## Part {n}\n\nOne sentence.\n" for n in range(300))
    long = article(markdown, slug="long")
    fields = fields_of(strict.get(form_of(long)), "base")
    for n in range(300):
        fields[f"sections-{n}-body"] = (
            f"Sentence {n} is a new one.\r\n\r\n" + "words and " * 700 + "end."
        )
    end_session(strict)

    kept = strict.post(form_of(long), fields)
    assert strict.post(form_of(long), logged_in(kept)).status_code == 302

    bodies = [section.body for section in editing.article_text(long).sections]
    assert sum(map(len, bodies)) > 2_000_000
    assert bodies[299].startswith("Sentence 299 is a new one.\n\nwords and")
