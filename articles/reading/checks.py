"""What was found of quotes, in words for pages. Pure, but for the language."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag

from django.utils.translation import gettext as _

from articles.evidence.findings import Copy, Finding, Findings, Standing
from articles.history.state import ArticleState, ClaimState
from articles.models import Kind, LinkState, Stance
from articles.reading import dates
from articles.text.diff import Run, shortened
from articles.text.quotes import differences, warnings

# From the best to the worst. What nobody looked for may still be there; what was looked for and
# not found is worse.
ORDER = ("exact", "near", "unchecked", "missing")
AROUND = 5  # words on each side of a difference, where it is shown in short


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a quote was found, ready to be shown."""

    result: str = "unchecked"  # exact, near, missing, unchecked
    where: str = ""  # “the copy of 24 November 2026, page 3”
    warnings: tuple[str, ...] = ()  # near: what kind of difference it is, if it may matter
    runs: tuple[Run, ...] = ()  # near: from the quote to the words found
    finding: Finding | None = None

    @property
    def shows(self) -> bool:
        """Whether words of a copy are shown."""
        return self.finding is not None and bool(self.finding.matched)

    @property
    def short(self) -> tuple[Run, ...]:
        """The differences with few of the words that stayed."""
        return shortened(self.runs, AROUND)


UNCHECKED = Check()


def check(findings: Findings, source: str, quote: str, *addresses: str) -> Check:
    """What was found of the quote. ``addresses`` are those of the source that readers see.

    A draft may name another one, whose copies are looked in as well: then it is said.
    """
    finding = findings.of(source, quote)
    if finding is None:
        return UNCHECKED
    near = finding.result == "near"
    return Check(
        result=finding.result,
        where=where(finding, *addresses),
        warnings=tuple(warned(quote, finding.matched)) if near else (),
        runs=differences(quote, finding.matched) if near else (),
        finding=finding,
    )


def warned(quote: str, matched: str) -> Iterator[str]:
    """Which differences may change what is said, in words."""
    words = {
        "number": _("another number"),
        "name": _("another name"),
        "negation": _("a negation more or less"),
    }
    for kind in warnings(quote, matched):
        yield words[kind]


def worst(results: Iterable[str]) -> str:
    """The worst of several results; “unchecked” where there is none."""
    return max(results, key=ORDER.index, default="unchecked")


def where(finding: Finding, *addresses: str) -> str:
    """In which copy, and on which of its pages."""
    copy = finding.copy
    said = copy_named(copy)
    if copy.kind == Kind.FETCHED and any(addresses) and not same_address(copy.address, *addresses):
        said = _("%(copy)s, which is from another address") % {"copy": said}
    return (
        _("%(copy)s, page %(page)d") % {"copy": said, "page": finding.page}
        if (finding.page)
        else said
    )


def copy_named(copy: Copy) -> str:
    day = dates.day(copy.day)
    match copy.kind:
        case Kind.ARCHIVED:
            return _("an archive’s copy of %s") % day
        case Kind.UPLOADED:
            return _("the copy that an editor uploaded on %s") % day
    return _("the copy of %s") % day


def unfound(state: ArticleState, findings: Findings) -> frozenset[str]:
    """The uids of the claims with supporting quotes of which not one was found."""
    return frozenset(claim.uid for claim in state.claims() if all_missing(claim, findings))


def all_missing(claim: ClaimState, findings: Findings) -> bool:
    """Whether the claim has supporting quotes, and all of them were looked for in vain."""
    return none_found(
        findings.result(citation.source, citation.quote)
        for citation in claim.citations
        if citation.stance == Stance.SUPPORTS and citation.quote
    )


def none_found(results: Iterable[str]) -> bool:
    """Whether there are results, and all of them are “missing”."""
    return set(results) == {"missing"}


def speaks_of(standing: Standing, *addresses: str) -> bool:
    """Whether the address visited is one that readers see, and not a draft's."""
    return same_address(standing.address, *addresses)


def same_address(address: str, *others: str) -> bool:
    """Whether the address is one of the others, whatever part of the page they point at."""
    page = urldefrag(address).url
    return bool(page) and page in {urldefrag(other).url for other in others}


def away_in_words(standing: Standing, *addresses: str) -> str:
    """Why the page cannot be read, in a sentence; "" where it can, or where nobody knows.

    ``addresses`` are those that readers see.
    """
    if not standing.away or not speaks_of(standing, *addresses):
        return ""
    return link_in_words(standing)


def link_in_words(standing: Standing) -> str:
    """How it stands with the page, in a sentence; "" where nobody looked or it is not told."""
    sentence = LINKS.get(standing.state)
    if sentence is None or standing.since is None:
        return ""
    return sentence(dates.day(standing.since))


LINKS: dict[str, Callable[[str], str]] = {
    LinkState.OK: lambda day: _("The page can be read and has not changed since %s.") % day,
    LinkState.REDIRECTED: lambda day: _("The address has led elsewhere since %s.") % day,
    LinkState.CHANGED: lambda day: (
        _("The page has changed since it was cited, as was seen on %s.") % day
    ),
    LinkState.QUOTE_GONE: lambda day: (
        _("A quote that stood on the page is no longer there, as was seen on %s.") % day
    ),
    LinkState.NOT_FOUND: lambda day: _("The page has answered 404 (not found) since %s.") % day,
    LinkState.GONE: lambda day: _("The page has answered 410 (gone for good) since %s.") % day,
    LinkState.BLOCKED: lambda day: _("The site has not let us read the page since %s.") % day,
    LinkState.TLS: lambda day: _("The site’s certificate has not been valid since %s.") % day,
    LinkState.DNS: lambda day: _("No site of this name has been found since %s.") % day,
    LinkState.UNREACHABLE: lambda day: _("The site has not answered since %s.") % day,
}
