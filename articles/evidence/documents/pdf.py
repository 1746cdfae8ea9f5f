"""PDFs: their text page by page, and what they say of themselves."""

import re
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError

from articles.evidence.documents import days, fields
from articles.evidence.documents.limits import MOST_TEXT, MOST_VALUE
from articles.evidence.documents.sniffing import CONTROL, Refused
from articles.text import un_documents

# Titles that a program wrote: of the file, or of nothing.
NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint)\b.*|untitled\b.*|(?:new )?document ?\d*|slide \d+|layout \d+"
    r"|print\b.*|\S+|.*\.(?:docx?|rtf|indd|qxd|pdf|dvi|tex|pptx?|odt|wpd)",
    re.IGNORECASE,
)
NO_AUTHOR = re.compile(
    r"admin\w*|user\w*|owner|author|unknown|pc|hp|dell|\S*\d\S*|.*@.*", re.IGNORECASE
)
HEAD = 2_000  # characters of the first page in which a document names itself
ON_PAGE_DOI = re.compile(r"\bdoi(?:\.org/|:\s*|\s+)(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
UN_NAMES = ("United Nations", "Nations Unies", "Naciones Unidas", "Distr.:")
# How the UN head a document of their own, other than a resolution.
UN_PAPERS = re.compile(
    r"(?:Report|Letter|Identical letters|Note|Note verbale|Statement|Memorandum) "
    r"(?:of|by|from|dated|on) "
)
UN_HEAD_LINES = re.compile(
    r"Original:|Distr|United Nations|Security Council$|General Assembly$|[0-9]{4}$"
)
Facts = dict[str, list[str]]


def read(body: bytes) -> dict[str, Any]:
    """Text and fields. Raises Refused and MemoryError."""
    try:
        reader = PdfReader(BytesIO(body))
        _unlock(reader)
        pages = list(reader.pages)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # pypdf meets a damaged file with whatever goes wrong
        raise Refused("broken") from error
    if not pages:
        raise Refused("broken")
    texts, largest = _texts(pages)
    facts = _metadata(reader) | _first_page(texts[0], largest)
    found, origins = fields.chosen(facts, kind="document")
    if known := _of_the_un(texts[0]):
        found |= known
        origins |= dict.fromkeys(known, "UN document, page 1")
    # A scan has pages and no word.
    text = "\f".join(texts) if any(texts) else ""
    return {"text": text, "pages": len(pages), "fields": found, "origins": origins}


def _unlock(reader: PdfReader) -> None:
    """Many are locked against changes only, and open with no password."""
    if not reader.is_encrypted:
        return
    try:
        opened = reader.decrypt("")
    except (DependencyError, NotImplementedError) as error:
        raise Refused("encrypted") from error
    if not opened:
        raise Refused("encrypted")


def _texts(pages: list[PageObject]) -> tuple[list[str], str]:
    """Each page's text, and the words in the largest type on the first one."""
    sizes: list[tuple[float, str]] = []

    def note(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        if text.strip() and len(sizes) < 5_000:
            scale = abs(tm[3] or tm[1] or 1) * abs(cm[3] or cm[1] or 1)
            sizes.append((round(float(size or 0) * scale, 1), text))

    texts: list[str] = []
    damaged, total = 0, 0
    for page in pages:
        try:
            text = page.extract_text(visitor_text=note if not texts else None)
        except MemoryError:
            raise
        except Exception:  # one damaged page does not make the others unreadable
            text, damaged = "", damaged + 1
        text = CONTROL.sub("", text).replace("\f", " ").strip("\n")
        texts.append(text)
        total += len(text)
        if total > MOST_TEXT:
            raise Refused("long")
    if damaged == len(pages):
        raise Refused("broken")
    return texts, _largest(sizes)


def _largest(sizes: list[tuple[float, str]]) -> str:
    """Words of the largest type that has some; a lone letter is an ornament."""
    for size in sorted({size for size, _ in sizes}, reverse=True):
        words = " ".join("".join(text for each, text in sizes if each == size).split())
        if len(re.findall(r"[^\W\d_]", words)) >= 5:
            return words if len(words) <= 300 and len({size for size, _ in sizes}) > 1 else ""
    return ""


def _metadata(reader: PdfReader) -> Facts:
    facts: Facts = {}
    try:
        about = dict(reader.metadata or {})
        about["/Lang"] = reader.trailer["/Root"].get("/Lang")
    except MemoryError:
        raise
    except Exception:  # damaged, which does no harm to the text
        return facts
    for key in ("/Title", "/Author", "/CreationDate", "/Lang"):
        value = fields.cleaned(str(about.get(key) or "")[:MOST_VALUE])
        useless = {"/Title": NO_TITLE, "/Author": NO_AUTHOR}.get(key)
        if value and not (useless and useless.fullmatch(value)):
            facts[f"PDF {key[1:]}"] = [value]
    return facts


def _first_page(text: str, largest: str) -> Facts:
    facts = {"largest words on page 1": [largest]} if largest else {}
    if match := ON_PAGE_DOI.search(text[:20_000]):
        facts["PDF doi"] = [match[1]]
    return facts


def _of_the_un(text: str) -> dict[str, str]:
    """What the head of a UN document tells; nothing for other documents."""
    head = text[:HEAD]
    symbol = un_documents.first_symbol(head) if any(name in head for name in UN_NAMES) else ""
    if not symbol:
        return {}
    known = un_documents.fields(symbol)
    after = head[head.find(symbol.split(" ")[0]) :]
    day = days.partial_in_words(after)
    if day and day.startswith(known.get("issued", "")):
        known["issued"] = day
    if known["type"] == "document" and (title := _paper(head)):
        known["title"] = fields.fitting("title", title)
        if "of the Secretary-General" in title:
            known["authors"] = "{UN Secretary-General}"
    return known


def _paper(head: str) -> str:
    """“Situation in Mali: Report of the Secretary-General”; "" for what is headed otherwise."""
    lines = [" ".join(line.split()) for line in head.splitlines() if line.strip()]
    for before, line in zip(["", *lines], lines, strict=False):
        if UN_PAPERS.match(line):
            return line if not before or UN_HEAD_LINES.search(before) else f"{before}: {line}"
    return ""
