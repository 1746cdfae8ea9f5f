"""How to read the articles: what signs and notices mean, and how they come about."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template import loader

from articles.reading import notice
from articles.reading.serving import answer


@dataclass(frozen=True, slots=True)
class Meaning:
    """A verdict with what it says of a sentence."""

    rating: str
    label: str
    words: str


def about(request: HttpRequest) -> HttpResponse:
    """The same for every state of the site: it tells of the program, not of what is published."""
    return answer(request, "about", about_page)


def about_page() -> str:
    meanings = [
        Meaning(rating, notice.label(rating), str(words))
        for rating, words in notice.MEANINGS.items()
    ]
    return loader.render_to_string("articles/about.html", {"meanings": meanings})
