"""The page for two editors who changed the same thing: nothing typed is lost."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles import editing
from articles.admin.pages import page as admin_page
from articles.admin.section import Sections, section_values
from articles.history.merge import Clash
from articles.models import Article
from articles.text.diff import Run, word_diff


@dataclass(frozen=True, slots=True)
class Choice:
    """One clash, with what each side did to the common text."""

    clash: Clash
    label: str
    theirs: tuple[Run, ...]
    mine: tuple[Run, ...]
    field: str  # HTML name of the field that holds the proposal; "" where there is no one field
    fills: tuple[tuple[str, str], ...]  # what a button puts into the field: its words, the text


def page(
    request: HttpRequest, model_admin: ModelAdmin, found: editing.Conflict, *, tag_names: list[str]
) -> HttpResponse:
    """409: the three texts, and a form with the merged proposal that can be saved at once."""
    article, merged = found.article, found.merged
    fields = flatten_fieldsets(model_admin.get_fieldsets(request, article))
    form_class = model_admin.get_form(request, article, change=True, fields=fields)
    original = Article.objects.filter(uid=merged.translation_of).first()
    form = form_class(
        instance=article,
        initial={
            "title": merged.title,
            "slug": merged.slug,
            "language": merged.language,
            "translation_of": original and original.pk,
            "see_also": merged.see_also,
            "change_summary": request.POST.get("change_summary", ""),
            "ai_text": "ai_text" in request.POST,
            "base": found.latest.hash,
        },
    )
    sections = Sections(initial=section_values(merged), prefix=Sections.get_default_prefix())
    return admin_page(
        request,
        model_admin,
        "article/conflict",
        title=_("Two people changed the same lines"),
        article=article,
        status=409,
        conflict=found,
        form=form,
        sections=sections,
        choices=list(choices(found)),
        clashing={clash.section for clash in found.clashes if clash.section},
        order_clashes=any(clash.name == "order" for clash in found.clashes),
        tag_names=tag_names,
    )


def choices(found: editing.Conflict) -> Iterator[Choice]:
    places = {section.uid: place for place, section in enumerate(found.merged.sections)}
    for clash in found.clashes:
        yield Choice(
            clash=clash,
            label=label(clash),
            theirs=word_diff(clash.base, clash.theirs),
            mine=word_diff(clash.base, clash.mine),
            field=field_name(clash, places),
            fills=fills(clash, found),
        )


def fills(clash: Clash, found: editing.Conflict) -> tuple[tuple[str, str], ...]:
    sides = ((_("theirs"), "theirs"), (_("yours"), "mine"), (_("before"), "base"))
    if clash.name == "see_also":
        return tuple((said, "\n".join(getattr(found, side).see_also)) for said, side in sides)
    if clash.name in ("section", "order", "translation_of"):
        return ()  # no one text to put there
    return tuple((said, getattr(clash, side)) for said, side in sides)


def field_name(clash: Clash, places: dict[str, int]) -> str:
    if not clash.section:
        return "" if clash.name == "order" else clash.name
    name = "body" if clash.name == "section" else clash.name
    return f"sections-{places[clash.section]}-{name}"


def label(clash: Clash) -> str:
    names = {
        "title": _("Title"),
        "slug": _("Slug"),
        "language": _("Language"),
        "translation_of": _("Translation of"),
        "see_also": _("See also"),
        "heading": _("Heading"),
        "level": _("Level"),
        "body": _("Text"),
        "section": _("Deleted by one, changed by the other"),
        "order": _("Order of the sections"),
    }
    return names.get(clash.name, clash.name)
