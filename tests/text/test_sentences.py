import json
import subprocess
import sys
import time

import pytest

from articles.text.plain import plain
from articles.text.render import render
from articles.text.sentences import normalised, sentences, units

ENGLISH = [
    "See para. 4 of the report. | It is short.",
    "It rose by e.g. 3.5 per cent. i.e. nearly none. | It fell.",
    "It rose by 3.5 per cent. | The rest fell.",
    "He met J.-P. Durand and M. L. Diallo in Bamako. | They spoke.",
    "The report by J. Durand is out. | Plan B. | Nothing else was left.",
    "The U.N. force left. | Gen. Sow and Lt. Gen. Cruz stayed.",
    "Under Res. 2100 (2013) the force began. | Res. 2100 (2013) ended.",
    "It was in the U.S. | The force left. | The U.S. Army stayed.",
    "He said “this is so.” | He left. | “Go!” she said.",
    "Wait... | What? | No… | Yes! | Really?! | (It was so.) | Then it went.",
    "On Dec. 31 it left. | The deal ended on Dec. 31. | The next day came.",
    "It had 15,209 troops, police, etc. | The budget was $1.2 billion.",
    "Smith et al. 2003, cf. Jones, say no. | No. 5 says yes.",
    "See art. 6, sec. 5, Vol. 3, ch. 4, figs. 2-3 and pp. 4–5. | All agree.",
    "They came from St. Louis, Mt. Hombori, and Ft. Worth. | They left.",
    "It has 1. and 2. class seats. | Both cost much.",
    "They were 12 m. | Schools were 5 km. | Away.",
    "1. First they came. | 2. Then they left.",
    "It ended 31.12.2023. | It began 1.7.2013.",
]
FRENCH = [
    "M. Keïta est parti. | MM. Sow et Touré aussi. | Mme Diallo reste.",
    "La rés. 2100 crée la mission. | L'art. 4 le dit. | L’art. 5 aussi.",
    "Le 31 déc. 2023, tout finit. | Le 1er janv. 2024, rien.",
    "J.-P. Durand est là. | Il parle avec le gén. Traoré et le col. Sow.",
    "« Oui. » | Il sort. | Il dit : « Non ! » et part. | « Pourquoi ? » demande-t-elle.",
    "Il y avait 15 209 personnes, etc. | Puis rien.",
    "Voir p. ex. ceci, c.-à-d. cela, cf. Sow, env. 3,5 pour cent. | Fin de la note.",
    "L'O.N.U. est là. | Elle vient de l'O.N.U. | Elle part.",
    "Quoi ?! | Il pleut… | Il part ! | C'est tout.",
]


@pytest.mark.parametrize(
    ("language", "marked"),
    [("en", text) for text in ENGLISH] + [("fr", text) for text in FRENCH],
)
def test_sentences(language, marked):
    text = marked.replace(" | ", " ")

    assert " | ".join(span.of(text) for span in sentences(text, language)) == marked


def test_other_languages_follow_the_english_rules():
    text = "Er kam. Dr. Sow ging."

    assert [span.of(text) for span in sentences(text, "de")] == ["Er kam.", "Dr. Sow ging."]


def test_units_leave_out_fragments():
    text = plain(
        render(
            "Kidal\n\nSource: UN\n\nThree words here\n\nYes.\n\n- Gao!\n- [x]\n\n|Why?|No|\n|-|-|"
        )
    )

    found = [span.of(text.text) for span in units(text, "en")]

    assert found == ["Three words here", "Yes.", "Gao!", "Why?"]


def test_normalised_text():
    assert normalised("  Me\u0301naka\u00a0\n is  ") == "Ménaka is"


@pytest.mark.parametrize("piece", ["“a ", "A.", "( A… ", "(A.) ", "]", "etc. A", "…", "a"])
def test_a_huge_block_takes_less_than_a_second(piece):
    text = piece * (200_000 // len(piece.encode()))
    started = time.process_time()

    sentences(text, "en")

    assert time.process_time() - started < 1


def test_an_article_of_12_000_sentences_takes_less_than_two_seconds():
    sentence = "The force had 15,209 troops near Gao, says Gen. Sow in para. 4. "
    text = plain(render("\n\n".join([sentence * 12] * 250)))
    started = time.process_time()

    found = [units(text, "en") for _ in range(4)]

    assert [len(spans) for spans in found] == [3_000] * 4
    assert time.process_time() - started < 2


def test_the_command_answers_line_by_line():
    cases = [
        {"id": "a", "lang": "fr", "markdown": "**M. Keïta** part.[^1] Fin.\n\n[^1]: Voir là-bas."},
        {"id": 2, "lang": "en", "markdown": ""},
    ]

    done = subprocess.run(
        [sys.executable, "-m", "articles.text.sentences"],
        input="".join(json.dumps(case) + "\n" for case in cases),
        capture_output=True,
        text=True,
        check=True,
    )

    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": "a", "sentences": ["M. Keïta part.", "Fin.", "Voir là-bas."]},
        {"id": 2, "sentences": []},
    ]


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": 1}', '{"id":1,"lang":"en","markdown":"\\u0000"}']
)
def test_the_command_names_the_line_that_is_wrong(line):
    done = subprocess.run(
        [sys.executable, "-m", "articles.text.sentences"],
        input=f'{{"id":1,"lang":"en","markdown":"A."}}\n{line}\n',
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("stdin, line 2: ")
    assert len(done.stderr.splitlines()) == 1
