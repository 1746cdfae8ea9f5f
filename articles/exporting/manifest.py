"""What the folder holds of ours: the file `.export.json`, which each run reads and writes."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

NAME = ".export.json"
FORMAT = 2


class Unexported(Exception):
    """Why nothing was exported, in a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the export."""

    address: str
    etag: str  # of the answer that it was made of; "" for what is made anew each time
    size: int  # bytes of the file; -1 before it is written
    more: tuple[str, ...] = ()  # addresses that only this page told


Files = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a group of addresses became when they were asked for last."""

    stamp: str
    files: tuple[str, ...]  # those that only its pages told as well


@dataclass(frozen=True, slots=True)
class Manifest:
    files: Files = field(default_factory=dict)
    groups: Mapping[str, Kept] = field(default_factory=dict)  # by the first address


def read(folder: Path) -> Manifest:
    """What the last run left. Raises Unexported for a folder with files but no manifest."""
    try:
        text = (folder / NAME).read_text()
    except FileNotFoundError:
        if folder.is_dir() and any(folder.iterdir()):
            raise Unexported(
                f"{folder} holds files but no {NAME}, so it is no earlier export. "
                "Name an empty folder or a new one."
            ) from None
        return Manifest()
    try:
        kept = json.loads(text)
        if kept["format"] == 1:  # knew no groups
            kept |= {"groups": {}}
        elif kept["format"] != FORMAT:
            raise ValueError(kept["format"])
        return Manifest(
            {
                file: Entry(address, etag, size, tuple(more))
                for file, (address, etag, size, more) in kept["files"].items()
            },
            {
                address: Kept(stamp, tuple(files))
                for address, (stamp, files) in kept["groups"].items()
            },
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unexported(
            f"{folder / NAME} cannot be read. Name an empty folder, or delete this one."
        ) from None


def write(folder: Path, manifest: Manifest) -> None:
    """Put the new manifest in the old one's place, once it is on the disk."""
    kept = {
        "format": FORMAT,
        "files": {
            file: [entry.address, entry.etag, entry.size, entry.more]
            for file, entry in sorted(manifest.files.items())
        },
        "groups": {
            address: [kept.stamp, kept.files] for address, kept in sorted(manifest.groups.items())
        },
    }
    new = folder / f"{NAME}.new"
    with new.open("w") as out:
        # At once: json.dump, which goes piece by piece, takes ten times as long.
        out.write(json.dumps(kept, ensure_ascii=False, separators=(",", ":")))
        out.flush()
        os.fsync(out.fileno())
    new.replace(folder / NAME)
