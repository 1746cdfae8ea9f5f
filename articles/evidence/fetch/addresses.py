"""Which addresses may be asked. Says so from their words alone; names are looked up elsewhere."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_network
from urllib.parse import quote

import idna
from django.utils.translation import gettext as _

from articles.evidence.fetch.answer import Unfetched
from articles.models.visit import Outcome

IP = IPv4Address | IPv6Address

PORTS = frozenset({80, 443, 8080, 8443})  # on which web sites listen
LONGEST = 4_000  # characters of an address

# IANA's special-purpose registries, and what clouds keep at public-looking addresses. Python's
# own is_private and is_global differ between its releases.
INSIDE_V4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # carriers' (CGNAT), and metadata at 100.100.100.200
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # Azure's platform
            "169.254.0.0/16",  # link-local, and metadata at 169.254.169.254
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # multicast tunnels (AMT)
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # benchmarking
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
# All else is loopback, mapped or translated IPv4, private, link-local, multicast or unassigned.
GLOBAL_V6 = ip_network("2000::/3")
INSIDE_V6 = tuple(
    map(
        ip_network,
        (
            "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ),
    )
)
# RFC 6761, 6762, 8375, and what networks call their own. A name without a dot is of this kind.
INSIDE_NAMES = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "lan", "private", "corp"}
    | {"home", "arpa", "onion", "alt", "test"}
)
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
# What stands in a path or query as it is; escapes that are there already stay.
PLAIN = "/?:@!$&'()*+,;=-._~%[]"


@dataclass(frozen=True)
class Place:
    """Where a request goes. Made by `place` alone, which refuses what may not be asked."""

    scheme: str
    host: str  # in lower case and ASCII, without brackets or a last dot
    port: int
    target: str  # path and query
    literal: IP | None  # where the host is no name
    allowed: bool  # by name: it need not be public

    @property
    def netloc(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.target}"


def place(address: str, allow: Collection[str] = ()) -> Place:
    """Where this address leads. Raises Unfetched for one that is never asked.

    `allow` names host:port pairs, as they stand in addresses, that need not be public.
    """
    text = address.strip()
    if len(text) > LONGEST or any(c < " " or "\x7f" <= c < "\xa0" for c in text):
        raise _refused(_("This is not a web address: it is too long, or several lines."))
    scheme, authority, target = _parts(text)
    if "@" in authority:
        raise _refused(
            _("The address holds a user name or password before its “@”; take them out of it.")
        )
    written, port = _host_and_port(authority, scheme)
    host, literal = _host(written)
    allowed = f"{written}:{port}" in {pair.strip().lower() for pair in allow}
    if not allowed:
        _check_public(host, port, literal)
    return Place(scheme, host, port, target, literal, allowed)


def inside(ip: IP) -> bool:
    """Whether an address is no public host's, whatever it is instead."""
    if isinstance(ip, IPv4Address):
        return any(ip in network for network in INSIDE_V4)
    isatap = (int(ip) >> 32) & 0xFDFF_FFFF == 0x5EFE  # tunnels to the IPv4 address at its end
    return ip not in GLOBAL_V6 or isatap or any(ip in network for network in INSIDE_V6)


def inside_refused(host: str) -> Unfetched:
    return _refused(
        _(
            "“%(host)s” is inside a private network or this machine and is never fetched; "
            "give the address of a public page."
        )
        % {"host": host}
    )


def ipv4(text: str) -> IPv4Address | None:
    """The address that C's inet_aton reads in a host: decimal, octal, hexadecimal, shortened.

    >>> ipv4("0x7f.1"), ipv4("2130706433"), ipv4("0177.0.0.1"), ipv4("example.org")
    (IPv4Address('127.0.0.1'), IPv4Address('127.0.0.1'), IPv4Address('127.0.0.1'), None)
    """
    parts = text.split(".")
    if len(parts) > 4 or not all(NUMBER.fullmatch(part) for part in parts):
        return None
    try:
        *first, last = map(_number, parts)
    except ValueError:
        return None
    if any(number > 255 for number in first) or last >= 256 ** (4 - len(first)):
        return None
    return IPv4Address(last + sum(n << (24 - 8 * at) for at, n in enumerate(first)))


def _number(text: str) -> int:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8 if text.startswith("0") else 10)


def _parts(text: str) -> tuple[str, str, str]:
    """Scheme, what stands between the slashes, path and query."""
    found = re.fullmatch(r"(?i)(https?)://([^/?#]+)([^#]*)(#.*)?", text)
    if found is None:
        if re.match(r"(?i)(?!https?:)[a-z][a-z0-9+.-]*:", text):
            raise _refused(
                _(
                    "“%(start)s” is not fetched; give an address that begins with https:// or http://."
                )
                % {"start": _shown(text.partition(":")[0] + ":")}
            )
        raise _refused(
            _("“%(text)s” is not a web address; it should begin with https:// or http://.")
            % {"text": _shown(text)}
        )
    target = quote(found[3], safe=PLAIN, errors="replace")
    return found[1].lower(), found[2], target if target.startswith("/") else "/" + target


def _host_and_port(authority: str, scheme: str) -> tuple[str, int]:
    """The host as it is written, in lower case, and the port."""
    found = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(:[0-9]{0,5})?", authority)
    if found is None or not found[1]:
        raise _no_host(authority)
    digits = (found[2] or "")[1:]
    port = int(digits) if digits else {"http": 80, "https": 443}[scheme]
    if not 0 < port < 65_536:
        raise _no_host(authority)
    return found[1].lower(), port


def _host(written: str) -> tuple[str, IP | None]:
    """The host to ask for, and the address that it is if it is no name."""
    if written.startswith("["):
        try:
            literal = IPv6Address(written[1:-1])
        except ValueError:
            raise _no_host(written) from None
        if literal.scope_id is not None:
            raise inside_refused(written)
        return str(literal), literal
    try:
        name = written if written.isascii() else idna.encode(written, uts46=True).decode()
    except UnicodeError:
        raise _no_host(written) from None
    name = name.lower().removesuffix(".")
    labels = name.split(".")
    if len(name) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise _no_host(written)
    if not NUMBER.fullmatch(labels[-1]):
        return name, None
    number = ipv4(name)
    if number is None:
        raise _no_host(written)
    if str(number) != written:
        raise _refused(
            _("“%(text)s” is an unusual way to write %(number)s; give the host's name instead.")
            % {"text": _shown(written), "number": number}
        )
    return name, number


def _check_public(host: str, port: int, literal: IP | None) -> None:
    if literal is not None:
        if inside(literal):
            raise inside_refused(host)
    elif "." not in host or host.rpartition(".")[2] in INSIDE_NAMES:
        raise inside_refused(host)
    if port not in PORTS:
        raise _refused(
            _("Pages are fetched from ports %(ports)s only, not %(port)s; give another address.")
            % {"ports": ", ".join(map(str, sorted(PORTS))), "port": port}
        )


def _no_host(text: str) -> Unfetched:
    return _refused(
        _("“%(text)s” names no web site; compare the address with the one in your browser.")
        % {"text": _shown(text)}
    )


def _refused(sentence: str) -> Unfetched:
    return Unfetched(Outcome.REFUSED, sentence)


def _shown(text: str) -> str:
    """What was typed, short and in one line."""
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text if len(text) <= 80 else text[:79] + "…"
