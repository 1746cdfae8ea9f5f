from django.db import models

from articles.models.append_only import AppendOnly


class Blob(AppendOnly):
    """A piece of canonical JSON under the SHA-256 (hexadecimal) of its UTF-8 bytes."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.TextField()

    def __str__(self) -> str:
        return self.sha256
