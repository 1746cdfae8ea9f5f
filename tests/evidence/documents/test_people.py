import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.evidence.documents.people import lines


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Diallo, A.", "Diallo, A."),
        ("Ousmane Diallo", "Diallo, Ousmane"),
        ("By Ousmane Diallo", "Diallo, Ousmane"),
        ("Par : Ousmane Diallo", "Diallo, Ousmane"),
        ("Dr. Jane M. Doe, Ph.D.", "Doe, Jane M."),
        ("Vincent van Gogh", "van Gogh, Vincent"),
        ("Charles de la Vallée", "de la Vallée, Charles"),
        ("van der Berg, Anna", "van der Berg, Anna"),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
        ("King, Martin Luther, Jr.", "King, Martin Luther, Jr."),
        ("Diallo A.", "Diallo, A."),
        ("J. R. R. Tolkien", "Tolkien, J. R. R."),
        ("Plato", "Plato"),
        ("Mahamat-Saleh Annadif", "Annadif, Mahamat-Saleh"),
        ("MINUSMA", "{MINUSMA}"),
        ("UN Security Council", "{UN Security Council}"),
        ("{Ministry of War, Paris}", "{Ministry of War, Paris}"),
        ("Ministry of Foreign Affairs and Trade", "{Ministry of Foreign Affairs and Trade}"),
        ("Médecins sans frontières", "{Médecins sans frontières}"),
        ("Jane Doe, Reuters", "Doe, Jane"),
        ("Jane Doe and Reuters", "Doe, Jane\n{Reuters}"),
        ("Jane Doe, John Roe", "Doe, Jane\nRoe, John"),
        ("Jane Doe, John Roe and Al Poe", "Doe, Jane\nRoe, John\nPoe, Al"),
        ("Doe, J.; Roe, A.", "Doe, J.\nRoe, A."),
        ("Doe, J., Roe, A.", "Doe, J.\nRoe, A."),
        ("Jane Doe; Jane Doe", "Doe, Jane"),
        ("jane@example.org", ""),
        ("https://example.org/jane", ""),
        ("@jane", ""),
        ("", ""),
        (" , ", ""),
        ("{}", ""),
    ],
)
def test_names_become_lines(written, told):
    assert lines([written], bodies=["Médecins sans frontières"]) == told


def test_each_author_stands_once_and_a_hundred_at_most():
    assert lines(["Jane Doe", "doe, jane", "John Roe"]) == "Doe, Jane\nRoe, John"
    assert len(lines(f"Doe{n}, Jane" for n in range(200)).splitlines()) == 100


@given(st.text(max_size=80))
def test_any_text_gives_lines_that_are_names(written):
    for line in lines([written]).splitlines():
        assert line.strip(" ,{}")
