"""A paragraph is rewritten, and its verdict attached by hand to the sentence that says the same."""

import pytest

from articles import editing
from articles.models import Claim
from tests.factories import EditorFactory, article, claim_of


@pytest.mark.parametrize("scripts", [True, False])
def test_a_verdict_is_rescued_from_a_rewritten_paragraph(
    browsing, new_context, live_server, scripts
):
    made = article()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=EditorFactory())
    page = browsing
    if not scripts:
        cookies = page.context.cookies()
        page = new_context(java_script_enabled=False).new_page()
        page.context.add_cookies(cookies)
    page.goto(f"{live_server.url}/admin/articles/article/{made.pk}/change/")
    page.fill(
        "[name=sections-1-body]",
        "Trees grow by the river. More than fifteen thousand troops served there.",
    )
    page.click("[name=_save]")
    page.click("text=Attach what was found about them to new sentences")

    page.get_by_role("radio", name="fifteen thousand").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Attach").click()

    assert "goes on at “More than fifteen thousand troops" in page.inner_text(".messagelist")
    assert page.locator(".ending").count() == 0
    claim = Claim.objects.get(pk=claim.pk)
    assert claim.text == "More than fifteen thousand troops served there."
    assert claim.section is not None
