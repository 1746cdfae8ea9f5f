"""Which published articles cite which sources, for those published before this was kept."""

from django.db import migrations


def fill(apps, schema_editor):
    citations = apps.get_model("articles", "PublishedCitation").objects
    uses = apps.get_model("articles", "PublishedSource").articles.through
    pairs = citations.order_by().values_list("source_id", "claim__article_id").distinct()
    uses.objects.bulk_create(
        [uses(publishedsource_id=s, publishedarticle_id=a) for s, a in pairs],
        ignore_conflicts=True,
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_evidence"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
