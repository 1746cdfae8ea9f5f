"""One spelling for each value, and the hash of it."""

import base64
import hashlib
import json
from datetime import UTC, date, datetime

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def canonical(value: Json) -> str:
    """JSON as RFC 8785 has it: sorted keys, no spaces, no needless escapes.

    Keys are ASCII and numbers whole, where Python's order and spelling are the RFC's.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of the UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def reference(sha256_hex: str) -> str:
    """The hash as one blob names another: base64url without padding (RFC 6920, section 3).

    A third shorter than hexadecimal, and a revision is mostly such names.
    """
    return base64.urlsafe_b64encode(bytes.fromhex(sha256_hex)).rstrip(b"=").decode()


def referred(reference: str) -> str:
    """The hexadecimal hash behind a reference. Raises ValueError for anything else."""
    raw = base64.urlsafe_b64decode(reference + "=")
    if len(raw) != 32:
        raise ValueError(f"“{reference}” is no SHA-256")
    return raw.hex()


def moment(value: datetime) -> str:
    """A time in UTC, ISO 8601, to the microsecond."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def day(value: date | None) -> str:
    return value.isoformat() if value else ""
