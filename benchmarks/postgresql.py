"""A PostgreSQL server of one's own, in a directory that goes when it stops."""

import getpass
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ACCOUNT = "postgres"  # in place of root, as whom it does not run


def binaries() -> Path:
    """Where initdb and pg_ctl are; Debian keeps them off the path. Ends the command without."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    if newest is None:
        sys.exit("PostgreSQL is not installed: run 'sudo apt-get install postgresql' first.")
    return newest.parent


@contextmanager
def running() -> Iterator[str]:
    """Run a new server; yield its one database as DATABASE_URL names it.

    It listens at a socket in its directory, which nobody else may enter.
    """
    programs = binaries()
    account = ACCOUNT if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="minusma-postgresql-") as directory:
        if account:
            os.chown(directory, pwd.getpwnam(account).pw_uid, -1)

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [programs / program, "--pgdata", f"{directory}/data", *arguments],
                cwd=directory,
                user=account,
                stdout=subprocess.DEVNULL,
                check=True,
            )

        run("initdb", "--auth", "trust", "--encoding", "UTF8", "--username", getpass.getuser())
        where = f"-k {directory} -c listen_addresses=''"
        run("pg_ctl", "start", "--wait", "--log", f"{directory}/log", "--options", where)
        try:
            yield f"postgres:///{directory}/postgres"
        finally:
            run("pg_ctl", "stop", "--wait", "--mode", "fast")
