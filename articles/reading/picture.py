"""A picture of an article for where links to it are shown: its title and how far it is reviewed.

Drawn with the site's own fonts, which hold Latin letters. A title in other letters is left out;
whoever shows the picture shows the title in words as well.
"""

import io
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from PIL import Image, ImageColor, ImageDraw, ImageFont

from articles.models import PublishedArticle
from articles.reading import notice
from articles.reading.listing import entry
from articles.reading.serving import serve
from articles.remembering import remembered

Colour = tuple[int, ...]  # red, green, blue

PNG = "image/png"
WIDTH, HEIGHT, EDGE = 1200, 630, 72
SIZES = (84, 76, 68, 60, 52, 44)  # of the title; the last one is cut where it does not fit
TITLE_HEIGHT = 300
# As in tokens.css, light.
PAPER, INK, LINE = "#ffffff", "#16191d", "#d5dade"
RATINGS = {
    "supported": "#176b45",
    "partly_supported": "#0b6a86",
    "disputed": "#6d3bb0",
    "outdated": "#8a5000",
    "refuted": "#b4231c",
}
OTHER = "#59626b"  # unverified, not checkable
# The picture's pixels are numbers of its colours. The first ones lead from paper to ink in even
# steps, so that the soft edges of letters, which lie between two numbers, have colours as well.
STEPS = 48
SOFT = STEPS * 3 // 4  # tokens.css: #505962


def picture(request: HttpRequest, slug: str) -> HttpResponse:
    return serve(request, slug, "picture", drawn, content_type=PNG)


def drawn(row: PublishedArticle) -> bytes:
    """The article's picture as a PNG of 1200 × 630."""
    listed = entry(row)
    image = titled(row.title).copy()
    draw = pen(image)
    draw_bar(draw, listed.bar, top=452)
    write(draw, listed.headline, STEPS, font("sans", 34, 600), top=486, most=1)
    write(draw, f"{listed.coverage}.", SOFT, font("sans", 28, 400), top=530, most=2)
    body = io.BytesIO()
    image.save(body, "PNG", compress_level=3)  # half the time for a sixth more bytes
    return body.getvalue()


@remembered
def titled(title: str) -> Image.Image:
    """What the picture says in every language of the interface."""
    image = Image.new("P", (WIDTH, HEIGHT), 0)
    image.putpalette([part for colour in COLOURS for part in colour])
    draw = pen(image)
    draw.text((EDGE, 52), shown(settings.SITE_NAME), STEPS, font("sans", 34, 600))
    draw_title(draw, shown(title), top=116)
    return image


def pen(image: Image.Image) -> ImageDraw.ImageDraw:
    draw = ImageDraw.Draw(image)
    draw.fontmode = "L"  # soft edges, which Pillow gives pictures of this kind only when told
    return draw


def draw_title(draw: ImageDraw.ImageDraw, title: str, *, top: int) -> None:
    """Write the title as large as it fits; what does not even fit small ends in “…”."""
    for size in SIZES:
        serif = font("serif", size, 600)
        height = round(size * 1.16)
        room = TITLE_HEIGHT // height
        lines = list(wrapped(title, serif))
        if len(lines) <= room:
            break
    for number, words in enumerate(cut(lines, room, serif)):
        draw.text((EDGE, top + number * height), words, STEPS, serif)


def write(
    draw: ImageDraw.ImageDraw,
    text: str,
    colour: int,
    font: ImageFont.FreeTypeFont,
    *,
    top: int,
    most: int,
) -> None:
    """Write so many lines at most."""
    for number, words in enumerate(cut(list(wrapped(shown(text), font)), most, font)):
        draw.text((EDGE, top + number * round(font.size * 1.25)), words, colour, font)


def draw_bar(draw: ImageDraw.ImageDraw, bar: list[notice.Segment], *, top: int) -> None:
    """The bar of the page: full where people judged, pale where machines suggest."""
    scale = (WIDTH - 2 * EDGE) / notice.BAR_WIDTH
    for part in bar:
        place = (EDGE + part.x * scale, top, EDGE + (part.x + part.width) * scale, top + 15)
        colour = LINE if part.rating == "none" or part.stale else RATINGS.get(part.rating, OTHER)
        full = ImageColor.getrgb(colour)
        inside = full if part.by == "human" else pale(full)
        draw.rectangle(place, COLOURS.index(inside), outline=COLOURS.index(full), width=2)


def pale(colour: Colour) -> Colour:
    return between(ImageColor.getrgb(PAPER), colour, 1 / 4)


def between(one: Colour, other: Colour, share: float) -> Colour:
    """The colour that lies at ``share`` of the way from one to the other."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


def colours() -> Iterator[Colour]:
    """From paper to ink, then those of the bar, full and pale."""
    paper, ink = ImageColor.getrgb(PAPER), ImageColor.getrgb(INK)
    for step in range(STEPS + 1):
        yield between(paper, ink, step / STEPS)
    for colour in map(ImageColor.getrgb, (*RATINGS.values(), OTHER, LINE)):
        yield colour
        yield pale(colour)


COLOURS = list(colours())


@lru_cache(maxsize=32)
def font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    path = finders.find(f"articles/fonts/{name}.woff2")
    loaded = ImageFont.truetype(path, size)
    loaded.set_variation_by_axes([weight])
    return loaded


def shown(text: str) -> str:
    """The text on one line; "" where the fonts lack one of its letters."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    return text if all(map(has_glyph, text)) else ""


@lru_cache(maxsize=4096)
def has_glyph(character: str) -> bool:
    """Whether the fonts can draw it. What they lack looks like a character that nobody has."""
    serif = font("serif", 44, 600)
    return character == " " or bytes(serif.getmask(character)) != bytes(serif.getmask("\U0010ffff"))


def wrapped(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """The text in lines that fit; a word that is longer than a line is broken."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if fits(longer, font):
            line = longer
            continue
        if line:
            yield line
        while not fits(word, font):
            most = next(n for n in range(len(word), 0, -1) if fits(word[:n], font))
            yield word[:most]
            word = word[most:]
        line = word
    if line:
        yield line


def fits(words: str, font: ImageFont.FreeTypeFont) -> bool:
    return font.getlength(words) <= WIDTH - 2 * EDGE


def cut(lines: list[str], most: int, font: ImageFont.FreeTypeFont) -> list[str]:
    """The first lines; where there are more, the last one ends in “…”."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while not fits(f"{last}…", font):
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]
