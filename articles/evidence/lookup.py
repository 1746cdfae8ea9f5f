"""From what an editor pastes to a source's fields: asked of the page, or of a register."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from articles.evidence.documents import Document, Unreadable, read
from articles.evidence.documents.days import partial
from articles.evidence.documents.fields import cleaned, fitting
from articles.evidence.documents.people import lines
from articles.evidence.fetch import Answer, Unfetched, fetch
from articles.models import Outcome
from articles.text import csl, un_documents
from articles.text.identifiers import (
    Identifier,
    Reason,
    Unrecognised,
    recognise,
    same_page,
    without_tracking,
)

CSL_JSON = "application/vnd.citationstyles.csl+json"
MOST_JSON = 2_000_000  # bytes: some works have thousands of authors


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What was found. Nothing is stored."""

    identifier: Identifier
    fields: dict[str, str]  # of Source, without empty ones
    origins: dict[str, str]  # of a field → where it was found
    answer: Answer | None = None  # the page or file itself, to keep as a copy
    document: Document | None = None  # what was read in it
    remarks: tuple[str, ...] = ()  # sentences on what could not be had


def look_up(pasted: str) -> LookedUp:
    """Find the fields of the work that an address, DOI, ISBN or UN document symbol names.

    Raises Unfetched, Unreadable, or ValueError for what names no work; `str()` of each is one
    sentence for an editor. Asks the network, so never call it inside a transaction.
    """
    try:
        identifier = recognise(pasted)
    except Unrecognised as fault:
        raise ValueError(_why(fault.reason)) from fault
    by_kind = {"url": _page, "doi": _registered, "isbn": _book, "un": _un_document}
    return by_kind[identifier.kind](identifier)


def _why(reason: Reason) -> str:
    return {
        "empty": _("Paste an address, a DOI, an ISBN or a UN document symbol."),
        "long": _("This is too long: paste one address, DOI, ISBN or UN document symbol."),
        "scheme": _("Only addresses that begin with http:// or https:// can be fetched."),
        "host": _("This address names no site: copy it again from the browser."),
        "isbn": _("The check digit of this ISBN is wrong: compare it with the book."),
        "unknown": _("This is no address, DOI, ISBN or UN document symbol."),
    }[reason]


def _page(identifier: Identifier) -> LookedUp:
    asked = without_tracking(identifier.address)
    answer = fetch(asked)
    document = _read(answer)
    url = answer.final_address if answer.moved else asked
    fields, origins = dict(document.fields), dict(document.origins)
    # The page that a redirect of the day led to (a log-in, a consent) speaks for itself only.
    if same_page(answer.final_address) != same_page(url) or "url" not in fields:
        fields["url"] = url
        origins["url"] = _("where the address leads") if answer.moved else _("as pasted")
    fields["accessed"] = answer.at.date().isoformat()
    remarks = () if document.text else (_no_text(),)
    return LookedUp(identifier, fields, origins, answer, document, remarks)


def _no_text() -> str:
    return _("The document holds no text, as scans do: quotes cannot be looked for in it.")


def _read(answer: Answer) -> Document:
    return read(answer.body, answer.media_type, answer.charset, address=answer.final_address)


def _registered(identifier: Identifier) -> LookedUp:
    """A work by its DOI: as its registry describes it, and the page that it leads to."""
    address = settings.DOI_RESOLVER + quote(identifier.value, safe="/:;()._-")
    try:
        answer = fetch(address, accept=f"{CSL_JSON}, application/json;q=0.5", polite=False)
    except Unfetched as fault:
        raise _no_answer(fault, _("No work is registered under this DOI: compare it.")) from fault
    told = _json(answer)
    if not told.get("title"):
        raise Unfetched(
            Outcome.UNREADABLE,
            _("The DOI's registry does not describe this work: paste the address of its page."),
            status=answer.status,
        )
    values = csl.fields(told).values()
    fields = _fitting({name: str(value) for name, value in values.items() if value})
    fields["doi"] = identifier.value
    fields.setdefault("url", address)
    origins = dict.fromkeys(fields, _("the DOI's registry"))
    return _with_copy(LookedUp(identifier, fields, origins))


def _no_answer(fault: Unfetched, not_found: str) -> Unfetched:
    """The fault in words that fit a register: it has no page that went away."""
    if fault.status not in (404, 410):
        return fault
    return Unfetched(fault.outcome, not_found, status=fault.status, detail=fault.detail)


def _json(answer: Answer) -> Mapping[str, Any]:
    """The object that a register gave; empty where it gave something else."""
    if "json" not in answer.media_type or len(answer.body) > MOST_JSON:
        return {}
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _fitting(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: told for name, value in fields.items() if (told := fitting(name, value))}


def _with_copy(found: LookedUp) -> LookedUp:
    """With the page itself where it can be had; that it cannot is worth no more than a remark."""
    try:
        answer = fetch(found.fields["url"])
    except Unfetched as fault:
        return replace(found, remarks=(*found.remarks, str(fault)))
    fields = found.fields | {"accessed": answer.at.date().isoformat()}
    try:
        document = _read(answer)
    except Unreadable as fault:
        return replace(found, fields=fields, answer=answer, remarks=(*found.remarks, str(fault)))
    if not document.text:
        found = replace(found, remarks=(*found.remarks, _no_text()))
    missing = {name: value for name, value in document.fields.items() if name not in fields}
    origins = {name: document.origins[name] for name in missing}
    return replace(
        found,
        fields=missing | fields,
        origins=origins | found.origins,
        answer=answer,
        document=document,
    )


def _book(identifier: Identifier) -> LookedUp:
    key = f"ISBN:{identifier.value}"
    asked = urlencode({"bibkeys": key, "format": "json", "jscmd": "data"})
    answer = fetch(
        f"{settings.ISBN_SERVICE}api/books?{asked}", accept="application/json", polite=False
    )
    told = _json(answer).get(key)
    fields = _fitting(_of_a_book(told)) if isinstance(told, dict) else {}
    if "title" not in fields:
        raise Unfetched(
            Outcome.NOT_FOUND,
            _("No book with the ISBN %s is known there: enter it by hand.") % identifier.value,
            status=answer.status,
        )
    fields |= {"type": "book", "isbn": identifier.value}
    origins = dict.fromkeys(fields, _("the register of books"))
    return LookedUp(identifier, fields, origins)


def _of_a_book(told: Mapping[str, Any]) -> dict[str, str]:
    """A source's fields from Open Library's description."""
    title, subtitle = (cleaned(str(told.get(key) or "")) for key in ("title", "subtitle"))
    return {
        "title": f"{title}: {subtitle}" if title and subtitle else title,
        "authors": lines(_names(told.get("authors"))),
        "publisher": next(iter(_names(told.get("publishers"))), ""),
        "place": next(iter(_names(told.get("publish_places"))), ""),
        "issued": partial(str(told.get("publish_date") or "")),
    }


def _names(listed: Any) -> list[str]:
    given = listed if isinstance(listed, list) else []
    return [
        cleaned(str(each["name"])) for each in given if isinstance(each, dict) and each.get("name")
    ]


def _un_document(identifier: Identifier) -> LookedUp:
    """A document of the UN: its symbol tells most, the document itself the rest if it is had."""
    fields = un_documents.fields(identifier.value)
    address = identifier.address.replace(un_documents.DOCUMENTS, settings.UN_DOCUMENTS)
    fields |= {"url": address}
    origins = dict.fromkeys(fields, _("the document's symbol"))
    found = _with_copy(LookedUp(identifier, fields, origins))
    told = found.document.fields if found.document else {}
    better = {}
    if told.get("issued", "").startswith(fields.get("issued", "")):
        better["issued"] = told.get("issued", "")
    if fields["type"] == "document" and told.get("number") == identifier.value:
        better |= {name: told[name] for name in ("title", "authors") if name in told}
    better = {name: value for name, value in better.items() if value}
    return replace(
        found,
        fields=found.fields | better,
        origins=found.origins | {name: found.document.origins[name] for name in better},
    )
