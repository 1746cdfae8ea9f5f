from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.exporting import Unexported, export


class Command(BaseCommand):
    help = "Write the whole public site as files for a static host; again, only what changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="empty, or an earlier export")
        parser.add_argument(
            "--base-url",
            default="",
            metavar="URL",
            help="where the files will be found, a subfolder included; SITE_URL if not named",
        )
        parser.add_argument("--processes", type=int, default=0, metavar="N", help="as cores if 0")

    def handle(self, *, folder: Path, base_url: str, processes: int, **options: Any) -> None:
        try:
            outcome = export(folder, base=base_url, processes=processes)
        except Unexported as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            file = error.filename2 or error.filename or folder
            raise CommandError(
                f"{file} cannot be written or read: {error.strerror}. "
                "Mend that and export again, which goes on from here."
            ) from None
        self.stdout.write(
            f"{outcome.files} files: {outcome.written} written, {outcome.removed} removed."
        )
