"""The picture that goes with a link to an article."""

import io

import pytest
from PIL import Image

from articles import editing, publishing
from articles.models import PublishedArticle
from articles.reading.picture import EDGE, SIZES, WIDTH, cut, drawn, fits, font, shown, wrapped
from tests.factories import EditorFactory, article, claim_of

PATH = "/articles/two-sections/picture.png"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def ink(body: bytes) -> set[tuple[int, int, int]]:
    return {colour for _count, colour in Image.open(io.BytesIO(body)).convert("RGB").getcolors()}


@pytest.mark.django_db
def test_it_is_a_png_of_the_size_that_is_told(reader):
    publishing.publish(article(), by=None)

    answer = reader.get(PATH, headers={"accept-encoding": "gzip"})

    picture = Image.open(io.BytesIO(answer.content))
    assert answer.headers["content-type"] == "image/png"
    assert "content-encoding" not in answer.headers
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(answer.content) < 60_000


@pytest.mark.django_db
def test_it_changes_with_the_review_and_the_title(reader):
    made = article()
    publishing.publish(made, by=None)
    before = reader.get(PATH)
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="refuted", by=EditorFactory())
    publishing.publish(made, by=None)

    after = reader.get(PATH)

    assert after.headers["etag"] != before.headers["etag"]
    refuted = (0xB4, 0x23, 0x1C)
    assert refuted not in ink(before.content)
    assert refuted in ink(after.content)


@pytest.mark.django_db
def test_one_query_when_warm_and_none_of_a_draft(reader, django_assert_num_queries):
    publishing.publish(article(), by=None)
    article(slug="draft")

    with django_assert_num_queries(2):
        cold = reader.get(PATH)
    with django_assert_num_queries(1):
        warm = reader.get(PATH)

    assert cold.content == warm.content
    assert reader.get("/articles/draft/picture.png").status_code == 404


@pytest.mark.parametrize(
    "title", ["A " * 150, LONG * 3, "Wells", "“L’été”: 15 209 €, œuvre – n° 3…"]
)
def test_a_title_stays_within_the_picture(title):
    serif = font("serif", SIZES[-1], 600)

    lines = cut(list(wrapped(title, serif)), 5, serif)

    assert 1 <= len(lines) <= 5
    assert all(fits(line, serif) for line in lines)
    assert all(serif.getlength(line) <= WIDTH - 2 * EDGE for line in lines)


def test_what_does_not_fit_ends_in_an_ellipsis():
    serif = font("serif", SIZES[-1], 600)
    lines = list(wrapped("word " * 100, serif))

    assert cut(lines, 2, serif)[1].endswith("word…")
    assert cut(lines[:2], 2, serif) == lines[:2]


@pytest.mark.parametrize(
    ("text", "drawable"),
    [
        ("L’Été à Gao: 15,209 “staff” – œuvre", True),
        ("E\u0301te\u0301", True),  # letters and their accents apart
        ("العربية", False),
        ("Мали", False),
        ("Mali \u200f\U0001f30d", False),
    ],
)
def test_letters_that_the_fonts_lack_are_not_drawn_as_boxes(text, drawable):
    assert bool(shown(text)) is drawable


@pytest.mark.django_db
def test_a_title_in_other_letters_leaves_the_rest_of_the_picture():
    publishing.publish(article("# العربية\n\nAn opening sentence."), by=None)

    row = PublishedArticle.objects.select_related("publication").get()

    assert Image.open(io.BytesIO(drawn(row))).size == (1200, 630)
