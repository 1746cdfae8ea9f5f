"""An article's page from its state: the published one, an old revision, a draft's preview.

Pure, but for the language of the interface and the site's name and address.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.template import loader
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from articles.evidence.findings import NOTHING, Findings
from articles.history.review import review
from articles.history.state import ArticleState
from articles.reading import languages, linked_data, notice
from articles.reading.body import Body, body
from articles.reading.cards import squeezed
from articles.reading.citing import as_work, how_to_cite
from articles.reading.references import Listed
from articles.text.csl import Csl

SIGNS_OF_A_WORK = 160  # in the list of references, about


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of a revision beyond its state."""

    number: int
    hash: str
    published_at: datetime | None = None  # none: a draft
    newest: int | None = None  # the revision that readers see now
    first_published_at: datetime | None = None
    previous: int | None = None  # the revision that readers saw before
    responsible: str = ""
    correction: str = ""
    corrected_at: datetime | None = None
    links: Mapping[str, str] = field(default_factory=dict)  # slugs by see-also title
    draft: bool = False
    ways: tuple[tuple[str, str], ...] = ()  # where an editor goes from a draft: words and address
    withdrawn: bool = False
    as_of: date | None = None  # the day at whose end readers saw it
    kept: bool = False  # a memento, which says the same for ever
    address: str = ""  # the page's own, without the site; none: a draft
    translations: tuple[tuple[str, str], ...] = ()  # that readers see: language and slug

    @property
    def past(self) -> bool:
        """Whether the page is another one than the article's own."""
        apart = self.kept or self.as_of is not None or self.newest != self.number
        return apart and not self.draft


def render_article(state: ArticleState, facts: Facts, findings: Findings = NOTHING) -> str:
    """The whole page as HTML; ``findings`` are those of the sources that the state names."""
    interface = get_language()
    told = body(state, findings, interface, draft=facts.draft)
    found = told.review
    headline, described = notice.headline(found, facts.responsible), description(state)
    linked = (
        ""
        if facts.draft or facts.past
        else linked_data.of_article(
            state,
            facts,
            found,
            description=described,
            headline=headline,
            archives=findings.archives,
        )
    )
    context = {
        "article": state,
        "facts": facts,
        "body": told,
        "lang": state.language if state.language != interface else "",
        "references": references_list(told, state, facts, linked),
        "see_also": [(title, facts.links.get(title, "")) for title in state.see_also],
        "written_by": notice.written_by(found.origin),
        "headline": headline,
        "remarks": list(notice.remarks(found, facts.responsible)),
        "coverage": list(notice.coverage(found)),
        "bar": notice.bar(found.tallies),
        "key": notice.key(found.tallies),
        "description": described,
        "site_url": settings.SITE_URL,
        "versions": languages.versions(languages.in_languages(facts.address, facts.translations))
        if facts.address
        else [],
        "translations": languages.translations(facts.translations),
        "cite": None
        if facts.draft
        else how_to_cite(cited_as(state, facts), state.slug, facts.number),
        "keywords": "; ".join(dict.fromkeys(tag for s in state.sections for tag in s.tags)),
        "linked_data": linked if not told.listed else "",
    }
    return loader.render_to_string("articles/article.html", context)


def references_list(
    body: Body, state: ArticleState, facts: Facts, linked: SafeString
) -> SafeString:
    """The works cited, as HTML, with the page's linked data; their quotes stand on the cards.

    The numbers of the claims with cards lead back to the sentences.
    """
    numbers = {uid: number for number, uid in enumerate(body.opened, 1)}
    context = {
        "references": [(item, list(uses(item, numbers))) for item in body.listed],
        "article": state,
        "facts": facts,
        "interface": get_language(),
        "linked_data": linked,
        "length": len(body.listed) * SIGNS_OF_A_WORK,
        "middle": (len(body.listed) + 1) // 2,
    }
    html = loader.render_to_string("articles/_references.html", context)
    return mark_safe(squeezed(html))  # noqa: S308  (the template escapes)


def uses(item: Listed, numbers: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Where the work is used: the anchor of each mark and its number, else the sentence's."""
    for place, uid in enumerate(item.claims, 1):
        yield (f"m-{numbers[uid]}", numbers[uid]) if uid in numbers else (f"c-{uid}", place)


def cited_as(state: ArticleState, facts: Facts) -> Csl:
    """The published revision as a work that others cite."""
    return as_work(
        state,
        number=facts.number,
        sha256=facts.hash,
        day=facts.published_at.date().isoformat(),
        responsible=facts.responsible,
        headline=notice.headline(review(state), facts.responsible),
    )


def description(state: ArticleState) -> str:
    """The first sentence, for search engines and previews of links."""
    first = next((claim.text for claim in state.claims()), state.title)
    return Truncator(first).chars(200)
