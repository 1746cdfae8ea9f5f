"""The site around the app ``articles``: settings, addresses, headers, server."""

__version__ = "0.1.0"
