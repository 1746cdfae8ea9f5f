"""Editors' pages on what stands behind sources: looked up, kept, searched, broken."""
