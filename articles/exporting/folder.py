"""The folder that is written: whole files only, and nothing that is not ours is touched."""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from articles.exporting.manifest import NAME, Unexported

ROOM = ".export.part"  # for files that are being written


@dataclass(frozen=True, slots=True)
class Folder:
    root: Path

    def size(self, file: str) -> int:
        """The file's size in bytes, -1 where there is none."""
        try:
            return os.stat(self.root / file).st_size
        except (FileNotFoundError, NotADirectoryError):
            return -1

    def within(self, folder: str) -> list[str]:
        """The JSON files in a folder, named from the root; none where there is no such folder."""
        return [f"{folder}/{path.name}" for path in (self.root / folder).glob("*.json")]

    def write(self, file: str, body: bytes) -> bool:
        """Put the file there in one step; whether it was not there already, byte for byte."""
        path = self.root / file
        if self.size(file) == len(body) and path.read_bytes() == body:
            return False
        part = self.root / ROOM / str(os.getpid())
        part.write_bytes(body)
        path.parent.mkdir(parents=True, exist_ok=True)
        part.replace(path)
        return True

    def remove(self, files: Iterable[str]) -> int:
        """Remove these files and the folders that they leave empty; how many there were."""
        count = 0
        for file in files:
            path = self.root / file
            try:
                path.unlink()
                count += 1
            except (FileNotFoundError, NotADirectoryError):
                continue
            for parent in path.parents:
                if parent == self.root or any(parent.iterdir()):
                    break
                parent.rmdir()
        return count


@contextmanager
def held(root: Path) -> Iterator[Folder]:
    """The folder, for one export at a time. Raises Unexported while another one holds it."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise Unexported(f"{root} is no folder to write to: {error.strerror}.") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        room = root / ROOM
        if (root / NAME).exists() and room.exists():
            shutil.rmtree(room)  # what a run that broke off left
        yield Folder(root)
    except BlockingIOError:
        raise Unexported(f"Another export is writing to {root}. Wait until it ends.") from None
    finally:
        os.close(handle)
