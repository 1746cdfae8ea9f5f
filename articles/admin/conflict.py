"""The page for two editors who changed the same thing: nothing typed is lost.

Its form has the change form's names, so that what is sent from it is a save like any other.
"""

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import editing
from articles.admin import presence
from articles.admin.clashes import Clashes
from articles.admin.pages import page as admin_page
from articles.admin.section import Sections, section_values
from articles.editing.outcome import authors
from articles.models import Article

FIELDS = ("title", "slug", "language", "translation_of", "see_also")


def page(
    request: HttpRequest, model_admin: ModelAdmin, found: editing.Conflict, *, tag_names: list[str]
) -> HttpResponse:
    """409: each clash with its texts, and the merged proposal in a form that can be saved."""
    form = proposal(request, model_admin, found)
    rows = Sections(initial=section_values(found.merge.text), prefix=Sections.get_default_prefix())
    row_of = {row["id"].value(): row for row in rows.forms}
    clashes = Clashes(found, {uid: row.prefix for uid, row in row_of.items()})
    parts, fits = list(clashes.parts()), list(clashes.fits())
    asked = {part.section or part.field for part in parts}
    questions = sum(len(part.questions) for part in parts)
    return admin_page(
        request,
        model_admin,
        "article/conflict",
        title=_("Two people changed the same lines"),
        article=found.article,
        status=409,
        conflict=found,
        said=said(found, questions, fitting=sum(fit.by != "theirs" for fit in fits)),
        form=form,
        sections=rows,
        parts=[(part, row_of.get(part.section), named(form, part.field)) for part in parts],
        fits=fits,
        other_fields=[form[name] for name in FIELDS if name not in asked],
        other_rows=[row for uid, row in row_of.items() if uid not in asked],
        order_in_question="order" in asked,
        tag_names=tag_names,
        presence=presence.notice(request, found.article),
    )


def proposal(
    request: HttpRequest, model_admin: ModelAdmin, found: editing.Conflict
) -> forms.ModelForm:
    """The change form with the merged text, based on the newest revision."""
    article, merged = found.article, found.merge.text
    fields = flatten_fieldsets(model_admin.get_fieldsets(request, article))
    form_class = model_admin.get_form(request, article, change=True, fields=fields)
    form = form_class(
        instance=article,
        initial={
            "title": merged.title,
            "slug": merged.slug,
            "language": merged.language,
            "translation_of": Article.objects.filter(uid=merged.translation_of).first(),
            "see_also": merged.see_also,
            "change_summary": request.POST.get("change_summary", ""),
            "ai_text": "ai_text" in request.POST,
            "base": found.latest.hash,
        },
    )
    if any(clash.name == "translation_of" for clash in found.merge.clashes):
        sides = (found.base, found.theirs, found.mine)
        field = form.fields["translation_of"]
        field.widget = forms.Select()  # of these alone: a script can choose among them
        field.queryset = Article.objects.filter(uid__in=[side.translation_of for side in sides])
    return form


def named(form: forms.ModelForm, name: str) -> forms.BoundField | None:
    return form[name] if name in form.fields else None


def said(found: editing.Conflict, questions: int, *, fitting: int) -> str:
    """Who saved what meanwhile, and how much there is to decide."""
    first, last = found.since[0].number, found.since[-1].number
    if first == last:
        who = _("%(names)s saved revision %(last)d while you were writing on revision %(mine)d.")
    else:
        who = _(
            "%(names)s saved revisions %(first)d to %(last)d while you were writing on "
            "revision %(mine)d."
        )
    who %= {
        "names": ", ".join(authors(found.since)),
        "first": first,
        "last": last,
        "mine": found.started.number,
    }
    left = ngettext("%d place needs your decision.", "%d places need your decision.", questions)
    if not fitting:
        return f"{who} {left % questions}"
    kept = ngettext(
        "%(fit)d of your %(all)d changes fits and is kept.",
        "%(fit)d of your %(all)d changes fit and are kept.",
        fitting,
    ) % {"fit": fitting, "all": fitting + questions}
    return f"{who} {kept} {left % questions}"
