"""Files of works, as reference managers write and read them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from articles.text import bibtex, csl, ris
from articles.text.csl import Csl, Fields, Found, Unreadable

MOST_BYTES = 2 * 2**20
MOST_WORKS = 2_000


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    media_type: str
    write: Callable[[Iterable[Csl]], str]
    read: Callable[[str], list[Found]]


# By the ending of a file's name.
FORMATS = {
    "bib": Format("BibTeX", "application/x-bibtex", bibtex.write, bibtex.read),
    "ris": Format("RIS", "application/x-research-info-systems", ris.write, ris.read),
    "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", csl.write, csl.read),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A work in a file and where it stands there."""

    work: Fields
    place: str


def read(name: str, data: bytes) -> list[Entry]:
    """The works in a file, by its name and bytes. Raises Unreadable."""
    ending = name.rpartition(".")[2].lower()
    if ending not in FORMATS:
        raise Unreadable("The name ends in none of .bib, .ris and .json: choose such a file.")
    found = FORMATS[ending].read(decode(data))
    if not found:
        raise Unreadable(f"No work was found in it: is it {FORMATS[ending].name}?")
    if len(found) > MOST_WORKS:
        raise Unreadable(
            f"It holds {len(found):,} works, more than the {MOST_WORKS:,} of an import: "
            "split it into several files."
        )
    return [Entry(csl.fields(work.item), work.place) for work in found]


def decode(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Unreadable(
            f"It has {len(data) / 2**20:.1f} MB, more than the {MOST_BYTES >> 20} MB of an import: "
            "split it into several files."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"Line {line} is not UTF-8: save the file as UTF-8 first.") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(f"Line {line} holds a NUL character: this is no file of works.")
    return text
