"""Random articles as values, for property tests."""

from datetime import UTC, date

from hypothesis import strategies as st

from articles.history.state import (
    ArticleState,
    CitationState,
    ClaimState,
    SectionState,
    SourceState,
    VerdictState,
    in_order,
)

# What PostgreSQL and UTF-8 can keep.
words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40)
uids = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=12, max_size=12)
days = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
runs = st.tuples(st.integers(1, 9), st.integers(1, 9))
times = st.datetimes(timezones=st.just(UTC))

verdicts = st.builds(
    VerdictState,
    uid=uids,
    rating=st.sampled_from(["supported", "refuted", "outdated"]),
    note=words,
    as_of=st.sampled_from(["", "2017", "2017-06"]),
    recheck_by=days,
    judged_text=words,
    editor=words,
    judged_at=times,
    reaffirms=st.just("") | uids,
    judged_around=words,
    dismisses=st.just("") | uids,
    seconds=st.none() | st.integers(0, 999),
    source_opened=st.none() | st.booleans(),
    claimant=words,
    claimed=words,
)
sources = st.builds(
    SourceState,
    **dict.fromkeys(SourceState.__dataclass_fields__, words) | {"accessed": days, "uid": uids},
)


@st.composite
def sections(draw, cited):
    """A section whose claims stand in its body, or read otherwise because of markup."""
    claims, body, at = [], "", 0
    for _ in range(draw(st.integers(0, 4))):
        text = draw(words.filter(bool))
        body += draw(words) + (text if draw(st.booleans()) else "**marked**")
        start = at + draw(st.integers(0, 3))
        at = start + len(text)
        claims.append(
            ClaimState(
                draw(uids),
                start,
                at,
                text,
                draw(st.sampled_from(["ai", "ai_assisted", "human"])),
                draw(st.sampled_from(["ai", "human"])),
                begun=draw(st.integers(0, 9)),
                changed=draw(st.integers(0, 9)),
                words=tuple(draw(st.lists(runs, max_size=2))),
                around=draw(words),
                verdicts=tuple(draw(st.lists(verdicts, max_size=2))),
                citations=tuple(
                    CitationState(draw(uids), source.uid, "supports", draw(words), draw(words))
                    for source in (
                        draw(st.lists(st.sampled_from(cited), max_size=2)) if cited else []
                    )
                ),
            )
        )
        body += draw(st.sampled_from(["", "\n", "\n\n", "\n\n\n"]))
    return SectionState(
        draw(uids),
        draw(st.integers(2, 4)),
        draw(words),
        body,
        in_order(draw(st.lists(words, max_size=3))),
        tuple(claims),
    )


@st.composite
def articles(draw):
    works = draw(st.lists(sources, max_size=3, unique_by=lambda source: source.uid))
    parts = draw(
        st.lists(sections(works), max_size=4, unique_by=lambda section: section.uid).filter(
            lambda found: (
                len({c.uid for s in found for c in s.claims}) == sum(len(s.claims) for s in found)
            )
        )
    )
    used = {c.source for section in parts for claim in section.claims for c in claim.citations}
    return ArticleState(
        draw(uids),
        draw(words),
        draw(words),
        "en",
        "",
        tuple(draw(st.lists(words, max_size=2))),
        tuple(parts),
        tuple(sorted((w for w in works if w.uid in used), key=lambda work: work.uid)),
    )
