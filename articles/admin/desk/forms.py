"""What a person types at the desk: one small form for each thing that they can do."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import editing
from articles.admin.claim import CitationForm, VerdictForm, citations_of, lines
from articles.admin.widgets import MarkdownArea, ai_text_field
from articles.models import Claim, Rating, Source


class DeskForm(forms.Form):
    """What all of them carry along: the claim as it was read, and when it came in sight."""

    act = ""
    use_required_attribute = False

    read = forms.CharField(strip=False, widget=forms.HiddenInput)
    around = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    verdict = forms.CharField(required=False, widget=forms.HiddenInput)  # uid of the one shown
    shown = forms.CharField(required=False, widget=forms.HiddenInput)


class JudgeForm(DeskForm, VerdictForm):
    act = "judge"

    rating = forms.ChoiceField(
        label=_("Your verdict"),
        choices=Rating.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a verdict.")},
    )

    def clean_rating(self) -> str:
        return self.cleaned_data["rating"]


class ConfirmForm(DeskForm):
    act = "confirm"

    source_read = forms.BooleanField(
        label=_("I have read the source"),
        error_messages={
            "required": _(
                "A suggestion counts once somebody has read what it rests on. Read the source, "
                "tick the box, then confirm."
            )
        },
    )


class ReaffirmForm(DeskForm):
    act = "reaffirm"

    reaffirm = forms.CharField(widget=forms.HiddenInput)  # uid of the verdict said again

    def clean_verdict(self) -> str:
        return self.data.get("reaffirm", "")


class DismissForm(DeskForm):
    act = "dismiss"

    why = forms.CharField(
        label=_("Why it is dismissed"),
        required=False,
        max_length=5000,
        widget=forms.TextInput({"class": "vTextField", "autocomplete": "off"}),
    )


class CorrectForm(DeskForm):
    act = "correct"

    paragraph = forms.CharField(label=_("Paragraph"), strip=False, widget=MarkdownArea({"rows": 5}))
    paragraph_read = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    ai_text = ai_text_field()

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name in ("paragraph", "paragraph_read"):
            values[name] = lines(values.get(name, ""))
        return values


class ExtentForm(DeskForm):
    act = "extent"

    paragraph_read = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("The words that it is about"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Delete what does not belong to it, or add words of the paragraph around it. "
            "What is left over becomes a claim of its own."
        ),
    )


class CiteForm(DeskForm, CitationForm):
    """A citation of a source that is there (``source``, a uid), or of one described here."""

    act = "cite"

    source = forms.CharField(required=False)
    title = forms.CharField(label=_("Title"), required=False, max_length=500)
    url = forms.URLField(label=_("Address"), required=False, max_length=2000, assume_scheme="https")
    publisher = forms.CharField(label=_("Publisher"), required=False, max_length=300)
    issued = forms.CharField(
        label=_("Date"),
        required=False,
        max_length=10,
        help_text=_("2017, 2017-06 or 2017-06-30"),
    )

    def clean(self) -> dict[str, Any]:
        """Make ``source`` the work: found by its uid, or a new one that is not stored yet."""
        values = super().clean()
        uid = values.get("source", "")
        if uid:
            values["source"] = Source.objects.filter(uid=uid).first()
            if values["source"] is None:
                self.add_error("source", gettext("This source is gone. Look for it again."))
        elif values.get("title"):
            given = {name: values.get(name, "") for name in ("title", "url", "publisher", "issued")}
            values["source"] = Source(**given)
        elif not self.errors:
            self.add_error(
                "source", gettext("Choose a source, or describe a new one by its title.")
            )
        return values

    def given(self, claim: Claim) -> list[editing.CitationGiven]:
        """The claim's citations with this one at the end."""
        return [*citations_of(claim), super().given()]


class UnciteForm(DeskForm):
    act = "uncite"

    citation = forms.CharField(widget=forms.HiddenInput)  # uid

    def given(self, claim: Claim) -> list[editing.CitationGiven]:
        return [c for c in citations_of(claim) if c.uid != self.cleaned_data["citation"]]


class ApartForm(forms.Form):
    """Claims that are nothing to check, several at once."""

    act = "apart"

    apart = forms.MultipleChoiceField(
        error_messages={"required": _("Tick the sentences that cannot be checked.")}
    )
    base = forms.CharField(widget=forms.HiddenInput)  # hash of the revision that was read
    why = forms.CharField(
        label=_("Note for readers"),
        required=False,
        max_length=5000,
        widget=forms.TextInput({"class": "vTextField", "autocomplete": "off"}),
        help_text=_("One for all of them: an opinion, an announcement, a question."),
    )


FORMS = {
    form.act: form
    for form in (
        JudgeForm,
        ConfirmForm,
        ReaffirmForm,
        DismissForm,
        CorrectForm,
        ExtentForm,
        CiteForm,
        UnciteForm,
    )
}
