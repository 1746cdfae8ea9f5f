"""Quotes to find, as JSON Lines."""

import json
import subprocess
import sys

import pytest

CASE = {"id": "a", "text": "The pier was\nsold in 1931.", "quote": "pier was sold"}
FOUND = {"result": "exact", "start": 4, "end": 17, "matched": "pier was\nsold", "score": 1.0}


def run(*lines: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "articles.text.quotes"],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_line_is_answered():
    missing = {"result": "missing", "start": None, "end": None, "matched": "", "score": 0.0}

    done = run(
        json.dumps(CASE),
        json.dumps(CASE | {"id": 2, "quote": "…"}),
        "",
        json.dumps(CASE | {"id": "\ud800", "quote": CASE["text"]}),
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": "a", **FOUND},
        {"id": 2, **missing},
        {"id": "\ud800", **FOUND, "start": 0, "end": 26, "matched": CASE["text"]},
    ]


def test_an_answer_comes_before_the_next_line():
    command = [sys.executable, "-m", "articles.text.quotes"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(json.dumps(CASE).encode() + b"\n")
        process.stdin.flush()

        assert json.loads(process.stdout.readline()) == {"id": "a", **FOUND}

        process.stdin.close()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "no JSON at column 2: Expecting property name enclosed in double quotes"),
        ("[]", "the case is no JSON object"),
        ('{"id": 1, "text": "a"}', "the case has no “quote”"),
        ('{"id": 1, "text": "a", "quote": 1}', "“quote” of the case is not a text"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_malformed_line_is_named_and_ends_it(line, fault):
    done = run(json.dumps(CASE), line, json.dumps(CASE))

    assert [json.loads(answer) for answer in done.stdout.splitlines()] == [{"id": "a", **FOUND}]
    assert done.stderr == f"stdin, line 2: {fault}. Mend the line, then try again.\n"
    assert done.returncode == 1
