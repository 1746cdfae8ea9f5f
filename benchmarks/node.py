"""Tools of the Node world that check pages: installed by name into benchmarks/node_modules."""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# vnu-jar: the last release that ships its jar instead of fetching it when it is installed.
RELEASES = {"vnu-jar": "25.11.3", "lighthouse": "latest"}


def tool(package: str, path: str) -> Path:
    """A file of the package, which is installed where it is missing."""
    found = HERE / "node_modules" / package / path
    if not found.exists():
        need("npm")
        name = f"{package}@{RELEASES[package]}"
        subprocess.run(
            ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(HERE), name],
            check=True,
        )
    return found


def need(*programs: str) -> str:
    """The path of the first of the programs that is there; without any, the end of the command."""
    for program in programs:
        if path := shutil.which(program):
            return path
    sys.exit(f"NOT MEASURED: {' or '.join(programs)} is missing.")
