"""Which program this is, for cache keys and ETags."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(root: Path, *names: str, site: str = "") -> str:
    """Twelve hex digits that change when ``site`` or a file under ``names`` of ``root`` does.

    From paths and contents, so two machines with the same program agree, and pulling a new
    template changes it although nobody raised the version.
    """
    digest = hashlib.sha256(site.encode())
    for path in _files(root, names):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _files(root: Path, names: Iterable[str]) -> Iterable[Path]:
    for name in names:
        place = root / name
        found = [place] if place.is_file() else sorted(place.rglob("*"))
        yield from (path for path in found if path.is_file() and path.suffix != ".pyc")
