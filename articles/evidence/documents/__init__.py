"""Bytes from the web as text and bibliographic fields, read in a process of its own.

`reading.py` is the parent's side and `child.py` the child's; the other modules run in the child
and need neither Django nor a database, so that it starts fast and has little to give away.
"""

from articles.evidence.documents.reading import Document, Unreadable, read

__all__ = ["Document", "Unreadable", "read"]
