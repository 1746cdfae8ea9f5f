"""The French catalogue: complete, compiled, with the placeholders and the typography it needs."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
CATALOGUE = ROOT / "locale/fr/LC_MESSAGES/django.po"
ENTRIES = polib.pofile(str(CATALOGUE))
# Functions of Django's and what modules here call them: where the context, and the words, stand.
PLACES = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (None, 0)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0)),
    **dict.fromkeys(("pgettext", "pgettext_lazy", "npgettext"), (0, 1)),
}
CALL = re.compile(
    r"\b(n?p?gettext|_)\(((?:\s*u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*,?)+)", re.DOTALL
)
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|%%|<[^>]*>")
Message = tuple[str | None, str]  # context and words


def in_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in PLACES and node.args:
                yield from said([ast.unparse(argument) for argument in node.args], name)


def in_template(path: Path) -> Iterator[Message]:
    for name, arguments in CALL.findall(templatize(path.read_text(), origin=str(path))):
        tree = ast.parse(f"f({arguments})", mode="eval").body
        yield from said([ast.unparse(argument) for argument in tree.args], name)


def said(arguments: list[str], name: str) -> Iterator[Message]:
    context, words = PLACES[name]
    try:
        found = [ast.literal_eval(argument) for argument in arguments[: words + 1]]
    except ValueError:  # a name: the words stand where it was given its value
        return
    if isinstance(found[words], str):
        yield None if context is None else found[context], found[words]


def messages() -> set[Message]:
    found: set[Message] = set()
    for room in ("articles", "minusma_site"):
        for path in (ROOT / room).rglob("*.py"):
            found.update(in_python(path))
    for ending in ("html", "xml", "txt"):
        for path in (ROOT / "templates").rglob(f"*.{ending}"):
            found.update(in_template(path))
    return found


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_message_of_the_program_is_translated():
    """Where this fails: script/messages, then translate what is empty or fuzzy, then again."""
    translated = {
        (entry.msgctxt, entry.msgid)
        for entry in ENTRIES
        if not entry.obsolete and not entry.fuzzy and all(forms(entry))
    }

    assert sorted(messages() - translated, key=str) == []


def test_the_compiled_catalogue_says_what_the_written_one_says():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    for entry in ENTRIES:
        for number, form in enumerate(forms(entry)):
            count = number + 1  # one and two
            if entry.msgid_plural and entry.msgctxt:
                got = compiled.npgettext(entry.msgctxt, entry.msgid, entry.msgid_plural, count)
            elif entry.msgid_plural:
                got = compiled.ngettext(entry.msgid, entry.msgid_plural, count)
            elif entry.msgctxt:
                got = compiled.pgettext(entry.msgctxt, entry.msgid)
            else:
                got = compiled.gettext(entry.msgid)
            assert got == form, "run script/messages"


def test_a_translation_keeps_placeholders_and_markup():
    for entry in ENTRIES:
        wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for form in forms(entry):
            assert sorted(PLACEHOLDER.findall(form)) == wanted


WRONG = {
    "a straight apostrophe": r"\w'\w",
    "no narrow space before a high sign": r"[^\u202f\s!?.…(«/&][;!?](?=\s|$)",
    "a breaking space before a sign": r" [;:!?»%](?=\s|$|<)",
    "no space before a colon": r"[\w»)>]:(?=\s|$|<)",
    "a guillemet without its narrow space": r"«(?!\u202f)|(?<!\u202f)»",
    "English quotation marks": r"[“”]",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_french_is_set_as_french(wrong):
    found = [
        form
        for entry in ENTRIES
        for form in forms(entry)
        if re.search(WRONG[wrong], PLACEHOLDER.sub("x", form)) and form != "\u00a0:"
    ]

    assert found == []
