import hashlib

import pytest

from articles.evidence import files


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.SNAPSHOTS_DIR = tmp_path / "snapshots"


def test_what_is_stored_is_read_back_by_its_hash(settings):
    name = files.store(b"A page.")

    assert name == hashlib.sha256(b"A page.").hexdigest()
    assert files.place(name) == settings.SNAPSHOTS_DIR / name[:2] / name
    assert files.read(name) == b"A page."


def test_the_same_bytes_are_stored_once(settings):
    first, second = files.store(b"A page."), files.store(b"A page.")

    stored = [path for path in settings.SNAPSHOTS_DIR.rglob("*") if path.is_file()]
    assert first == second
    assert stored == [files.place(first)]


def test_a_file_that_was_damaged_is_not_read():
    name = files.store(b"A page.")
    files.place(name).write_bytes(b"A pagf.")

    with pytest.raises(files.Lost, match="does not match its hash"):
        files.read(name)


def test_a_file_that_was_cut_is_stored_again():
    name = files.store(b"A page.")
    files.place(name).write_bytes(b"A p")

    files.store(b"A page.")

    assert files.read(name) == b"A page."


def test_a_missing_file_is_named():
    with pytest.raises(files.Lost, match="the stored file abcd is missing"):
        files.read("abcd")


def test_what_writers_left_unfinished_is_swept_after_a_day(settings, monkeypatch):
    files.store(b"A page.")
    left = settings.SNAPSHOTS_DIR / files.UNFINISHED / "tmp123"
    left.write_bytes(b"half a pa")

    files.sweep()
    assert left.exists()

    monkeypatch.setattr(files, "ABANDONED", -1)
    files.sweep()
    assert not left.exists()
