"""PDFs to read, written by hand."""

import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO

from pypdf import PdfReader, PdfWriter

Line = tuple[int, str]  # the size of its type, and its words


def pdf(pages: Sequence[Sequence[Line | str]], about: Mapping[str, str] | None = None) -> bytes:
    """A PDF with these lines on its pages; a line alone is of 11 points."""
    return written([content(page) for page in pages], about)


def content(lines: Sequence[Line | str]) -> bytes:
    shown = []
    for at, line in enumerate(lines):
        size, words = (11, line) if isinstance(line, str) else line
        escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown.append(f"BT /F1 {size} Tf 1 0 0 1 50 {780 - 16 * at} Tm ({escaped}) Tj ET")
    return "\n".join(shown).encode("cp1252")


def written(streams: Sequence[bytes], about: Mapping[str, str] | None = None) -> bytes:
    """A PDF with these contents of pages, compressed."""
    first = 4  # after the catalog, the tree of pages and the font
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(streams), b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(streams)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, stream in enumerate(streams):
        squeezed = zlib.compress(stream)
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (first + 2 * at + 1),
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
            % (len(squeezed), squeezed),
        ]
    objects.append(b"<< %s >>" % b" ".join(_entry(*each) for each in (about or {}).items()))
    out, places = BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, each in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(
        b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, len(objects), table)
    )
    return out.getvalue()


def _entry(name: str, value: str) -> bytes:
    return b"/%s <%s>" % (name.encode(), (b"\xfe\xff" + value.encode("utf-16-be")).hex().encode())


def locked(plain: bytes, *, password: str, cipher: str = "AES-256") -> bytes:
    """The PDF, readable with this password only ("": by everybody, but not to be changed)."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(plain)))
    writer.encrypt(user_password=password, owner_password="secret", algorithm=cipher)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
