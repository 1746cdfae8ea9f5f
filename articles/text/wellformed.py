"""What XML 1.0 can say. Text may hold characters that it has no way to write, not even escaped."""

import re

# Everything but the production Char (XML 1.0, section 2.2).
FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def wellformed(document: str) -> str:
    r"""The document without the characters that would make it no XML.

    >>> wellformed("<title>Gao\x0b \ufffe(Mali)</title>")
    '<title>Gao (Mali)</title>'
    """
    return FORBIDDEN.sub("", document)
