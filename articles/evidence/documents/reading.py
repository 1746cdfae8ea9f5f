"""The parent's side: a child process reads the document, within limits that it cannot raise."""

import json
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.evidence.documents.limits import MOST_OUTPUT, WALL_SECONDS

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Document:
    """What was read. ``text`` is "" where there is none, as in a PDF of images."""

    text: str  # a form feed between the pages of a PDF, a line end between blocks
    pages: int  # 0 where it has none
    media_type: str  # as its bytes say
    fields: Mapping[str, str]  # of Source
    origins: Mapping[str, str]  # of a field → where it was found, such as "citation_title"


class Unreadable(Exception):
    """The bytes hold no text that can be read: one sentence that says why and what to do."""


def read(body: bytes, media_type: str, charset: str = "", *, address: str = "") -> Document:
    """Read a document as it came from ``address``. Raises Unreadable.

    ``media_type`` and ``charset`` are what HTTP said ("" unknown); the bytes may say otherwise.
    """
    told = _ask({"media_type": media_type, "charset": charset, "address": address}, body)
    if "unreadable" in told:
        raise Unreadable(_sentence(told["unreadable"]))
    return Document(**told)


def _ask(about: Mapping[str, str], body: bytes) -> dict[str, Any]:
    header = json.dumps(about).encode()
    # A file, as the limit on the size of files then bounds what a child under foreign control
    # can answer; a pipe would have to be read with care.
    with tempfile.TemporaryFile() as answer:
        child = subprocess.Popen(
            [sys.executable, "-E", "-s", "-m", "articles.evidence.documents.child"],
            stdin=subprocess.PIPE,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"LANG": "C.UTF-8"},  # no key or password of ours
            start_new_session=True,
        )
        try:
            child.communicate(struct.pack(">I", len(header)) + header + body, WALL_SECONDS)
        except subprocess.TimeoutExpired:
            return {"unreadable": "slow"}
        finally:
            if child.poll() is None:
                child.kill()
                child.communicate()
        return _answered(answer.fileno(), child.returncode)


def _answered(file: int, code: int) -> dict[str, Any]:
    raw = os.pread(file, MOST_OUTPUT, 0)
    # A frame that is cut short is one of a child that died while it wrote.
    if len(raw) >= 4 and struct.unpack(">I", raw[:4])[0] == len(raw) - 4:
        return json.loads(raw[4:])
    return {"unreadable": KILLED.get(-code, "broken")}


# Signals by which the child's limits end it.
KILLED = {24: "slow", 25: "long", 9: "heavy"}  # SIGXCPU, SIGXFSZ, SIGKILL


def _sentence(reason: str) -> str:
    # Here, as the child imports this module's package and has no use for Django.
    from django.utils.translation import gettext as _

    upload = _("Upload a copy as PDF or text instead.")
    why = {
        "binary": _("The address gives a file that holds no text."),
        "image": _("The address gives a picture, a sound or a film, which holds no text."),
        "office": _("The address gives a document of a word processor, which is not read here."),
        "archive": _("The address gives an archive of several files."),
        "encrypted": _("The PDF is protected by a password or a cipher that is not known here."),
        "broken": _("The document is damaged and cannot be read."),
        "empty": _("The answer was empty."),
        "nested": _("The page's elements are nested too deeply to be read."),
        "slow": _("Reading the document took too long."),
        "heavy": _("Reading the document took too much memory."),
        "long": _("The document's text is too long."),
    }
    return f"{why.get(reason, why['broken'])} {upload}"
