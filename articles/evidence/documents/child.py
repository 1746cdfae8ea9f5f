"""The child's side: one document on standard input, what it holds on standard output.

Both in frames: the length in four bytes, then JSON; after the request's frame the document's
bytes, to the end. The limits hold before the first of these is looked at.
"""

import json
import logging
import resource
import struct
import sys
from typing import Any, BinaryIO

from articles.evidence.documents import limits


def bound() -> None:
    """Take this process the means to do harm. They cannot be had back."""
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_FSIZE, limits.MOST_OUTPUT),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
    # At the soft limit it dies by a signal of its own; at the hard one as if by lack of memory.
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = limits.CPU_SECONDS + 1
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (min(limits.CPU_SECONDS, most), most))


def main(source: BinaryIO, target: BinaryIO) -> None:
    bound()
    logging.disable()
    (length,) = struct.unpack(">I", source.read(4))
    about = json.loads(source.read(length))
    try:
        told = answer(source.read(), **about)
    except MemoryError:
        told = {"unreadable": "heavy"}
    raw = json.dumps(told, ensure_ascii=False).encode(errors="replace")
    if len(raw) + 4 > limits.MOST_OUTPUT:
        raw = json.dumps({"unreadable": "long"}).encode()
    target.write(struct.pack(">I", len(raw)) + raw)
    target.flush()


def answer(body: bytes, *, media_type: str, charset: str, address: str) -> dict[str, Any]:
    from articles.evidence.documents import sniffing

    try:
        kind = sniffing.media_type(body, media_type)
        found = _read(kind, body, charset, address)
    except sniffing.Refused as refused:
        return {"unreadable": str(refused)}
    except RecursionError:
        return {"unreadable": "nested"}
    if len(found["text"]) > limits.MOST_TEXT:
        return {"unreadable": "long"}
    return found | {"media_type": kind}


def _read(kind: str, body: bytes, charset: str, address: str) -> dict[str, Any]:
    """Only what the kind needs is imported: that is half of the time for a small page."""
    if kind == "application/pdf":
        from articles.evidence.documents import pdf

        return pdf.read(body)
    if kind.startswith("text/") and kind not in ("text/html", "text/xml"):
        from articles.evidence.documents import plain

        return plain.read(body, charset, markdown=kind == "text/markdown")
    from articles.evidence.documents import html

    return html.read(body, kind, charset, address)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
