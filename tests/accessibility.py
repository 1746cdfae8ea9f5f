"""What axe finds wrong in a page that a browser shows."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCHEMES = ["light", "dark"]
NONE = {scheme: [] for scheme in SCHEMES}  # what `violations` says of a page for everybody
AXE = Axe().axe_script
OPTIONS = {
    "resultTypes": ["violations"],
    # Nor does it fetch each style sheet again, which only a rule that is off would read.
    "preload": {"assets": ["media"]},
}


def violations(page: Page) -> dict[str, list[tuple[str, str]]]:
    """By colour scheme, each rule that the page breaks and the first element that does.

    The page is looked at as it is, in one scheme after the other; it stays in the last one.
    """
    page.evaluate(AXE)
    return {scheme: _violations(page, scheme) for scheme in SCHEMES}


def _violations(page: Page, scheme: str) -> list[tuple[str, str]]:
    page.emulate_media(color_scheme=scheme)
    # A colour that is still on its way to the other scheme's is none that readers are left with.
    page.evaluate("document.getAnimations().forEach(change => change.finish())")
    # Of what axe says, what holds is most, and would be carried over and thrown away.
    found = page.evaluate("options => axe.run(options).then(found => found.violations)", OPTIONS)
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
