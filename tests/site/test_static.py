"""Style sheets as they are sent."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from minusma_site.static import packed


def test_a_sheet_holds_what_it_imports_and_no_comment():
    sheets = {
        "css/all.css": '/* All. */\n@import url("one.css");\n@import url("sub/two.css") print;\n',
        "css/one.css": 'a, b {\n  color: red;\n  content: " [added: ";\n}\n',
        "css/sub/two.css": "a :is(b, c) {\n  inset:\n    0 auto;\n}\n",
    }

    assert packed("css/all.css", sheets.__getitem__) == (
        'a,b{color:red;content:" [added: "}@media print{a :is(b,c){inset:0 auto}}'
    )


def test_an_import_that_is_not_there_stops_the_packing():
    with pytest.raises(KeyError):
        packed("all.css", {"all.css": '@import url("one.css");'}.__getitem__)


@pytest.mark.parametrize("name", ["reader", "article-page"])
def test_the_sheets_of_the_article_are_packed_whole(name):
    text = packed(f"articles/css/{name}.css", lambda sheet: Path(finders.find(sheet)).read_text())

    assert not re.search(r"@import|/\*", text)
    assert text.count("{") == text.count("}")
