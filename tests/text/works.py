"""Works as values: one that says little, the sample's, and any that hypothesis thinks of."""

import json
import string
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

import articles
from articles.text.csl import TYPES, Fields

SAMPLE = Path(articles.__file__).parent / "sample" / "sources.json"


def work(**values) -> Fields:
    return Fields(**{"uid": "w1", "type": "report", "title": "Fact sheet"} | values)


def sample() -> list[Fields]:
    found = []
    for entry in json.loads(SAMPLE.read_text(encoding="utf-8")):
        entry["uid"] = entry.pop("key")
        entry["accessed"] = date.fromisoformat(entry["accessed"])
        found.append(Fields(**entry))
    return found


SIGNS = string.ascii_letters + string.digits + "{}%&#_$\\~^@\"'`,;:!?()[]<|=+*/.-–—«»“”’éÉçŁ 黒"


def texts(signs: str = SIGNS, *, least: int = 0):
    """Lines of text without spaces at their ends, as forms leave them."""
    words = st.text(signs.replace(" ", ""), min_size=1, max_size=8)
    return st.lists(words, min_size=least, max_size=5).map(" ".join)


NAMES = texts(SIGNS.replace("{", "").replace("}", "").replace(",", ""), least=1)
PEOPLE = st.lists(
    st.one_of(
        st.tuples(NAMES, NAMES).map(", ".join),
        NAMES.map("{{{}}}".format),
    ),
    max_size=3,
).map("\n".join)
DATES = st.dates(date(1000, 1, 1)).map(date.isoformat)
# What an address may hold as it stands.
ADDRESSES = texts(string.ascii_letters + string.digits + "-._~:/?#[]!$&'()*+,;=%").map(
    lambda path: f"https://example.org/{path.replace(' ', '')}".replace("%", "%25")
)


def works(uid: str = "w1"):
    return st.builds(
        Fields,
        uid=st.just(uid),
        type=st.sampled_from(TYPES),
        title=texts(least=1),
        authors=PEOPLE,
        editors=PEOPLE,
        container_title=texts(),
        publisher=texts(),
        place=texts(),
        volume=texts(),
        issue=texts(),
        pages=st.sampled_from(["", "12", "12–34", "A5", "xii–xx"]),
        number=texts(),
        issued=st.one_of(st.just(""), DATES, DATES.map(lambda day: day[:7]), st.just("0987")),
        url=st.one_of(st.just(""), ADDRESSES),
        doi=st.sampled_from(["", "10.1/x", "10.1002/(SICI)1097<1661::AID>3.0.CO;2-2"]),
        isbn=st.sampled_from(["", "978-0-306-40615-7"]),
        issn=st.sampled_from(["", "1234-567X"]),
        language=st.sampled_from(["", "en", "fr", "bm", "pt-BR"]),
        accessed=st.one_of(st.none(), st.dates(date(1990, 1, 1))),
        note=st.lists(texts(least=1), max_size=3).map("\n".join),
    )
