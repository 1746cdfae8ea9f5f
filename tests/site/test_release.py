import pytest

from minusma_site.release import fingerprint


@pytest.fixture
def program(tmp_path):
    (tmp_path / "templates" / "articles").mkdir(parents=True)
    (tmp_path / "templates" / "articles" / "page.html").write_text("<p>One</p>")
    (tmp_path / "requirements.txt").write_text("Django\n")
    return tmp_path


def of(program):
    return fingerprint(program, "templates", "requirements.txt", "not-there")


def test_the_same_files_give_the_same_fingerprint_whenever_written(program):
    before = of(program)

    (program / "requirements.txt").write_text("Django\n")
    (program / "templates" / "page.pyc").write_bytes(b"compiled")

    assert of(program) == before


def test_a_changed_file_changes_it(program):
    before = of(program)

    (program / "templates" / "articles" / "page.html").write_text("<p>Two</p>")

    assert of(program) != before


def test_a_moved_file_changes_it(program):
    before = of(program)

    page = program / "templates" / "articles" / "page.html"
    page.rename(page.with_name("claim.html"))

    assert of(program) != before


def test_another_address_of_the_site_changes_it(program):
    assert fingerprint(program, "templates", site="https://a.example") != fingerprint(
        program, "templates", site="https://b.example"
    )
