"""What a page is about, for search engines and other programs: JSON-LD in schema.org's words.

Nothing is said that the record does not hold. Nobody is named as author: the record knows who
saved a text, and that a machine wrote it, which is no person of schema.org's. A sentence is a
Claim, and our verdict on it stands in terms of our own. A ClaimReview is a review of what
somebody else said. It stands on the sentence's own page, where a person judged what somebody
claimed whom the verdict names, and the words that they judged are those that stand; its author
is the site.

Pure, but for the language of the interface and the site's name and address. Addresses lead to
the page in that language; what a node is, its ``@id``, is the same in all.
"""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from articles.history.review import Review
from articles.history.state import ArticleState, ClaimState, SourceState, VerdictState
from articles.reading import notice
from articles.reading.links import absolute, identity
from articles.text.canonical import moment

if TYPE_CHECKING:  # the page has its linked data made here
    from articles.reading.page import Facts

Node = dict[str, Any]

SCHEMA = "https://schema.org"
# IPTC's codes; schema.org has no member for what is made by people alone.
SOURCE_TYPES = {
    "ai": f"{SCHEMA}/TrainedAlgorithmicMediaDigitalSource",
    "ai_assisted": f"{SCHEMA}/CompositeWithTrainedAlgorithmicMediaDigitalSource",
    "human": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation",
}
# Ratings that lie on a scale of truth, as search engines count it: from 1, false, to 5, true. Of
# the others a number would invent something: where sources contradict each other (disputed), where
# it depends on the day (outdated), where nothing could be found out (unverified).
TRUTH = {"supported": 5, "partly_supported": 3, "refuted": 1}
# What would end the script element or, to JavaScript of old, the line.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script(graph: Iterable[Node], **terms: str) -> SafeString:
    """The page's one graph as a data block; ``terms`` are prefixes of other vocabularies."""
    context = [SCHEMA, terms] if terms else SCHEMA
    document = {"@context": context, "@graph": [without_gaps(node) for node in graph]}
    packed = json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    # Of JSON nothing but strings can hold these signs, and there they are escaped.
    return mark_safe(f'<script type="application/ld+json">{packed}</script>')  # noqa: S308


def without_gaps(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


def website() -> Node:
    home = absolute("home")
    return {
        "@type": "WebSite",
        "@id": f"{identity('home')}#website",
        "url": home,
        "name": settings.SITE_NAME,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{home}search/?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def organization() -> Node:
    return {
        "@type": "Organization",
        "name": settings.SITE_NAME,
        "url": absolute("home"),
        "publishingPrinciples": absolute("about"),
        "correctionsPolicy": f"{absolute('about')}#corrections",
    }


def of_home() -> SafeString:
    return script([website()])


def of_article(
    state: ArticleState,
    facts: "Facts",
    review: Review,
    *,
    description: str,
    headline: str,
    archives: Mapping[str, str],
) -> SafeString:
    """The published article; ``facts`` are the page's, ``headline`` its notice's.

    ``archives`` holds the addresses of public archives' copies by the uids of sources.
    """
    address = absolute("article", state.slug)
    article = {
        "@type": "Article",
        "@id": f"{identity('article', state.slug)}#article",
        "url": address,
        "mainEntityOfPage": address,
        "headline": state.title,
        "description": description,
        "image": absolute("picture", state.slug),
        "inLanguage": state.language,
        "datePublished": moment(facts.first_published_at),
        "dateModified": moment(facts.published_at),
        "version": str(facts.number),
        "isBasedOn": facts.previous and absolute("revision", state.slug, facts.previous),
        "publisher": organization(),
        "accountablePerson": facts.responsible and {"@type": "Person", "name": facts.responsible},
        "creditText": headline,
        "digitalSourceType": SOURCE_TYPES[review.origin],
        "correction": facts.correction
        and {
            "@type": "CorrectionComment",
            "text": facts.correction,
            "datePublished": moment(facts.corrected_at),
        },
        "citation": [work(source, archives.get(source.uid, "")) for source in state.cited()],
        "isPartOf": {"@id": f"{identity('home')}#website"},
    }
    return script([article, website()])


def work(source: SourceState, archived: str = "") -> Node:
    """A cited work by name and addresses alone: an article may cite hundreds."""
    return without_gaps(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": web_address(source),
            "archivedAt": archived,
        }
    )


def web_address(source: SourceState) -> str:
    """Where the work is on the web; "" where that is not known."""
    if source.url.lower().startswith(("http://", "https://")):
        return source.url
    return f"https://doi.org/{source.doi}" if source.doi else ""


def of_claim(
    claim: ClaimState,
    state: ArticleState,
    *,
    number: int,
    current: bool,
    archives: Mapping[str, str],
) -> SafeString:
    """One sentence, as revision ``number`` has it, which readers see or last saw it in.

    With it stands our review of what somebody claimed, where the sentence reports that.
    """
    address = absolute("claim", claim.uid)
    page = absolute("article", state.slug) if current else absolute("revision", state.slug, number)
    cited = dict.fromkeys(citation.source for citation in claim.citations)
    node = {
        "@type": "Claim",
        "@id": f"{identity('claim', claim.uid)}#claim",
        "url": address,
        "mainEntityOfPage": address,
        "text": claim.text,
        "inLanguage": state.language,
        "digitalSourceType": SOURCE_TYPES[claim.origin],
        "appearance": {
            "@type": "Article",
            "url": f"{page}#c-{claim.uid}",
            "headline": state.title,
            "version": str(number),
        },
        "citation": [work(state.source_by_uid[uid], archives.get(uid, "")) for uid in cited],
        "record:verdict": claim.verdict and verdict(claim.verdict, stale=claim.stale),
    }
    nodes = [node, claim_review(claim, state)] if reviews_claimant(claim) else [node]
    return script(nodes, record=f"{identity('home')}#")


def verdict(given: VerdictState, *, stale: bool) -> Node:
    return without_gaps(
        {
            "record:rating": given.rating,
            "record:by": given.by,
            "record:note": given.note,
            "record:asOf": given.as_of,
            "record:claimant": given.claimant,  # the rating is then of what they claimed
            "record:claimed": given.claimed,
            "record:judgedAt": moment(given.judged_at),
            "record:stale": stale,  # it judged other words than these
        }
    )


def reviews_claimant(claim: ClaimState) -> bool:
    """Whether a person checked what somebody else claimed, in the words that stand.

    Who found that it states no fact has checked nothing.
    """
    return claim.reviewed and claim.claimant != "" and claim.rating != "not_checkable"


def claim_review(claim: ClaimState, state: ArticleState) -> Node:
    """Our review of what the claimant said. The verdict in force has to name one."""
    given = claim.verdict
    return {
        "@type": "ClaimReview",
        "@id": f"{identity('claim', claim.uid)}#review",
        "url": absolute("claim", claim.uid),
        "claimReviewed": given.claimed or claim.text,
        "itemReviewed": {
            "@type": "Claim",
            # A person or an organization, as everywhere in schema.org: the record does not know
            # which, so neither is said. A Thing is no author there, and says no more.
            # Where and when they claimed it is not known either: the citations do not tell which
            # of them holds it. So there is no `appearance`, least of all our own article.
            "author": {"name": given.claimant},
        },
        "author": organization(),
        "reviewRating": rating(given.rating),
        "reviewBody": given.note,
        "inLanguage": state.language,
        # When it was judged. Readers saw it later, with a publication that it does not name.
        "dateCreated": moment(given.judged_at),
    }


def rating(name: str) -> Node:
    """The rating in words of the page's language, as a number only where it has one."""
    words = {"@type": "Rating", "alternateName": notice.label(name)}
    if name not in TRUTH:
        return words
    return {**words, "ratingValue": TRUTH[name], "bestRating": 5, "worstRating": 1}
