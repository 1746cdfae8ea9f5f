"""The whole public site as files for any static host: made of the site's own answers.

`addresses.py` knows what there is, `asking.py` asks for it, `pages.py` and `places.py` lead its
links, `writing.py` writes what changed, `searching.py` makes the search that needs no server, and
`run.py` puts it together.
"""

from articles.exporting.manifest import Unexported
from articles.exporting.run import Outcome, export

__all__ = ["Outcome", "Unexported", "export"]
