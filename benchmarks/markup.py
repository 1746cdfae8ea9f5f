"""The Nu HTML checker over every kind of readers' page. Needs java and npm.

.venv/bin/python benchmarks/markup.py
"""

import re
import subprocess
from datetime import UTC, datetime

import installation
from measuring import read
from node import need, tool
from report import Figure, conclude

from articles.models import PublishedArticle, PublishedClaim, PublishedSource, PublishedTag

KNOWN = ".*ai-disclosure.*"  # a proposal of a W3C community group, which the checker does not know


def main() -> None:
    java, jar = need("java"), tool("vnu-jar", "build/dist/vnu.jar")
    installation.prepare()
    pages = installation.DATA_DIR / "pages"
    pages.mkdir()
    for path in paths():
        name = re.sub(r"\W+", "_", path).strip("_") or "home"
        (pages / f"{name}.html").write_bytes(read(path).content)
    checked = subprocess.run(
        [java, "-Xss4m", "-jar", str(jar), "--errors-only", "--filterpattern", KNOWN, str(pages)],
        capture_output=True,
        text=True,
    )
    print(checked.stderr)
    errors = len(re.findall(r"\berror:", checked.stderr))
    remark = f"{len(list(pages.iterdir()))} pages"
    conclude([Figure("Errors that the Nu checker finds", errors, 0, remark=remark)])


def paths() -> list[str]:
    article = PublishedArticle.objects.get()
    claim = PublishedClaim.objects.filter(current=True).first()
    source, tag = PublishedSource.objects.first(), PublishedTag.objects.first()
    own = f"/articles/{article.slug}/"
    return [
        *("/", own, f"{own}history/", f"{own}provenance/"),
        f"{own}compare/{article.previous}..{article.number}/",
        f"{own}revisions/{article.previous}/",
        f"{own}as-of/{datetime.now(UTC):%Y-%m-%d}/",
        f"{own}publications/{article.publication.number}/",
        *(f"/claims/{claim.uid}/{rest}" for rest in ("", "report/", "report/thanks/")),
        *("/sources/", f"/sources/{source.uid}/", "/tags/", f"/tags/{tag.slug}/"),
        *("/corrections/", "/about/", "/fr/about/"),
    ]


if __name__ == "__main__":
    main()
