"""The search of a site without a server: an index in files, which a script of the page reads.

    search/index.json           the articles' languages, tags and states; which parts there are
    search/words/mi.json        the words that begin so, and the articles that hold them
    search/articles/17.json     what is shown of an article

Words are folded and stemmed here, by the rules of the served search. The script knows no stems: it
takes words for the same where a line of a part names them together.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.exporting import places
from articles.exporting.addresses import languages
from articles.exporting.folder import Folder
from articles.exporting.manifest import Entry, Files
from articles.exporting.writing import Done
from articles.history.moment import at_one_moment
from articles.models import (
    Language,
    PublishedArticle,
    PublishedCitation,
    PublishedClaim,
    PublishedSection,
    PublishedTag,
)
from articles.reading import addressing, notice
from articles.reading.languages import FIRST, path_in
from articles.reading.listing import review_of
from articles.search.facets import state
from articles.text.canonical import sha256
from articles.text.words import COMMON, term, words

FOLDER = "/search/"
INDEX = "search/index.json"
ROOMS = ("search/words", "search/articles")  # of the index alone
WEIGHTS = {"title": 100, "heading": 25, "tag": 25, "source": 8, "sentence": 1}
INITIALS = 2  # letters of a word that name its part
KINDS = ("sentence", "heading", "source", "tag")
HREF = re.compile(r' href="[^"]*"')
UNNAMED = re.compile(r"[^a-z0-9]")

Document = dict[str, Any]


def inserted() -> dict[str, str]:
    """What the search page of each language needs besides, by its address."""
    found = {}
    for language in languages():
        with translation.override(language):
            address = addressing.path("search")
            found[address] = loader.render_to_string(
                "articles/_static_search.html",
                {
                    "index": places.link(address, FOLDER),
                    "language": language,
                    "home": addressing.path("home"),
                    "hits": [(kind, hit(kind)) for kind in KINDS],
                    "languages": Language.choices,
                    "verdicts": [(rating, notice.label(rating)) for rating in notice.RATINGS],
                    "states": list(states()),
                    "counts": list(counts()),
                    "about": notice.about("{claimant}"),
                },
            )
    return found


def hit(kind: str) -> str:
    """A result's markup, without what it leads to and says."""
    nothing = {"slug": "-", "uid": "-", "anchor": "-", "heading": "-", "language": "en"}
    html = loader.render_to_string(
        "articles/_hit.html", {"hit": nothing | {"kind": kind}, "label": "", "whose": ""}
    )
    return HREF.sub("", html)


def named(rating: str, by: str, stale: bool) -> str:
    return "-".join(filter(None, [rating, by, "stale" if stale else ""]))


def states() -> Iterator[dict[str, object]]:
    """How a sentence can stand, in words."""
    for rating in notice.RATINGS:
        for by in ("human", "machine") if rating != "none" else ("",):
            for stale in (False, True):
                yield {
                    "name": named(rating, by, stale),
                    "rating": rating,
                    "by": by,
                    "stale": stale,
                    "label": _("Text changed since it was checked")
                    if stale
                    else notice.label(rating),
                    "whose": "" if stale else notice.whose(by),
                }


def counts() -> Iterator[tuple[str, str]]:
    """Sentences with a number in them, as the search page has them, for one and for more."""
    for name, number in (("one", 1), ("many", 2)):
        said = {"n": "{n}"}
        found = ngettext("<b>%(n)s article</b> found.", "<b>%(n)s articles</b> found.", number)
        yield f"found-{name}", found % said
        least = ngettext(
            "At least <b>%(n)s article</b> holds it.",
            "At least <b>%(n)s articles</b> hold it.",
            number,
        )
        yield f"least-{name}", least % said
        yield f"sentences-{name}", ngettext("%(n)s sentence.", "%(n)s sentences.", number) % said


def write(held: Folder, before: Files) -> Done:
    """Write the index, unless it is there as it would be."""
    done = Done()
    with at_one_moment():
        shown = list(PublishedArticle.objects.shown().order_by("pk"))
        key = sha256(json.dumps([settings.RELEASE, languages(), [*map(version, shown)]]))
        kept = {file: entry for file, entry in before.items() if is_of_index(file)}
        whole = all(held.size(file) == entry.size for file, entry in kept.items())
        if INDEX in kept and kept[INDEX].etag == key and whole:
            return Done(kept)
        for file, document in documents(shown):
            body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
            done.written += held.write(file, body)
            done.files[file] = Entry(f"/{file}", key if file == INDEX else "", len(body))
    return done


def version(row: PublishedArticle) -> tuple[object, ...]:
    return (row.pk, row.hash, row.publication_id, row.version)


def is_of_index(file: str) -> bool:
    return file == INDEX or file.startswith(tuple(f"{room}/" for room in ROOMS))


def there(held: Folder) -> set[str]:
    """The index's files, also those of a run that broke off, of which no manifest tells.

    An article that was withdrawn since would otherwise stay in one of them.
    """
    return {file for room in ROOMS for file in held.within(room)}


def documents(shown: list[PublishedArticle]) -> Iterator[tuple[str, Any]]:
    """The files of the index and what is in them."""
    index = Index()
    for row, contents in zip(shown, Contents(shown).each(), strict=True):
        document = contents | {"headlines": headlines(row)}
        index.add(row.pk, document)
        yield f"search/articles/{row.pk}.json", document
    parts = index.parts()
    for name, lines in parts.items():
        yield f"search/words/{name}.json", lines
    yield (
        INDEX,
        {
            "parts": sorted(parts),
            "common": sorted(COMMON),
            "tags": index.tags,
            "articles": index.articles,
        },
    )


def headlines(row: PublishedArticle) -> dict[str, str]:
    """How far the review is, in the languages of the interface."""
    said = {}
    for language in languages():
        with translation.override(language):
            said[language] = notice.headline(review_of(row), row.responsible)
    return said


class Contents:
    """What can be found in some articles, in four queries."""

    def __init__(self, shown: list[PublishedArticle]) -> None:
        self.shown = shown
        self.sections = grouped(
            PublishedSection.objects.order_by("position").values_list(
                "article", "uid", "heading", "anchor"
            )
        )
        self.claims = grouped(
            PublishedClaim.objects.filter(current=True)
            .order_by("position")
            .values_list(
                *("article", "uid", "section", "text", "rating", "by", "stale", "claimant")
            )
        )
        self.tags = grouped(
            PublishedTag.objects.order_by("name").values_list(
                "section__article", "section__uid", "slug", "name"
            )
        )
        self.sources = grouped(
            PublishedCitation.objects.order_by("source__title", "source")
            .values_list("claim__article", "source__uid", "source__title", "source__csl__language")
            .distinct()
        )

    def each(self) -> Iterator[Document]:
        for row in self.shown:
            sections = self.sections[row.pk]
            tags: dict[str, set[str]] = defaultdict(set)
            for uid, slug, _name in self.tags[row.pk]:
                tags[uid].add(slug)
            number = {uid: place for place, (uid, *_rest) in enumerate(sections)}
            yield {
                "path": path("article", row.slug),
                "language": row.language,
                "title": row.title,
                "sections": [
                    [heading, anchor, sorted(tags[uid])] for uid, heading, anchor in sections
                ],
                "sentences": [
                    [
                        *(uid, number[section], state(rating, stale), named(rating, by, stale)),
                        *((text, claimant) if claimant else (text,)),
                    ]
                    for uid, section, text, rating, by, stale, claimant in self.claims[row.pk]
                ],
                "sources": [
                    [path("source", uid), title, language or ""]
                    for uid, title, language in self.sources[row.pk]
                ],
                "tags": {slug: [path("tag", slug), name] for _uid, slug, name in self.tags[row.pk]},
            }


def grouped(rows: Iterable[tuple]) -> dict[int, list[tuple]]:
    found: dict[int, list[tuple]] = defaultdict(list)
    for article, *values in rows:
        found[article].append(tuple(values))
    return found


def path(name: str, argument: str) -> str:
    """Where the page is, from the root of each language."""
    address = path_in(FIRST, name, argument)
    return places.static_address(address)[1:] if places.has_file(address) else ""


class Index:
    """The words of some articles with the articles that hold them."""

    def __init__(self) -> None:
        self.forms: dict[str, set[str]] = defaultdict(set)  # by their term
        self.weights: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        self.tags: dict[str, str] = {}  # names by slugs
        self.articles: dict[int, tuple[str, list[str], list[str]]] = {}

    def add(self, article: int, document: Document) -> None:
        language = document["language"]
        for text, weight in texts(document):
            for word in words(text):
                found = term(word.folded, language)
                self.forms[found].add(word.folded)
                self.weights[found][article] += weight
        names = {slug: name for slug, (_path, name) in document["tags"].items()}
        self.tags |= names
        standing = sorted({standing for _uid, _section, standing, *_ in document["sentences"]})
        self.articles[article] = (language, sorted(names), standing)

    def parts(self) -> dict[str, list[tuple[str, str]]]:
        """Lines by the beginnings of their words: the words, and "article.weight article…"."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, forms in sorted(self.forms.items()):
            weights = sorted(self.weights[name].items())
            line = (
                " ".join(sorted(forms)),
                " ".join(f"{article}.{weight}" for article, weight in weights),
            )
            for part in sorted({part_of(form) for form in forms}):
                found[part].append(line)
        return found


def texts(document: Document) -> Iterator[tuple[str, int]]:
    yield document["title"], WEIGHTS["title"]
    for heading, *_rest in document["sections"]:
        yield heading, WEIGHTS["heading"]
    for _path, name in document["tags"].values():
        yield name, WEIGHTS["tag"]
    for _path, title, _language in document["sources"]:
        yield title, WEIGHTS["source"]
    for _uid, _section, _state, _name, text, *_claimant in document["sentences"]:
        yield text, WEIGHTS["sentence"]


def part_of(word: str) -> str:
    """The name of the part that a folded word is in.

    >>> part_of("missions"), part_of("15209"), part_of("мир")
    ('mi', '15', 'u43cu438')
    """
    return UNNAMED.sub(lambda letter: f"u{ord(letter[0]):x}", word[:INITIALS])
