"""Copies as a WARC/1.1 file (ISO 28500): what web archives and their tools read.

No requests were kept, so none are written. A body is stored as it reads, decoded; its record says
so: headers on how it travelled stand under other names, as web archives do it.
"""

import base64
import io
import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import IO

from django.conf import settings
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from articles.evidence import files
from articles.models import Kind, Outcome, Snapshot, Visit

TRAVEL = {"content-encoding", "content-length", "transfer-encoding"}
REVISIT = "http://netpreserve.org/warc/1.1/revisit/"
NOT_MODIFIED = REVISIT + "server-not-modified"
SAME_BYTES = REVISIT + "identical-payload-digest"


def write(snapshots: Iterable[Snapshot], stream: IO[bytes]) -> int:
    """Write the copies, and a `revisit` for each later visit that met the same; how many records.

    What a site or an archive answered is a `response`, an upload a `resource`. The names of
    records follow from the rows, so the same copies give the same ones. Raises files.Lost.
    """
    writer = WARCWriter(stream, gzip=True, warc_version="1.1")
    told = {
        "software": f"Sentence by Sentence ({settings.SITE_URL})",
        "format": "WARC File Format 1.1",
    }
    writer.write_record(writer.create_warcinfo_record("", told))
    written = 1
    for snapshot in snapshots:
        make = _resource if snapshot.kind == Kind.UPLOADED else _response
        make(writer, snapshot)
        written += 1
        for visit in Visit.objects.filter(snapshot=snapshot).order_by("pk")[1:]:
            _revisit(writer, visit, snapshot)
            written += 1
    return written


def _response(writer: WARCWriter, snapshot: Snapshot) -> None:
    body = files.body_of(snapshot)
    writer.write_record(
        writer.create_warc_record(
            snapshot.final_address or snapshot.address,
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=_http(snapshot, len(body)),
            warc_headers_dict=_named(snapshot.hash, snapshot.taken_at)
            | {"WARC-Payload-Digest": _digest(snapshot)},
        )
    )


def _resource(writer: WARCWriter, snapshot: Snapshot) -> None:
    body = files.body_of(snapshot)
    writer.write_record(
        writer.create_warc_record(
            f"urn:sha256:{snapshot.body}",
            "resource",
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type=snapshot.media_type,
            warc_headers_dict=_named(snapshot.hash, snapshot.taken_at)
            | {"WARC-Payload-Digest": _digest(snapshot)},
        )
    )


def _revisit(writer: WARCWriter, visit: Visit, snapshot: Snapshot) -> None:
    unchanged = visit.outcome == Outcome.UNCHANGED
    record = writer.create_revisit_record(
        visit.final_address or visit.address,
        _digest(snapshot),
        snapshot.final_address or snapshot.address,
        _date(snapshot.taken_at),
        http_headers=_status_line(visit.status or HTTPStatus.OK, []),
        warc_headers_dict=_named(visit.hash, visit.made_at)
        | {"WARC-Refers-To": _record_id(snapshot.hash)},
    )
    record.rec_headers.replace_header("WARC-Profile", NOT_MODIFIED if unchanged else SAME_BYTES)
    writer.write_record(record)


def _named(row_hash: str, at: datetime) -> dict[str, str]:
    return {"WARC-Record-ID": _record_id(row_hash), "WARC-Date": _date(at)}


def _record_id(row_hash: str) -> str:
    return f"<urn:uuid:{uuid.UUID(row_hash[:32], version=4)}>"


def _date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _digest(snapshot: Snapshot) -> str:
    return "sha256:" + base64.b32encode(bytes.fromhex(snapshot.body)).decode()


def _http(snapshot: Snapshot, length: int) -> StatusAndHeaders:
    received = json.loads(snapshot.headers or "[]")
    kept = [
        (f"X-Archive-Orig-{name}" if name.lower() in TRAVEL else name, value)
        for name, value in received
    ]
    return _status_line(snapshot.status or HTTPStatus.OK, [*kept, ("Content-Length", str(length))])


def _status_line(status: int, headers: list[tuple[str, str]]) -> StatusAndHeaders:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    return StatusAndHeaders(f"{status} {phrase}".strip(), headers, protocol="HTTP/1.1")
