"""How to report an error in a sentence where no server takes it."""

from django.conf import settings
from django.template import loader
from django.utils import translation

from articles.exporting.addresses import languages
from articles.reading import addressing
from articles.reading.sitemap import contact


def inserted() -> dict[str, str]:
    """What the claims' pages say besides, by what their addresses begin with in each language."""
    found = {}
    for language in languages():
        with translation.override(language):
            folder = addressing.claims().rstrip("/")
            found[folder] = loader.render_to_string(
                "articles/_static_report.html", {"contact": contact(settings.SECURITY_CONTACT)}
            )
    return found
