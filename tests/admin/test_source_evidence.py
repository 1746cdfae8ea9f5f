"""What stands behind a source, for editors: its address, its quotes, its copies, and what to do."""

import gzip
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from warcio.archiveiterator import ArchiveIterator

from articles.admin.evidence import asking
from articles.evidence import visiting
from articles.models import QuoteCheck, Snapshot, Source, Visit, Watch
from tests.admin.forms import fields_of
from tests.evidence.sources import cite, cited, watch
from tests.evidence.web import html
from tests.factories import (
    QuoteCheckFactory,
    SourceFactory,
    UserFactory,
    VisitFactory,
    claim_of,
    copy_of,
)
from tests.reading.markup import parse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("copies")]

QUOTE = "The force had 15,209 members"
WORDS = f"{QUOTE} in 2017, of whom few stayed."
PROGRESS = reverse("admin:articles_source_progress")


def at(source, name="evidence", *more):
    return reverse(f"admin:articles_source_{name}", args=[source.pk, *more])


def evidence(client, source):
    return parse(client.get(at(source)).content.decode())


def act(client, source, name, **fields):
    return client.post(at(source), fields | {name: ""}, follow=True)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def upload(client, source, body, name="scan.txt", note="Scan of page 12"):
    file = SimpleUploadedFile(name, body)
    return act(client, source, "_upload", file=file, note=note)


def looker():
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_source"))
    client = Client()
    client.force_login(user)
    return client


def test_the_page_tells_state_visits_quotes_and_copies(client, web):
    web.pages["/a"] = html(WORDS)
    source = cited(web.url("/a"), quote=QUOTE)
    cite(claim_of_source(source).article, source, "The force had 15,290 members")
    visiting.look(source.uid)
    copy = Snapshot.objects.get()

    page = evidence(client, source)

    assert page.one("section", aria_labelledby="address").one("span", class_="link-state").text == (
        "As it was"
    )
    assert page.one("tbody").one("tr").all("td")[1].text == "Read 200"
    quotes = page.one("section", aria_labelledby="quotes")
    assert [box["data-check"] for box in quotes.all("p", class_="check")] == ["exact", "near"]
    assert (quotes.one("del").text, quotes.one("ins").text) == ("15,290", "15,209")
    assert quotes.one("mark").text == QUOTE
    claim = reverse("admin:articles_claim_change", args=[claim_of_source(source).pk])
    assert {link["href"] for link in quotes.all("a", class_="words")} == {claim}
    stored = page.one("li", id=f"copy-{copy.uid}").text
    assert copy.body in stored
    assert "text/html, " in stored
    assert "Quotes: 1 word for word, 1 with differences, 0 not found" in stored


def claim_of_source(source):
    return claim_of(source.citations.first().claim.article, "15,209")


def test_a_copy_s_words_are_text_with_its_pages_marked(client):
    source = SourceFactory()
    copy = keep(source, "<script>alert(1)</script> one\ftwo", pages=2)

    page = parse(client.get(at(source, "copy", copy.uid)).content.decode())

    assert [leaf.text for leaf in page.all("h3", class_="leaf")] == ["Page 1", "Page 2"]
    assert [node.text for node in page.all("div", class_="copy-text")] == [
        "<script>alert(1)</script> one",
        "two",
    ]


def keep(source, text, *, pages=0, body=b"bytes", media_type="text/html"):
    """A copy with this text, as if it had been read from these bytes."""
    from articles.evidence import files
    from articles.evidence.seals import sealed

    encoded = text.encode()
    return sealed(
        Snapshot(
            source=source,
            kind="uploaded",
            media_type=media_type,
            body=files.store(body),
            size=len(body),
            text=files.store(encoded) if text else "",
            characters=len(text),
            pages=pages,
            note="Made for a test",
        )
    )


def test_a_long_copy_is_shown_by_parts_and_quotes_lead_to_theirs(client):
    source = cited(quote=QUOTE)
    pages = ["word " * 15_000, "more " * 15_000, f"{WORDS}"]
    copy = keep(source, "\f".join(pages), pages=3)
    place = "\f".join(pages).index(QUOTE)
    QuoteCheckFactory(snapshot=copy, quote=QUOTE, start=place, end=place + len(QUOTE), page=3)

    first = parse(client.get(at(source, "copy", copy.uid)).content.decode())
    second = parse(client.get(at(source, "copy", copy.uid) + "?page=2").content.decode())

    assert [leaf.text for leaf in first.all("h3", class_="leaf")] == ["Page 1"]
    assert [leaf.text for leaf in second.all("h3", class_="leaf")] == ["Page 2", "Page 3"]
    links = [link["href"] for link in first.all("a")]
    assert "?page=2#text" in links
    assert client.get(at(source, "copy", copy.uid) + "?page=3").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "media_type", "ending"),
    [
        ("copy_text", "Gào".encode(), "text/plain; charset=utf-8", "-text.txt"),
        ("copy_bytes", b"<script>alert(1)</script>", "application/octet-stream", ".html"),
    ],
)
def test_what_others_wrote_goes_out_as_an_attachment(client, name, content, media_type, ending):
    source = SourceFactory()
    copy = keep(source, "Gào", body=b"<script>alert(1)</script>")

    answer = client.get(at(source, name, copy.uid))

    assert answer.content == content
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"] == (
        f'attachment; filename="{source.uid}-{copy.uid}{ending}"'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_a_copy_of_another_source_is_not_found(client):
    copy = keep(SourceFactory(), "words")

    for name in ("copy", "copy_text", "copy_bytes", "copy_changes"):
        assert client.get(at(SourceFactory(), name, copy.uid)).status_code == 404


def test_a_lost_file_is_said_and_breaks_no_page(client, copies):
    source = SourceFactory()
    copy = keep(source, "words")
    for file in copies.glob("??/*"):
        file.unlink()

    for name in ("copy_text", "copy_bytes", "copy"):
        assert "is missing" in said(client.get(at(source, name, copy.uid), follow=True))[0]
    assert "is missing" in said(client.get(at(source, "warc"), follow=True))[0]


def test_what_changed_since_the_copy_before_is_shown_by_words(client):
    source = SourceFactory()
    first = keep(source, f"{WORDS} Nobody knew.")
    keep(source, "")  # a scan, without words to compare with
    last = keep(source, f"{WORDS.replace('15,209', '15,290')} Nobody knew.")

    page = parse(client.get(at(source, "copy_changes", last.uid)).content.decode())

    assert (page.one("del").text, page.one("ins").text) == ("15,209", "15,290")
    assert page.one("p", class_="counts").text == "1 word went, 1 came"
    assert client.get(at(source, "copy_changes", first.uid)).status_code == 404
    links = [link["href"] for link in evidence(client, source).all("a")]
    assert [at(source, "copy_changes", copy.uid) in links for copy in (first, last)] == [
        False,
        True,
    ]


def test_chosen_copies_are_downloaded_as_a_warc_file(client):
    source = SourceFactory()
    keep(source, "a", body=b"the first")
    chosen = keep(source, "b", body=b"the second")

    answer = client.get(at(source, "warc"), {"copy": [chosen.uid, "of-another"]})

    assert answer["Content-Disposition"] == f'attachment; filename="{source.uid}.warc.gz"'
    records = ArchiveIterator(BytesIO(b"".join(answer.streaming_content)))
    assert [record.content_stream().read() for record in records][1:] == [b"the second"]
    everything = b"".join(client.get(at(source, "warc")).streaming_content)
    assert b"the first" in gzip.decompress(everything)


def test_looking_again_is_left_to_the_worker(client, web):
    web.pages["/a"] = html(WORDS)
    source = cited(web.url("/a"), quote=QUOTE)
    visiting.look(source.uid)
    web.asked.clear()

    answer = act(client, source, "_again")

    assert said(answer) == [
        f"The worker looks at “{source.title}” next; this page shows how far it is."
    ]
    assert "This source waits to be looked at." in answer.content.decode()
    assert web.asked == []
    visiting.look(source.uid)
    assert web.asked[-1] == "/a"


def test_an_upload_is_kept_with_who_and_where_from_and_is_searched_at_once(client, editor):
    source = cited(quote=QUOTE)

    answer = upload(client, source, WORDS.encode())

    copy = Snapshot.objects.get()
    assert (copy.kind, copy.editor, copy.note) == ("uploaded", editor.username, "Scan of page 12")
    assert QuoteCheck.objects.get().result == "exact"
    assert said(answer) == ["The copy is kept, and the quotes were looked for in it."]
    assert watch(source).due_at <= timezone.now()


def test_an_upload_with_many_quotes_is_left_to_the_worker(client, monkeypatch):
    monkeypatch.setattr("articles.admin.evidence.standing.AT_ONCE", (0, 1_000_000))
    source = cited(quote=QUOTE)

    answer = upload(client, source, WORDS.encode())

    assert said(answer) == ["The copy is kept. The worker looks for the quotes in it."]
    assert not QuoteCheck.objects.exists()


@pytest.mark.parametrize(
    ("body", "name", "note", "field", "error"),
    [
        (b"", "a.txt", "A scan", "file", "empty"),
        (b"x" * 20_000_001, "a.txt", "A scan", "file", "larger than 20 MB"),
        (b"PK\x03\x04" + b"\0" * 200, "a.docx", "A scan", "file", ""),
        (b"words", "a.txt", "", "note", "required"),
        (b"words", "a.txt", "  ", "note", "required"),
    ],
)
def test_a_bad_upload_is_refused_at_its_field(client, body, name, note, field, error):
    answer = upload(client, SourceFactory(), body, name, note)

    errors = answer.context["upload"].errors
    assert list(errors) == [field]
    assert error in errors[field][0]
    assert not Snapshot.objects.exists()


def test_what_takes_long_is_done_one_at_a_time(client, web):
    source = SourceFactory()
    with asking.outside():
        uploading = upload(client, source, b"words").context["upload"]
        linking = act(client, source, "_archive", copy_at=web.url("/a")).context["archive"]

    assert [form.errors[name][0] for form, name in [(uploading, "file"), (linking, "copy_at")]] == [
        "Another address is being looked up; try again in a moment."
    ] * 2
    assert (web.asked, Snapshot.objects.count()) == ([], 0)


ARCHIVED = {"Memento-Datetime": "Fri, 30 Jun 2017 12:00:00 GMT"}


def test_an_archived_copy_is_linked_with_the_time_it_was_taken(client, web):
    source = cited("https://example.org/gone", quote=QUOTE)
    link = {"Link": '<https://example.org/gone>; rel="original"'}
    web.pages["/2017/a"] = html(WORDS, **ARCHIVED, **link)

    answer = act(client, source, "_archive", copy_at=web.url("/2017/a"))

    copy = Snapshot.objects.get()
    assert (copy.kind, copy.archived_at) == ("archived", datetime(2017, 6, 30, 12, tzinfo=UTC))
    assert QuoteCheck.objects.get().result == "exact"
    assert "taken by the archive on 30\u00a0June 2017" in answer.content.decode()


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        ({}, "does not say when an archive took it"),
        (ARCHIVED | {"Link": '<https://example.org/b>; rel="original"'}, "of another page"),
    ],
)
def test_what_is_no_archived_copy_of_it_is_refused_at_the_field(client, web, headers, error):
    source = SourceFactory(url="https://example.org/a")
    web.pages["/2017/a"] = html(WORDS, **headers)

    answer = act(client, source, "_archive", copy_at=web.url("/2017/a"))

    form = answer.context["archive"]
    assert error in form.errors["copy_at"][0]
    assert form["copy_at"].value() == web.url("/2017/a")
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("pasted", ["", "no address", "http://10.0.0.1/a", "file:///etc/passwd"])
def test_an_address_that_is_none_or_inside_is_refused_at_the_field(client, pasted):
    answer = act(client, SourceFactory(), "_archive", copy_at=pasted)

    assert list(answer.context["archive"].errors) == ["copy_at"]


def test_the_archive_is_asked_only_where_one_is_set_up(client, web, settings):
    source = cited("https://example.org/gone", quote=QUOTE)
    assert not evidence(client, source).all("button", name="_ask")
    assert said(act(client, source, "_ask"))[0].startswith("No archive is set up")

    settings.MEMENTO_TIMEGATE = web.url("/timegate/")
    assert said(act(client, source, "_ask")) == ["The archive has no copy of this address."]
    web.pages["/timegate/https://example.org/gone"] = html(WORDS, **ARCHIVED)
    assert said(act(client, source, "_ask")) == [
        "The copy is kept, and the quotes were looked for in it."
    ]
    assert evidence(client, source).one("button", name="_ask")


def test_who_may_only_view_sees_it_all_and_acts_on_nothing(client, web):
    source = cited(web.url("/a"), quote=QUOTE)
    Watch.objects.update(due_at=None)
    looking = looker()

    page = parse(looking.get(at(source)).content.decode())

    content = page.one("div", id="content-main")
    assert [form["method"] for form in content.all("form")] == []
    for name in ("_again", "_upload", "_archive", "_ask"):
        assert looking.post(at(source), {name: ""}).status_code == 403
    assert looking.get(at(source, "address")).status_code == 403
    assert Watch.objects.get().due_at is None


@pytest.mark.parametrize("name", ["evidence", "address", "warc"])
def test_strangers_are_led_to_the_log_in(name):
    answer = Client().get(at(SourceFactory(), name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


def test_who_may_not_view_sources_sees_nothing():
    user = UserFactory(is_staff=True)
    client = Client()
    client.force_login(user)
    source = SourceFactory()
    copy = keep(source, "words")

    for name in ("copy", "copy_text", "copy_bytes", "copy_changes"):
        assert client.get(at(source, name, copy.uid)).status_code == 403
    for name in ("evidence", "address", "warc", "choose"):
        assert client.get(at(source, name)).status_code == 403
    for address in (PROGRESS, reverse("admin:articles_source_broken")):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_for_many_copies_as_for_one(
    client, django_assert_num_queries, count
):
    source = cited(quote=QUOTE)
    for n in range(count):
        copy = copy_of(source, address=f"https://example.org/{n}")
        VisitFactory(source=source, snapshot=copy)
        QuoteCheckFactory(snapshot=copy, quote=QUOTE)
        cite(claim_of_source(source).article, source, f"{QUOTE} {n}")
    client.get(at(source))

    with django_assert_num_queries(16):
        client.get(at(source))


# The address replaced


def test_the_address_is_replaced_in_one_step_and_looked_at_as_new(client, web):
    source = cited("https://example.org/gone", quote=QUOTE)
    Watch.objects.update(state="not_found", due_at=None)
    fields = fields_of(client.get(at(source, "address")), "url")

    answer = client.post(at(source, "address"), fields | {"url": web.url("/new")}, follow=True)

    source.refresh_from_db()
    assert source.url == web.url("/new")
    assert (watch(source).state, watch(source).due_at is None) == ("unknown", False)
    assert source.citations.get().claim.article.revisions.order_by("number").last().summary == (
        f"Source: {source.title}"
    )
    assert said(answer) == ["Saved. The worker looks at the new address next."]
    assert web.asked == []


@pytest.mark.parametrize("url", ["", "no address", "javascript:alert(1)", "https://" + "a" * 2000])
def test_what_is_no_address_is_refused_at_the_field(client, url):
    source = SourceFactory(url="https://example.org/a")
    fields = fields_of(client.get(at(source, "address")), "url")

    answer = client.post(at(source, "address"), fields | {"url": url})

    assert list(answer.context["form"].errors) == ["url"]
    assert answer.context["form"]["url"].value() == url
    assert Source.objects.get().url == "https://example.org/a"


def test_an_address_that_somebody_else_replaced_meanwhile_is_not_overwritten(client):
    source = SourceFactory(url="https://example.org/a")
    fields = fields_of(client.get(at(source, "address")), "url")
    Source.objects.update(url="https://example.org/b")

    answer = client.post(at(source, "address"), fields | {"url": "https://example.org/c"})

    assert "https://example.org/b" in answer.context["form"].errors["url"][0]
    assert Source.objects.get().url == "https://example.org/b"


# How far it is


def test_the_lines_say_what_waits_and_what_is_being_looked_at(client):
    now = timezone.now()
    waiting, held = SourceFactory.create_batch(2)
    Watch.objects.create(source=waiting, due_at=now)
    Watch.objects.create(source=held, due_at=now, leased_until=now + timedelta(minutes=1))
    Watch.objects.create(source=SourceFactory(), due_at=now + timedelta(days=1))

    page = parse(client.get(PROGRESS, {"source": held.pk}).content.decode())

    assert page.one("p").text == (
        "This source is being looked at now. 1 source waits, 1 is being looked at. Refresh"
    )
    assert "data-busy" in page.one("p")


def test_nothing_that_waits_is_said(client):
    assert parse(client.get(PROGRESS).content.decode()).one("p").text == (
        "No source waits to be looked at. Refresh"
    )


@pytest.mark.parametrize(
    ("due", "seen", "idle"),
    [(10, 20, True), (10, None, True), (10, 1, False), (1, 20, False)],  # minutes ago
)
def test_where_no_worker_seems_to_run_it_says_how_to_start_one(client, due, seen, idle):
    ago = lambda minutes: timezone.now() - timedelta(minutes=minutes)  # noqa: E731
    source = SourceFactory()
    Watch.objects.create(source=source, due_at=ago(due))
    if seen:
        VisitFactory(source=source, made_at=ago(seen))

    shown = client.get(PROGRESS).content.decode()

    assert ("python manage.py db_worker" in shown) is idle
    assert ("python manage.py check_evidence" in shown) is idle


# The list, and what has no page


def test_the_list_shows_links_and_copies_and_is_filtered(client):
    gone, fine, unseen = SourceFactory.create_batch(3)
    Watch.objects.create(source=gone, state="gone")
    copy_of(fine)
    address = reverse("admin:articles_source_changelist")

    shown = parse(client.get(address).content.decode())

    assert [node.text for node in shown.all("td", class_="field-link")] == [
        "Gone for good (410)",
        "As it was",
        "–",
    ]
    assert [node.text for node in shown.all("td", class_="field-copies")] == ["0", "1", "0"]
    for asked, found in [
        ("broken", [gone]),
        ("gone", [gone]),
        ("ok", [fine]),
        ("unknown", [unseen]),
    ]:
        assert list(client.get(address, {"link": asked}).context["cl"].result_list) == found


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_many_sources(client, django_assert_num_queries, count):
    for source in SourceFactory.create_batch(count):
        copy_of(source)
    address = reverse("admin:articles_source_changelist")
    client.get(address)

    with django_assert_num_queries(8):
        client.get(address)


def test_evidence_and_the_queue_have_no_forms_in_the_admin(client):
    for model in (Snapshot, Visit, QuoteCheck, Watch, DBTaskResult):
        assert model not in admin.site._registry
        for name in ("add/", "1/change/", "1/delete/", ""):
            label = f"{model._meta.app_label}/{model._meta.model_name}"
            assert client.get(f"/admin/{label}/{name}").status_code == 404
    index = client.get("/admin/").content.decode()
    assert "Task result" not in index
    assert reverse("admin:articles_source_broken") in index


@pytest.mark.parametrize("name", ["evidence", "copy", "copy_text", "copy_bytes", "warc"])
def test_pages_work_where_the_folder_of_copies_cannot_be_read(admin_client, settings, name):
    source = SourceFactory()
    stored = copy_of(source)
    settings.SNAPSHOTS_DIR.write_text("no folder")
    more = [stored.uid] if name.startswith("copy") else []

    assert admin_client.get(at(source, name, *more), follow=True).status_code == 200


def test_an_upload_that_the_disk_does_not_take_is_refused_in_words(admin_client, settings):
    source = SourceFactory()
    settings.SNAPSHOTS_DIR.write_text("no folder")

    answer = upload(admin_client, source, WORDS.encode())

    assert answer.context["upload"].errors["file"] == [
        "The copy could not be stored (Not a directory): tell whoever runs this site."
    ]
    assert not Snapshot.objects.exists()
