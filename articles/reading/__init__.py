"""Readers' pages: from published revisions and the read model, never from what editors change."""
