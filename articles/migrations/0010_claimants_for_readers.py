"""Whose claim a rating is of, where search results show it."""

from django.db import migrations, models

from articles.history.pieces import join


def fill(apps, schema_editor):
    blobs = apps.get_model("articles", "Blob").objects

    def contents(names):
        return {name: blob.content for name, blob in blobs.in_bulk(names).items()}

    verdicts = apps.get_model("articles", "Verdict").objects.exclude(claimant="")
    published = apps.get_model("articles", "PublishedArticle").objects.filter(
        withdrawn=False, article__in=verdicts.values("claim__article")
    )
    # As readers see it, not as the live tables have it: a draft's verdict must not be told.
    for row in published.select_related("publication__revision__manifest"):
        state = join(row.publication.revision.manifest.content, contents)
        for claim in state.claims():
            if claim.claimant:
                row.claims.filter(uid=claim.uid).update(claimant=claim.claimant)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_see_also"),
    ]

    operations = [
        migrations.AddField(
            "publishedclaim",
            "claimant",
            models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
