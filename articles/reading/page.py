"""An article's page from its state: the published one, an old revision, a draft's preview.

Pure, but for the language of the interface and the site's name and address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.template import loader
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language

from articles.evidence.findings import NOTHING, Findings
from articles.history.state import ArticleState
from articles.reading import languages, linked_data, notice
from articles.reading.in_common import Citing, body, citing, notice_aside

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
    described = description(state)
    headline = notice.headline(told.review, facts.responsible)
    linked = (
        ""
        if facts.draft or facts.past
        else linked_data.of_article(
            state,
            facts,
            told.review,
            description=described,
            headline=headline,
            archives=findings.archives,
        )
    )
    context = {
        "article": state,
        "facts": facts,
        "body": told,
        "notice": notice_aside(told.review, facts.responsible, headline, interface),
        "lang": state.language if state.language != interface else "",
        "references": references_list(told.works, state, facts, linked),
        "see_also": [(title, facts.links.get(title, "")) for title in state.see_also],
        "written_by": notice.written_by(told.review.origin),
        "headline": headline,
        "description": described,
        "site_url": settings.SITE_URL,
        "versions": languages.versions(languages.in_languages(facts.address, facts.translations))
        if facts.address
        else [],
        "translations": languages.translations(facts.translations),
        "cite": None if facts.draft else cited(state, facts, headline),
        "linked_data": linked if not told.works else "",
    }
    return loader.render_to_string("articles/article.html", context)


def references_list(
    works: Sequence[SafeString], state: ArticleState, facts: Facts, linked: SafeString
) -> SafeString:
    """The works cited, as HTML, with the page's linked data."""
    context = {
        "works": works,
        "article": state,
        "facts": facts,
        "linked_data": linked,
        "length": len(works) * SIGNS_OF_A_WORK,
        "middle": (len(works) + 1) // 2,
    }
    return loader.render_to_string("articles/_references.html", context)


def cited(state: ArticleState, facts: Facts, headline: str) -> Citing:
    return citing(
        state,
        facts.number,
        facts.hash,
        facts.published_at,
        facts.responsible,
        headline,
        get_language(),
    )


def description(state: ArticleState) -> str:
    """The first sentence, for search engines and previews of links."""
    first = next((claim.text for claim in state.claims()), state.title)
    return Truncator(first).chars(200)
