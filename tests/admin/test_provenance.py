"""Where the words of the newest draft come from."""

import pytest
from django.test import Client
from django.urls import reverse

from articles import editing, publishing
from tests.factories import EditorFactory, UserFactory, article, claim_of
from tests.reading.markup import Node, parse


def address(article) -> str:
    return reverse("admin:articles_article_provenance", args=[article.pk])


def shown(client, article) -> Node:
    return parse(client.get(address(article)).content.decode()).one("div", id="content-main")


def corrected(article, old, new, **values):
    claim = claim_of(article, old)
    paragraph = editing.paragraph_of(claim).replace(old, new)
    editing.review_claim(claim, read=claim.text, paragraph=paragraph, **{"by": None, **values})


@pytest.fixture
def draft(db):
    made = article()
    publishing.publish(made, by=None)
    corrected(made, "15,209", "15,290", by=EditorFactory(username="ada"))
    corrected(made, "15,290", "15,300", by=EditorFactory(username="bo"))
    return made


def test_drafts_count_under_their_own_numbers(client, draft):
    root = shown(client, draft)

    spans = root.all("span", class_="claim")
    assert [(s["data-revision"], s["data-origin"]) for s in spans] == [
        ("1", "ai"),
        ("3", "ai_assisted"),
        ("1", "ai"),
        ("1", "ai"),
        ("1", "ai"),
    ]
    assert [
        word.text
        for word in root.one("div", class_="text origins-shown").all("span", class_="words human")
    ] == ["15,300"]


def test_revisions_lead_to_the_admins_pages(client, draft):
    claim = claim_of(draft, "15,300")

    card = shown(client, draft).one("div", id=f"e-{claim.uid}")

    base = f"/admin/articles/article/{draft.pk}"
    links = [a["href"] for a in card.all("a")]
    assert links == [
        f"{base}/revisions/1/",
        f"{base}/revisions/3/",
        f"{base}/compare/?a=2&b=3",
        f"/admin/articles/claim/?q={claim.uid}",
        f"#c-{claim.uid}",
    ]
    assert "by bo" in card.text
    assert [client.get(link).status_code for link in links[:4]] == [200] * 4


@pytest.mark.parametrize("count", [1, 8])
def test_it_takes_a_constant_number_of_queries(client, draft, count, django_assert_num_queries):
    for figure in range(count):
        corrected(draft, f"15,30{figure}", f"15,30{figure + 1}")

    with django_assert_num_queries(7):
        assert client.get(address(draft)).status_code == 200


@pytest.mark.parametrize("name", ["change", "history"])
def test_the_articles_pages_lead_there(client, draft, name):
    page = client.get(reverse(f"admin:articles_article_{name}", args=[draft.pk]))

    assert f'href="{address(draft)}"' in page.content.decode()


def test_the_list_leads_there(client, draft):
    page = client.get(reverse("admin:articles_article_changelist"))

    assert f'href="{address(draft)}"' in page.content.decode()


def test_only_editors_see_it(draft):
    stranger = Client()
    assert stranger.get(address(draft)).status_code == 302
    stranger.force_login(UserFactory(is_staff=True))
    assert stranger.get(address(draft)).status_code == 403


def test_it_can_only_be_read(client, draft):
    assert client.post(address(draft)).status_code == 405
