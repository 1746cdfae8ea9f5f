"""Searches among 10,000 published articles in English and French, 40 sentences each.

.venv/bin/python benchmarks/search.py [--database postgresql] [--articles 10000]

Each kind of question is asked with other words each time, in this process, nothing cached. "Found"
is `reading.finding.find`: from what was typed to all that the page says, with the database in
between. "Page" is the whole answer, made into HTML. For SQLite, which works in the same thread, the
figures are milliseconds of a core, so that what else the machine does is left out, and what passed
is told beside; for PostgreSQL they are what passed. Exits 1 where a bound does not hold.
"""

import argparse
import os

from concurrent_saves import database


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    arguments.add_argument("--articles", type=int, default=10_000)
    given = arguments.parse_args()
    with database(given.database) as url:
        os.environ["BENCHMARK_DATABASE_URL"] = url
        # Only now, since it sets Django up with that database.
        import searching

        searching.run(given.articles)


if __name__ == "__main__":
    main()
