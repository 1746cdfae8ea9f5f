"""Reading in a child process, and what becomes of documents that go beyond its limits."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from articles.evidence.documents import Document, Unreadable, fields, limits, read, reading
from articles.models import Source
from tests.evidence.documents.pdfs import written

UPLOAD = " Upload a copy as PDF or text instead."


def test_a_page_is_read():
    page = "<html lang=en><title>Strength</title><p>Hampâté Bâ counted 15,209."

    assert read(page.encode(), "text/html", "utf-8", address="https://example.org/a") == Document(
        text="Hampâté Bâ counted 15,209.",
        pages=0,
        media_type="text/html",
        fields={"title": "Strength", "language": "en", "type": "webpage"},
        origins={"title": "<title>", "language": "<html lang>", "type": "kind of document"},
    )


@pytest.mark.parametrize(
    ("body", "told", "kind", "text"),
    [
        (b"Strength\r\n\r\nThe force.", "text/plain", "text/plain", "Strength\n\nThe force."),
        (b"Strength", "", "text/plain", "Strength"),
        (
            b"# Strength\n\n*The* force.",
            "text/markdown",
            "text/markdown",
            "# Strength\n\n*The* force.",
        ),
        (b"<!DOCTYPE html><p>Strength", "", "text/html", "Strength"),
        (b"<p>Strength", "text/plain", "text/plain", "<p>Strength"),
        (b"<a><title>x</title><b>Strength</b></a>", "application/rss+xml", "text/xml", "Strength"),
    ],
)
def test_the_kind_follows_from_what_http_said_and_the_bytes(body, told, kind, text):
    found = read(body, told)

    assert (found.media_type, found.text) == (kind, text)


def test_a_texts_first_line_is_its_title():
    assert read(b"\n## Strength ##\n\nThe force.", "text/markdown").fields["title"] == "Strength"
    assert "title" not in read(b"word " * 100, "text/plain").fields


def test_the_pages_of_a_plain_text_are_counted():
    assert read(b"One\n\x0cTwo\n\x0c", "text/plain").pages == 2


@pytest.mark.parametrize(
    ("body", "told", "why"),
    [
        (b"", "text/html", "The answer was empty."),
        (b" \n", "text/html", "The answer was empty."),
        (
            bytes(range(256)) * 100,
            "application/octet-stream",
            "The address gives a file that holds no text.",
        ),
        (
            b"{\\rtf1 Words}",
            "application/rtf",
            "The address gives a document of a word processor, which is not read here.",
        ),
        (
            b"PK\x03\x04" + b"\0" * 100,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "The address gives a document of a word processor, which is not read here.",
        ),
        (
            b"\x89PNG\r\n",
            "text/html",
            "The address gives a picture, a sound or a film, which holds no text.",
        ),
        (b"not a PDF", "application/pdf", "The document is damaged and cannot be read."),
    ],
)
def test_what_holds_no_text_says_why_and_what_to_do(body, told, why):
    with pytest.raises(Unreadable) as unreadable:
        read(body, told)

    assert str(unreadable.value) == why + UPLOAD


def test_a_document_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(reading, "WALL_SECONDS", 0.01)  # no process starts so fast

    with pytest.raises(Unreadable, match="took too long"):
        read(b"<p>Words", "text/html")


def test_a_document_that_takes_too_much_memory_is_given_up():
    done = in_a_child(
        "import io, struct, sys",
        """about = b'{"media_type": "text/html", "charset": "", "address": ""}'""",
        "page = struct.pack('>I', len(about)) + about + b'<p>a' * 500_000",
        "child.main(io.BytesIO(page), sys.stdout.buffer)",
        memory=150_000_000,
    )

    assert done.stdout[4:] == '{"unreadable": "heavy"}'


def test_pages_that_unpack_to_more_than_a_page_has_hold_no_text():
    bombs = written([b"q " * 50_000_000])

    assert len(bombs) < 200_000
    with pytest.raises(Unreadable, match="damaged"):
        read(bombs, "application/pdf")


def in_a_child(*lines: str, memory: int = limits.MEMORY) -> subprocess.CompletedProcess:
    start = "from articles.evidence.documents import child"
    code = [start, f"child.limits.MEMORY = {memory}", "child.bound()", *lines]
    return subprocess.run([sys.executable, "-c", "\n".join(code)], capture_output=True, text=True)


def test_the_child_cannot_have_its_limits_back():
    done = in_a_child(
        "import resource",
        "print([resource.getrlimit(w) for w in (resource.RLIMIT_AS, resource.RLIMIT_CPU)])",
    )

    assert done.stdout.strip() == str(
        [(limits.MEMORY,) * 2, (limits.CPU_SECONDS, limits.CPU_SECONDS + 1)]
    )


def test_the_child_cannot_write_more_than_an_answer(tmp_path):
    done = in_a_child(f"open({str(tmp_path / 'x')!r}, 'wb').truncate({limits.MOST_OUTPUT + 1})")

    assert done.returncode != 0
    assert (tmp_path / "x").stat().st_size == 0


def test_the_child_knows_neither_django_nor_our_environment():
    os.environ["SECRET_OF_OURS"] = "x"
    done = subprocess.run(
        [sys.executable, "-E", "-s", "-X", "importtime", "-m", "articles.evidence.documents.child"],
        input=b"\0\0\0\0",
        capture_output=True,
        cwd=Path(reading.__file__).parents[3],
    )

    assert b"articles.evidence.documents" in done.stderr
    assert b"django" not in done.stderr
    assert b"requests" not in done.stderr


def test_a_child_that_dies_without_a_word_leaves_a_sentence(monkeypatch):
    monkeypatch.setattr(reading.sys, "executable", "/bin/false")

    with pytest.raises(Unreadable, match="damaged"):
        read(b"<p>Words", "text/html")


def test_values_fit_the_fields_of_a_source():
    longest = {
        field.name: getattr(field, "max_length", None) or field.validators[0].limit_value
        for field in Source._meta.concrete_fields
        if field.name in fields.LONGEST and field.name != "accessed"
    }

    assert longest | {"accessed": 10} == fields.LONGEST


def test_endless_work_is_told_from_lack_of_memory():
    start = "from articles.evidence.documents import child"
    loop = ["child.limits.CPU_SECONDS = 1", "child.bound()", "while True: pass"]

    done = subprocess.run(
        [sys.executable, "-c", "\n".join([start, *loop])], capture_output=True, check=False
    )

    assert reading.KILLED[-done.returncode] == "slow"
