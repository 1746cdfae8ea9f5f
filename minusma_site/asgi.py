"""The site as an ASGI application.

Every view is synchronous, so WSGI serves it for a fraction of the CPU; see docs/operations.md.
"""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minusma_site.settings")

application = get_asgi_application()
