"""An article driven through every state of its notice, by a person in a browser."""

import pytest

from articles import publishing
from tests.admin.test_in_browser import saved
from tests.factories import article, claim_of

WELL = "# One\n\n## Part\n\nThe well was dug in 2014. The pump failed a year later.\n"


@pytest.fixture
def editor(browsing, live_server):
    """What the editor can do, each through the forms."""
    page = browsing

    class Editor:
        def judge(self, claim):
            page.goto(f"{live_server.url}/admin/articles/claim/{claim.pk}/change/")
            page.select_option("[name=verdicts-0-rating]", "supported")
            saved(page)

        def rewrite(self, made, old, new, *, ai):
            page.goto(f"{live_server.url}/admin/articles/article/{made.pk}/change/")
            body = page.locator("[name$=-body]", has_text=old).first
            body.fill(body.input_value().replace(old, new))
            if ai:
                page.check("[name=ai_text]")
            saved(page)

        def publish(self, made, *, sign=False):
            page.goto(f"{live_server.url}/admin/articles/article/{made.pk}/publish/")
            if sign:
                page.check("[name=sign]")
            with page.expect_navigation():
                page.click("[type=submit][value=Publish]")

    return Editor()


@pytest.fixture
def told(browsing, live_server):
    """What a reader is told above the article."""

    def read():
        browsing.goto(f"{live_server.url}/articles/one/")
        notice = browsing.locator("#ai-notice")
        return (
            notice.get_attribute("data-origin"),
            notice.get_attribute("data-reviewed"),
            browsing.locator("#coverage").get_attribute("data-checked"),
            browsing.locator("article[data-article]").get_attribute("ai-disclosure"),
            notice.locator(".headline").inner_text(),
        )

    return read


def test_the_notice_follows_from_the_record_and_from_nothing_else(
    editor,
    told,
    browsing,
):
    made = article(WELL, slug="one", origin="ai")
    well, pump = claim_of(made, "The well"), claim_of(made, "The pump")
    publishing.publish(made, by=None)
    none = ("ai", "none", "0", "ai-autonomous", "Written by AI. No person has reviewed it yet.")
    assert told() == none

    editor.judge(well)
    assert told() == none  # not before it is published
    editor.publish(made)
    partial = "Written by AI. People have reviewed 1 of 2 sentences."
    assert told() == ("ai", "partial", "1", "ai-autonomous", partial)

    editor.judge(pump)
    editor.publish(made)
    full = (
        "Written by AI. People have reviewed every sentence; nobody has taken responsibility yet."
    )
    assert told() == ("ai", "full", "2", "ai-assisted", full)

    editor.publish(made, sign=True)
    signed = "Written by AI, reviewed by people. Responsible: editor."
    assert told() == ("ai", "full", "2", "ai-assisted", signed)

    editor.rewrite(made, "a year later", "two years later", ai=True)
    assert told() == ("ai", "full", "2", "ai-assisted", signed)  # a draft changes nothing
    editor.publish(made)
    *facts, headline = told()
    assert facts == ["ai", "partial", "1", "ai-autonomous"]
    assert headline.startswith("Written by AI. People have reviewed 1 of 2 sentences.")
    assert "A machine changed 1 sentence after the review." in browsing.inner_text("#ai-notice")

    editor.rewrite(made, "two years later", "a year later", ai=False)
    editor.publish(made)
    assert told()[1:3] == ("full", "2")  # undone, the verdict speaks again
