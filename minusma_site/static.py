"""Style sheets as they are sent: what a sheet imports is in it, and comments are not.

The sources stay one file a thing, and a browser that reads them as they are follows the imports.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = "articles/css/"
IMPORT = re.compile(r'@import url\("(?P<name>[\w./-]+)"\)(?: (?P<media>[^;]+))?;')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_END = re.compile(r"\s*\n\s*")
# A string, which stays as it is, or a sign whose spaces say nothing. A space before a colon does.
SIGN = re.compile(r"""(?P<string>"[^"]*"|'[^']*')|\s*(?P<sign>[{};,>])\s*|(?P<colon>:)\s+""")


class PackedStaticFiles(CompressedManifestStaticFilesStorage):
    """Packs our style sheets before they get their hashed names."""

    def post_process(
        self, paths: Mapping[str, tuple[Storage, str]], *args: Any, **options: Any
    ) -> Iterator:
        def source(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        sheets = InMemoryStorage()
        ours = [name for name in paths if name.startswith(OURS) and name.endswith(".css")]
        for name in ours:
            sheets.save(name, ContentFile(packed(name, source).encode()))
        return super().post_process(
            {**paths, **{name: (sheets, name) for name in ours}}, *args, **options
        )


def packed(name: str, source: Callable[[str], str]) -> str:
    """The sheet with its imports in it and without what only its writers need.

    ``source`` returns a sheet by its name. Raises KeyError for an import that is not there.
    """

    def imported(found: re.Match[str]) -> str:
        inner = packed(posixpath.join(posixpath.dirname(name), found["name"]), source)
        return f"@media {found['media']}{{{inner}}}" if found["media"] else inner

    text = LINE_END.sub(" ", COMMENT.sub("", source(name))).strip()
    close = SIGN.sub(lambda found: found["string"] or found["sign"] or found["colon"], text)
    return IMPORT.sub(imported, close.replace(";}", "}"))
