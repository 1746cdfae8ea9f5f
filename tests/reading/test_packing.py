"""Codings that a reader's program takes."""

import pytest

from articles.reading.packing import coding


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("BR", "br"),
        ("gzip", "gzip"),
        ("x-gzip, brotli", ""),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br; q=0.0 , gzip;q=0.000", ""),
        ("br;q=0.01", "br"),
        ("deflate, identity", ""),
        ("", ""),
    ],
)
def test_the_one_that_packs_best_of_those_taken_is_chosen(accepted, expected):
    assert coding(accepted) == expected
