"""Where see-also titles lead, also those of published articles' old revisions."""

import json
import unicodedata
from collections import defaultdict

from django.db import migrations, models

from articles.text.canonical import referred

AT_ONCE = 500


def fill(apps, schema_editor):
    published = apps.get_model("articles", "PublishedArticle")
    link = apps.get_model("articles", "PublishedLink")
    held = set(link.objects.values_list("article_id", "title_key"))
    link.objects.bulk_create(
        [link(article_id=pk, title_key=key) for pk, key in sorted(ever_named(apps) - held)],
        batch_size=AT_ONCE,
    )
    # Of several articles with one title, the one published longest ago is linked.
    shown = published.objects.filter(withdrawn=False).order_by("-published_at", "-pk")
    slugs = dict(shown.values_list("title_key", "slug"))
    linked = defaultdict(dict)
    for pk, key in link.objects.values_list("article_id", "title_key"):
        if key in slugs:
            linked[pk][key] = slugs[key]
    for pk, leads in linked.items():
        published.objects.filter(pk=pk).update(linked=leads)


def ever_named(apps):
    """Each published article's key with each title that a revision before readers named."""
    entries = apps.get_model("articles", "Publication").objects
    entries = entries.filter(act="published", article__published__isnull=False)
    blobs = apps.get_model("articles", "Blob").objects
    pairs = entries.order_by().values_list("article_id", "revision__manifest_id").distinct()
    articles = defaultdict(set)  # by their manifests
    for article, manifest in pairs:
        articles[manifest].add(article)
    found = set()
    for manifests in batches(sorted(articles)):
        texts = blobs.in_bulk(manifests)
        names = {name: referred(json.loads(row.content)["article"]) for name, row in texts.items()}
        pieces = blobs.in_bulk(sorted(set(names.values())))
        for manifest, name in names.items():
            keys = set(map(folded, json.loads(pieces[name].content)["see_also"]))
            found |= {(article, key) for article in articles[manifest] for key in keys}
    return found


def batches(names):
    return (names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE))


def folded(title):
    return " ".join(unicodedata.normalize("NFC", title).split()).casefold()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_claimants"),
    ]

    operations = [
        migrations.AddField(
            "publishedarticle",
            "linked",
            models.JSONField(default=dict),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
