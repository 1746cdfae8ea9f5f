"""Django's admin forms as a browser submits them."""

from html.parser import HTMLParser

from django.http import HttpResponse


class _Fields(HTMLParser):
    """Name and value of each field, by POST form; buttons and the log-out form are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[dict[str, str]] = []
        self.inside = False
        self.area: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in pairs}
        if tag == "form":
            posts = attrs.get("method", "get").lower() == "post"
            self.inside = posts and attrs.get("id") != "logout-form"
            if self.inside:
                self.forms.append({})
        if not self.inside:
            return
        name = attrs.get("name", "")
        if tag == "input" and name and attrs.get("type") not in ("submit", "button", "file"):
            if attrs.get("type") in ("checkbox", "radio") and "checked" not in attrs:
                return
            self.forms[-1][name] = attrs.get("value", "")
        elif tag == "textarea":
            self.area = name
            self.forms[-1][name] = ""
        elif tag == "select":
            self.select = name
        elif (
            tag == "option"
            and self.select
            and ("selected" in attrs or self.select not in self.forms[-1])
        ):
            self.forms[-1][self.select] = attrs.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            if self.area is not None and self.inside:
                value = self.forms[-1][self.area].removeprefix("\n")
                self.forms[-1][self.area] = value.replace("\n", "\r\n")
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data: str) -> None:
        if self.area is not None and self.inside:
            self.forms[-1][self.area] += data


def fields_of(answer: HttpResponse, having: str) -> dict[str, str]:
    """What a browser would send of the answer's form that has this field."""
    reader = _Fields()
    reader.feed(answer.content.decode())
    found = [form for form in reader.forms if having in form]
    assert found, f"no form with {having}"
    return found[0]


def row_of(fields: dict[str, str], heading: str) -> str:
    """The prefix of the section's row, "sections-2"."""
    return next(
        name.removesuffix("-heading")
        for name, value in fields.items()
        if name.startswith("sections-") and name.endswith("-heading") and value == heading
    )
