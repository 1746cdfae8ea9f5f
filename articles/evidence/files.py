"""Files named after the SHA-256 of what they hold: bytes of copies, and texts read from them.

They lie in ``SNAPSHOTS_DIR`` as ``ab/abcdef…``. A file is there whole or not at all, also after a
power cut; the same bytes are stored once. Rows name files, never the other way round: a file that
no row names is one whose row was not written.
"""

import hashlib
import os
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from articles.models import Snapshot

UNFINISHED = "unfinished"  # the folder of files that are being written
ABANDONED = 24 * 60 * 60  # seconds after which nobody writes on at such a file


class Lost(Exception):
    """A stored file is not there, or no longer holds what its name says."""


class Unstored(Exception):
    """The disk took no file: it is full, or the folder cannot be written. `str()` says so."""


def place(name: str) -> Path:
    """Where the file with this hash lies, or would."""
    return Path(settings.SNAPSHOTS_DIR) / name[:2] / name


def store(content: bytes) -> str:
    """Keep the bytes, on the disk when this returns; their SHA-256, which names them.

    Raises Unstored.
    """
    name = hashlib.sha256(content).hexdigest()
    path = place(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # One of another length was damaged; whoever computes the hashes again says so.
        if not path.exists() or path.stat().st_size != len(content):
            _write(path, content)
        # Also where another process just made it: it may not have come to this yet.
        for folder in (path.parent, path.parent.parent):
            _sync(folder)
    except OSError as fault:
        said = _("The copy could not be stored (%s): tell whoever runs this site.")
        raise Unstored(said % fault.strerror) from fault
    return name


def _write(path: Path, content: bytes) -> None:
    unfinished = path.parent.parent / UNFINISHED
    unfinished.mkdir(exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=unfinished)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(name: str) -> bytes:
    """The bytes with this hash. Raises Lost where they are missing or damaged."""
    try:
        content = place(name).read_bytes()
    except FileNotFoundError:
        raise Lost(_("the stored file %s is missing") % name) from None
    except OSError as fault:
        said = _("the stored file %(name)s cannot be read (%(why)s)")
        raise Lost(said % {"name": name, "why": fault.strerror}) from fault
    if hashlib.sha256(content).hexdigest() != name:
        raise Lost(_("the stored file %s does not match its hash") % name)
    return content


def body_of(snapshot: Snapshot) -> bytes:
    """The copy's bytes, as they came but for their compression. Raises Lost."""
    return read(snapshot.body)


def text_of(snapshot: Snapshot) -> str:
    """The text read from the copy, "" where none was. Raises Lost."""
    return read(snapshot.text).decode() if snapshot.text else ""


def sweep() -> None:
    """Remove what writers that died left unfinished."""
    before = time.time() - ABANDONED
    for path in (Path(settings.SNAPSHOTS_DIR) / UNFINISHED).glob("*"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
