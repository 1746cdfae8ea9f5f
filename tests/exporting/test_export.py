"""The public site as files: what is there, what it says, what a second run does."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from articles import editing, publishing
from articles.editing import CitationGiven, VerdictGiven
from articles.evidence import checking, keeping
from articles.exporting import Unexported, export
from articles.exporting.folder import held
from articles.exporting.writing import Done
from articles.history.state import ArticleText
from articles.models import Claim
from tests.factories import SourceFactory, article, claim_of
from tests.reading.markup import parse

pytestmark = pytest.mark.django_db

LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}


def published(slug: str = "two-sections", **values):
    made = article(slug=slug, **values)
    publishing.publish(made, by=None)
    return made


def with_evidence(made) -> Claim:
    claim = claim_of(made, "15,209")
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[VerdictGiven("supported", "Read in the fact sheet.")],
        citations=[CitationGiven(SourceFactory(), quote="15,209 members")],
        by=None,
    )
    publishing.publish(made, by=None)
    return claim


def corrected(made, note: str = "The figure was wrong.") -> ArticleText:
    text = editing.article_text(made)
    first, second, *others = text.sections
    changed = replace(second, body=second.body.replace("15,209", "15,290"))
    editing.save_article(
        made,
        replace(text, sections=(first, changed, *others)),
        base=made.revisions.latest("number").hash,
        by=None,
    )
    publishing.publish(made, by=None, note=note)
    return text


def tagged(made, name: str) -> None:
    text = editing.article_text(made)
    first, *others = text.sections
    editing.save_article(
        made,
        replace(text, sections=(replace(first, tags=(name,)), *others)),
        base=made.revisions.latest("number").hash,
        by=None,
    )
    publishing.publish(made, by=None)


def dead_links(site) -> list[tuple[str, str]]:
    """Links of the exported pages that lead to no file of the export."""
    found, files = [], site.files()
    for file in [name for name in files if name.endswith(".html")]:
        for tag, name in LINKS.items():
            for node in site.page(file).all(tag):
                link = node.attributes.get(name)
                if not link or link.startswith("#") or urlsplit(link).scheme:
                    continue
                path = unquote(urlsplit(urljoin(f"http://x/{file}", link)).path)[1:]
                target = path + "index.html" if path.endswith("/") or not path else path
                if target not in files:
                    found.append((file, link))
    return found


def test_a_page_says_what_the_served_one_says(site, client):
    made = published()
    with_evidence(made)
    corrected(made)

    site.export()

    for address in ("/articles/two-sections/", "/fr/articles/two-sections/"):
        served = parse(client.get(address).text).one("article").text
        assert site.page(f"{address[1:]}index.html").one("article").text == served


def test_files_for_programs_are_those_that_are_served(site, client):
    published()

    site.export()

    for name in ("two-sections.md", "two-sections.json", "two-sections/annotations.jsonld"):
        assert site.read(f"articles/{name}") == client.get(f"/articles/{name}").text
    picture = "articles/two-sections/picture.png"
    assert (site.root / picture).read_bytes() == client.get(f"/{picture}").content


def test_every_link_leads_to_a_file(site):
    made = published()
    with_evidence(made)
    tagged(made, "Paix & sûreté")
    corrected(made)
    for number in range(21):
        published(f"other-{number}", markdown=f"# Title {number}\n\nOne sentence of it.")

    site.export()

    assert dead_links(site) == []
    assert (site.root / "page-2/index.html").exists()
    assert 'href="../"' in site.read("page-2/index.html")
    assert (site.root / "fr/page-2/index.html").exists()
    assert (site.root / "about/index.html").exists()
    assert (site.root / "fr/corrections/index.html").exists()
    assert site.page("404.html").one("main").one("a")["href"] == "/"
    assert "fonts/serif.woff2" in " ".join(site.files())


def test_nothing_is_left_that_needs_a_server(site):
    made = published()
    corrected(made)

    site.export()

    pages = "".join(site.read(file) for file in site.files() if file.endswith(".html"))
    assert "/admin/" not in pages
    assert "data-live" not in pages
    assert not re.search(r'<form[^>]*method="post"', pages)
    assert "as-of" not in pages


def test_the_site_may_be_called_by_another_address(site):
    published()

    site.export(base="https://static.example.org/sub/")

    page = site.page("articles/two-sections/index.html")
    assert page.one("link", rel="canonical")["href"] == (
        "https://static.example.org/sub/articles/two-sections/"
    )
    assert site.page("404.html").one("main").one("a")["href"] == "/sub/"
    assert settings.SITE_URL not in site.read("feeds/articles.atom")
    assert settings.SITE_URL == "http://testserver"


def test_drafts_are_never_exported(site):
    article(slug="draft", markdown="# A draft\n\nNobody has seen this sentence.")
    made = published()
    text = editing.article_text(made)
    editing.save_article(
        made, replace(text, title="Unseen"), base=made.revisions.get().hash, by=None
    )

    site.export()

    everything = b"".join(site.files().values())
    assert b"Nobody has seen this sentence" not in everything
    assert b"Unseen" not in everything


def test_a_second_run_writes_nothing(site):
    made = published()
    with_evidence(made)
    first = site.export()

    again = site.export()

    assert (first.written, first.removed) == (first.files, 0)
    assert (again.files, again.written, again.removed) == (first.files, 0, 0)


def test_only_what_changed_is_written(site):
    made = published()
    published("other", markdown="# Other\n\nIt is about something else.")
    site.export()
    before = site.files()

    corrected(made)
    site.export()

    after = site.files()
    changed = {file for file in before if after.get(file) != before[file]}
    assert "articles/two-sections/index.html" in changed
    assert "articles/other/index.html" not in changed
    assert not [file for file in changed if file.startswith("static/")]
    assert "articles/two-sections/compare/1..2/index.html" in after


@pytest.mark.usefixtures("copies")
def test_what_is_found_of_a_quote_reaches_the_pages_of_an_unchanged_article(site):
    claim = with_evidence(published())
    site.export()
    before = site.read(f"claims/{claim.uid}/index.html")

    source = claim.citations.get().source
    words = b"It had 15,209 members in 2017."
    keeping.keep_upload(source.uid, body=words, name="a.txt", editor="awa", note="Print")
    checking.check(source.uid)
    site.export()

    assert "Found word for word" not in before
    assert "Found word for word" in site.read(f"claims/{claim.uid}/index.html")
    assert "Found word for word" in site.read("articles/two-sections/index.html")


def test_a_run_after_changes_leaves_what_a_fresh_one_would(site, tmp_path):
    made = published()
    with_evidence(made)
    site.export()
    corrected(made)
    published("other", markdown="# Other\n\nIt is about something else.")
    site.export()
    fresh = type(site)(tmp_path / "fresh")

    fresh.export()

    left, made_anew = site.files(), fresh.files()
    left.pop(".export.json")
    made_anew.pop(".export.json")
    assert left == made_anew


def test_a_file_that_somebody_deleted_comes_back(site):
    published()
    site.export()
    page = site.root / "articles/two-sections/index.html"
    before = page.read_bytes()
    page.unlink()

    outcome = site.export()

    assert (outcome.written, page.read_bytes()) == (1, before)


def test_a_withdrawn_article_leaves_a_page_that_says_so(site):
    made = published()
    site.export()

    publishing.withdraw(made, by=None, reason="It was beyond repair.")
    site.export()

    page = site.page("articles/two-sections/index.html")
    assert "It was beyond repair." in page.one("main").text
    assert not page.all("article")
    assert not (site.root / "articles/two-sections.json").exists()
    assert not (site.root / "articles/two-sections/annotations.jsonld").exists()
    assert (site.root / "articles/two-sections/history/index.html").exists()
    assert "two-sections" not in site.read("search/index.json")
    assert dead_links(site) == []


def test_files_of_others_stay(site):
    published()
    site.export()
    (site.root / "CNAME").write_text("example.org")

    site.export()

    assert site.read("CNAME") == "example.org"


def test_a_folder_with_files_of_others_is_refused(site):
    published()
    site.root.mkdir()
    (site.root / "notes.txt").write_text("mine")

    with pytest.raises(CommandError, match=r"holds files but no \.export\.json"):
        call_command("export_site", site.root)

    assert list(site.files()) == ["notes.txt"]


def test_nothing_published_is_nothing_to_export(site):
    article(slug="draft")

    with pytest.raises(CommandError, match=r"No article was ever published.*script/setup"):
        call_command("export_site", site.root)

    assert not site.root.exists()


def test_a_database_without_tables_is_told_in_a_line(tmp_path):
    command = [sys.executable, "manage.py", "export_site", tmp_path / "site"]
    environment = os.environ | {"DATA_DIR": str(tmp_path), "DATABASE_URL": ""}

    ran = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True)

    assert ran.returncode == 1
    assert ran.stderr.decode().splitlines() == [
        "CommandError: The database lacks tables or columns of this release. "
        "Run script/setup, or python manage.py migrate, and export again."
    ]


def test_a_run_that_broke_off_is_gone_on_with(site, monkeypatch):
    published()
    with monkeypatch.context() as patched:
        patched.setattr("articles.exporting.run.write_statics", full_disk)
        with pytest.raises(OSError, match="no room"):
            site.export()

    outcome = site.export()

    assert outcome.files == len(site.files()) - 1
    assert dead_links(site) == []


def full_disk(*_args) -> None:
    raise OSError("no room")


def test_what_a_run_that_broke_off_wrote_of_an_article_goes_with_it(site, monkeypatch):
    made = published()
    published("other", markdown="# Other\n\nIt is about something else.")
    with monkeypatch.context() as patched:
        patched.setattr("articles.exporting.run.write_statics", full_disk)
        with pytest.raises(OSError, match="no room"):
            site.export()
    found = site.root / f"search/articles/{made.pk}.json"
    assert found.exists()

    publishing.withdraw(made, by=None, reason="It was beyond repair.")
    site.export()

    assert not found.exists()
    assert not (site.root / "search/words/ca.json").exists()  # capital, ceasefire


def test_a_disk_that_fails_is_told_in_a_line(site):
    published()
    site.export()
    (site.root / "tags/index.html").unlink()
    (site.root / "tags/index.html").mkdir()

    with pytest.raises(CommandError, match=r"tags/index\.html cannot be written or read: Is a dir"):
        call_command("export_site", site.root)


@pytest.mark.django_db(transaction=True)
def test_several_processes_write_what_one_writes(site, tmp_path, monkeypatch):
    with_evidence(published())
    published("other", markdown="# Other\n\nIt is about something else.")
    site.export()
    monkeypatch.setattr("articles.exporting.run.ALONE", 0)
    monkeypatch.setattr("articles.exporting.run.AT_ONCE", 20)
    several = type(site)(tmp_path / "several")

    export(several.root, processes=2)

    alone, together = site.files(), several.files()
    alone.pop(".export.json")
    together.pop(".export.json")
    assert together == alone


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_ends_the_run(site, monkeypatch):
    published()
    monkeypatch.setattr("articles.exporting.run.ALONE", 0)
    monkeypatch.setattr("articles.exporting.run.index", killed)

    with pytest.raises(Unexported, match=r"was killed.*Run it again"):
        export(site.root, processes=2)

    monkeypatch.undo()
    assert site.export().files == len(site.files()) - 1


def killed(_writer) -> Done:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.django_db(transaction=True)
def test_a_run_that_is_killed_leaves_no_process_that_holds_the_folder(site, monkeypatch):
    published()
    monkeypatch.setattr("articles.exporting.run.ALONE", 0)
    monkeypatch.setattr("articles.exporting.run.index", endless)
    connection.close()  # it must not be in two processes
    run = get_context("fork").Process(target=export, args=[site.root], kwargs={"processes": 2})
    run.start()
    soon(lambda: (site.root / "begun").exists())

    run.kill()
    run.join()

    monkeypatch.undo()
    soon(lambda: is_free(site))
    assert site.export().files == len(site.files()) - 2


def endless(writer) -> Done:
    (writer.plan.folder.root / "begun").touch()
    time.sleep(60)


def is_free(site) -> bool:
    try:
        with held(site.root):
            return True
    except Unexported:
        return False


def soon(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_command_tells_what_it_did(site, capsys):
    published()

    call_command("export_site", site.root, base_url="https://example.org")

    assert re.fullmatch(r"(\d+) files: \1 written, 0 removed\.\n", capsys.readouterr().out)
