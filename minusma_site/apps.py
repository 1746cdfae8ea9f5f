from django.contrib.admin.apps import AdminConfig


class EditorsAdmin(AdminConfig):
    """Django's admin with the site of admin.py."""

    default_site = "minusma_site.admin.EditorsSite"
