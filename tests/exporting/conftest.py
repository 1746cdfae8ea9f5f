"""What tests of the export share."""

from pathlib import Path

import pytest

from articles.exporting import Outcome, export
from tests.reading.markup import Node, parse


class Site:
    """An exported site."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def export(self, **values) -> Outcome:
        return export(self.root, processes=1, **values)

    def read(self, file: str) -> str:
        return (self.root / file).read_text()

    def page(self, file: str) -> Node:
        return parse(self.read(file))

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def site(tmp_path) -> Site:
    return Site(tmp_path / "site")
