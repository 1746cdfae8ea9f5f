"""Copies of sources: their bytes and texts as files, a row for each copy.

The functions `…_copy` write the files and give a row that is not stored yet, so that nobody waits
for a disk within a transaction; `kept` stores it. `keep`, `keep_archived` and `keep_upload` do
both.
"""

import mimetypes
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.evidence import files, watching
from articles.evidence.documents import Document, read
from articles.evidence.fetch import Answer
from articles.evidence.seals import sealed
from articles.models import Kind, Snapshot
from articles.text.canonical import canonical

# What a site sets to know its visitor again is nobody's evidence.
UNKEPT_HEADERS = {"set-cookie", "set-cookie2"}


def keep(source_uid: str, answer: Answer, document: Document | None) -> Snapshot:
    """Keep what was fetched from the source's address; ``document`` is what was read in it.

    The newest fetched copy is returned where it holds the same bytes.
    """
    return kept(fetched_copy(source_uid, answer, document))


def keep_archived(
    source_uid: str, answer: Answer, document: Document | None, archived_at: datetime
) -> Snapshot:
    """Keep what a public archive holds of the source, and when the archive took it.

    The source is due then: its quotes are to be looked for in the copy.
    """
    return _kept_for_checks(archived_copy(source_uid, answer, document, archived_at))


def keep_upload(
    source_uid: str,
    *,
    body: bytes,
    name: str,
    editor: str,
    note: str,
    document: Document | None = None,
) -> Snapshot:
    """Keep a copy that an editor has; ``note`` tells readers where it comes from.

    The source is due then: its quotes are to be looked for in the copy. It is read here, by what
    its bytes and the ending of its ``name`` say that it is, unless ``document`` is given. Raises
    Unreadable, and ValidationError without a note.
    """
    if not note.strip():
        raise ValidationError(_("Say where the copy comes from: readers see it."), code="required")
    if document is None:
        document = read(body, mimetypes.guess_type(name)[0] or "")
    row = Snapshot(
        source_id=source_uid, kind=Kind.UPLOADED, editor=editor, note=clean(note.strip())
    )
    return _kept_for_checks(_filled(row, body, document, document.media_type))


def fetched_copy(source_uid: str, answer: Answer, document: Document | None) -> Snapshot:
    return _answered(Snapshot(source_id=source_uid, kind=Kind.FETCHED), answer, document)


def archived_copy(
    source_uid: str, answer: Answer, document: Document | None, archived_at: datetime
) -> Snapshot:
    row = Snapshot(source_id=source_uid, kind=Kind.ARCHIVED, archived_at=archived_at)
    return _answered(row, answer, document)


def kept(copy: Snapshot) -> Snapshot:
    """Store the row, unless the newest copy of its kind is the same; the one that then stands.

    The same bytes are the same copy, but for those that could not be read then and now can.
    """
    newest = Snapshot.objects.filter(source_id=copy.source_id, kind=copy.kind).first()
    if newest and _same(newest, copy):
        return newest
    return sealed(copy)


def _kept_for_checks(copy: Snapshot) -> Snapshot:
    with transaction.atomic():
        stands = kept(copy)
        watching.ask([copy.source_id])
    return stands


def _same(newest: Snapshot, copy: Snapshot) -> bool:
    return (
        newest.body == copy.body
        and (bool(newest.text) or not copy.text)
        and newest.archived_at == copy.archived_at
        and newest.note == copy.note
    )


def clean(text: str) -> str:
    """Without NUL, which PostgreSQL does not store, and halves of surrogates; of equal length."""
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()


def _answered(row: Snapshot, answer: Answer, document: Document | None) -> Snapshot:
    row.address = clean(answer.address)
    row.final_address = clean(answer.final_address)
    row.status = answer.status
    row.headers = headers(answer.headers)
    row.taken_at = answer.at
    media_type = document.media_type if document else answer.media_type
    return _filled(row, answer.body, document, media_type)


def headers(pairs: tuple[tuple[str, str], ...]) -> str:
    """Headers as a row stores them: in their order, without cookies."""
    return clean(
        canonical([[name, value] for name, value in pairs if name.lower() not in UNKEPT_HEADERS])
    )


def _filled(row: Snapshot, body: bytes, document: Document | None, media_type: str) -> Snapshot:
    text = clean(document.text) if document else ""
    row.media_type = clean(media_type or "application/octet-stream")[:100]
    row.body = files.store(body)
    row.size = len(body)
    row.text = files.store(text.encode()) if text else ""
    row.characters = len(text)
    row.pages = document.pages if document else 0
    return row
