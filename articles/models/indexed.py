"""What readers' search looks things up in: published articles as terms; written by publishing."""

from django.db import models

from articles.models.published import PublishedArticle


class IndexedArticle(models.Model):
    """A published article in the terms of `text/words.py`. A withdrawn one has no row.

    A heading, source or sentence is a line. The database's own index over these columns is made
    by `articles/search/`.
    """

    article = models.OneToOneField(
        PublishedArticle, models.CASCADE, primary_key=True, related_name="indexed"
    )
    edition = models.PositiveIntegerField()  # of the rules by which it was written
    language = models.CharField(max_length=8)
    title = models.TextField()
    headings = models.TextField(blank=True)  # the introduction's is empty
    tags = models.TextField(blank=True)
    sources = models.TextField(blank=True)
    sentences = models.TextField(blank=True)
    facets = models.TextField(blank=True)  # what results are narrowed by, each as one term
    # Not searched: a line for each sentence, "section state uid"; the sources' uids; the words as
    # they are written, for suggestions.
    places = models.TextField(blank=True)
    cited = models.TextField(blank=True)
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


class IndexedWord(models.Model):
    """A word that published articles hold, as it is written; what a mistyped one may have meant."""

    word = models.CharField(max_length=40, unique=True)
    folded = models.CharField(max_length=40)  # without case and accents
    length = models.PositiveSmallIntegerField()
    # A slip of the finger seldom hits both ends of a word.
    head = models.CharField(max_length=2)
    tail = models.CharField(max_length=2)
    articles = models.IntegerField(default=0)  # that hold it

    class Meta:
        indexes = [
            models.Index(fields=["head", "length"], name="indexed_word_head"),
            models.Index(fields=["tail", "length"], name="indexed_word_tail"),
        ]

    def __str__(self) -> str:
        return self.word
