"""Cases of claims to follow, as JSON Lines."""

import json
import subprocess
import sys

import pytest

from articles.text.follow.lines import answer

WELLS = "The valley had four wells in 1931."
PUMP = "The pump failed in May, and nobody repaired it."
ROAD = "A road was built to Tessit by the engineers."


def case(before: str, after: str, *claims: str, lang: str = "en") -> dict:
    """A case of one section; each claim has its quote as id, repeated ones a number, too."""
    return {
        "id": "x",
        "lang": lang,
        "before": [{"uid": "s", "heading": "", "markdown": before}],
        "after": [{"uid": "s", "heading": "", "markdown": after}],
        "claims": [
            {"id": f"{quote}{claims[:n].count(quote) or ''}", "section": "s", "quote": quote}
            for n, quote in enumerate(claims)
        ],
    }


def outcomes(before: str, after: str, *claims: str, lang: str = "en") -> dict:
    result = answer(case(before, after, *claims, lang=lang))["result"]
    return {claim: (str(found["outcome"]), found["quote"]) for claim, found in result.items()}


@pytest.mark.parametrize(
    "after",
    [
        f"**{WELLS}** {PUMP}",
        f"{WELLS}[^1] {PUMP}\n\n[^1]: Ibid.",
        f"The valley had\nfour   wells in&nbsp;1931. {PUMP}",
        f"- {WELLS}\n- {PUMP}",
        f"{PUMP}\n\n> {WELLS}",
        f"| a | b |\n| --- | --- |\n| {PUMP} | {WELLS} |",
        f"[{WELLS}](https://example.org/) ![a pump](pump.png) {PUMP}",
    ],
)
def test_markup_blocks_and_footnote_marks_are_no_change(after):
    assert outcomes(f"{WELLS} {PUMP}", after, WELLS, PUMP) == {
        WELLS: ("unchanged", WELLS),
        PUMP: ("unchanged", PUMP),
    }


def test_items_of_a_list_that_change_or_move_keep_their_claims():
    after = "- Gao\n- Ménaka has 7 wells\n- Kidal\n- Tessit has 3 wells"

    assert outcomes(
        "- Kidal\n- Tessit has 3 wells\n- Ménaka has 5 wells\n- Gao",
        after,
        "Kidal",
        "Tessit has 3 wells",
        "Ménaka has 5 wells",
        "Gao",
    ) == {
        "Kidal": ("unchanged", "Kidal"),
        "Tessit has 3 wells": ("unchanged", "Tessit has 3 wells"),
        "Ménaka has 5 wells": ("edited", "Ménaka has 7 wells"),
        "Gao": ("unchanged", "Gao"),
    }


def test_a_cell_that_changes_keeps_its_claim_in_its_row():
    table = "| Year | Staff |\n| --- | --- |\n| 2014 | 8,280 soldiers |\n| 2015 | 9,120 soldiers |"

    found = outcomes(
        table, table.replace("9,120", "9,210"), "2014", "8,280 soldiers", "2015", "9,120 soldiers"
    )

    assert found == {
        "2014": ("unchanged", "2014"),
        "8,280 soldiers": ("unchanged", "8,280 soldiers"),
        "2015": ("unchanged", "2015"),
        "9,120 soldiers": ("edited", "9,210 soldiers"),
    }


def test_a_footnote_is_followed_as_text():
    note = "The report counts 15,209 members."

    assert outcomes(
        f"{WELLS}[^1]\n\n[^1]: {note}",
        f"{WELLS}[^a] {PUMP}\n\n[^a]: {note.replace('209', '290')}",
        WELLS,
        note,
    ) == {WELLS: ("unchanged", WELLS), note: ("edited", note.replace("209", "290"))}


def test_french_quotation_marks_and_spaces_are_told_apart():
    said = "« Le port a reçu 15 209 tonnes », dit le maire."
    before = f"{said} Il n’a jamais fermé."
    spaced = before.replace("« ", "«\u00a0").replace(" »", "\u202f»").replace("15 2", "15\u202f2")

    assert outcomes(before, spaced, said, "Il n’a jamais fermé.", lang="fr") == {
        said: ("unchanged", said),
        "Il n’a jamais fermé.": ("unchanged", "Il n’a jamais fermé."),
    }
    english = before.replace("« ", "“").replace(" »", "”")
    assert outcomes(before, english, said, lang="fr")[said][0] == "edited"


def test_a_quote_is_found_in_other_white_space_and_composition():
    written = "En e\u0301te\u0301, le port a reçu 15\u202f209 tonnes."
    quote = "En été, le port a reçu 15 209 tonnes."

    assert outcomes(written, written, quote, "15 209 tonnes", lang="fr") == {
        quote: ("unchanged", quote),
        "15 209 tonnes": ("unchanged", "15 209 tonnes"),
    }


def test_equal_quotes_are_claims_on_one_copy_after_the_other():
    text = f"{WELLS} {PUMP} {WELLS}"

    assert outcomes(text, f"{WELLS} {PUMP} {ROAD}", WELLS, WELLS) == {
        WELLS: ("unchanged", WELLS),
        f"{WELLS}1": ("deleted", None),
    }


def test_a_quote_that_is_nowhere_counts_as_deleted():
    assert outcomes(WELLS, WELLS, ROAD, "") == {ROAD: ("deleted", None), "": ("deleted", None)}


def command(lines: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "articles.text.follow"],
        input=lines,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_answers_each_case_with_a_result():
    one = case(f"{WELLS} *{PUMP}*\n\n- {ROAD}\n", f"{PUMP}[^1]\n\n[^1]: {ROAD}\n", WELLS, PUMP)

    done = command(f"{json.dumps(one)}\n\n{json.dumps(one | {'id': 'y', 'claims': []})}\n")

    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {
            "id": "x",
            "result": {
                WELLS: {"outcome": "deleted", "section": None, "quote": None},
                PUMP: {"outcome": "unchanged", "section": "s", "quote": PUMP},
            },
        },
        {"id": "y", "result": {}},
    ]
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "no JSON at column 2: Expecting property name enclosed in double quotes"),
        ("[]", "the case is no JSON object"),
        ("{}", "the case has no “id”"),
        (json.dumps(case(WELLS, WELLS) | {"claims": {}}), "“claims” of the case is not a list"),
        (json.dumps(case(WELLS, WELLS) | {"before": ["s"]}), "a section is no JSON object"),
        (
            json.dumps(case(WELLS, WELLS) | {"after": [{"uid": 7}]}),
            "“uid” of a section is not a text",
        ),
        (json.dumps(case(WELLS, WELLS) | {"claims": [{"id": "c"}]}), "a claim has no “section”"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_line(line, fault):
    done = command(f"{json.dumps(case(WELLS, WELLS))}\n{line}\n")

    assert done.returncode == 1
    assert done.stderr == f"stdin, line 2: {fault}. Mend the line, then try again.\n"
    assert len(done.stdout.splitlines()) == 1


def test_raw_html_is_no_text_and_in_code_it_is():
    tagged = f'<p id="a">{WELLS}<br>\nPress <kbd>Enter</kbd> now. <!-- so --> Write `<b>` there.'

    assert outcomes(tagged, tagged, WELLS, "Press Enter now.", "Write <b> there.") == {
        words: ("unchanged", words) for words in (WELLS, "Press Enter now.", "Write <b> there.")
    }
