import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.evidence.documents.days import partial
from articles.models.fields import validate_partial_date


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2018-03-02", "2018-03-02"),
        ("2018/3/2", "2018-03-02"),
        ("2018.03.02", "2018-03-02"),
        ("20180302", "2018-03-02"),
        ("2018-03-02T23:30:00-05:00", "2018-03-02"),
        ("D:20180302101500+01'00'", "2018-03-02"),
        ("Fri, 02 Mar 2018 10:00:00 GMT", "2018-03-02"),
        ("March 2, 2018", "2018-03-02"),
        ("Mar. 2nd, 2018 at 10 am", "2018-03-02"),
        ("2nd of nothing, 2 March 2018", "2018-03-02"),
        ("1er janvier 2018", "2018-01-01"),
        ("2. März 2018", "2018-03-02"),
        ("2 de marzo de 2018", "2018-03-02"),
        ("Published August 2018", "2018-08"),
        ("2018-03", "2018-03"),
        ("13/02/2018", "2018-02-13"),
        ("02/13/2018", "2018-02-13"),
        ("02/02/2018", "2018-02-02"),
        ("03/02/2018", "2018"),
        ("2018-02-31", "2018-02"),
        ("2018-13-01", "2018"),
        ("2018-2019", "2018"),
        ("© 2018 Example", "2018"),
        ("Marine 2018", "2018"),
        ("1519983600000", ""),
        ("15,209", ""),
        ("", ""),
    ],
)
def test_dates_are_told_as_precisely_as_they_are_written(written, day):
    assert partial(written) == day


@given(st.text("0123456789-/. :TZDmarch", max_size=30))
def test_what_is_told_is_a_date_or_nothing(written):
    try:
        assert partial(written) == "" or validate_partial_date(partial(written)) is None
    except ValidationError as error:
        raise AssertionError(written) from error
