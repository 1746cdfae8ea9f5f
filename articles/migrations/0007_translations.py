"""Which published articles translate each other, also those that were published before this."""

import json
from collections import defaultdict

from django.db import migrations, models

from articles.text.canonical import referred

AT_ONCE = 500


def fill(apps, schema_editor):
    published = apps.get_model("articles", "PublishedArticle").objects.order_by("published_at")
    blobs = apps.get_model("articles", "Blob").objects
    groups = defaultdict(list)
    keys = list(published.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        rows = published.filter(pk__in=keys[start : start + AT_ONCE])
        rows = list(rows.select_related("article", "publication__revision__manifest"))
        named = {row.pk: article_of(row.publication.revision.manifest) for row in rows}
        found = blobs.in_bulk(named.values())
        for row in rows:
            said = json.loads(found[named[row.pk]].content)
            row.original = said["translation_of"] or row.article.uid
            groups[row.original].append(row)
    for related in groups.values():
        for row in related:
            slugs = {
                other.language: other.slug
                for other in related
                if other.language != row.language and not other.withdrawn
            }
            row.translations = sorted([language, slug] for language, slug in slugs.items())
    rows = [row for related in groups.values() for row in related]
    published.bulk_update(rows, ["original", "translations"], batch_size=AT_ONCE)


def article_of(manifest):
    """The name of the blob with the article's fields."""
    return referred(json.loads(manifest.content)["article"])


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_reports"),
        ("articles", "0006_search"),
        ("articles", "0006_watch_fetch_at"),
    ]

    operations = [
        migrations.AddField(
            "publishedarticle",
            "original",
            models.CharField(db_index=True, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            "publishedarticle",
            "translations",
            models.JSONField(default=list),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
