"""Which addresses are asked at all."""

import time
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.evidence.fetch.addresses import INSIDE_V4, inside, place
from articles.evidence.fetch.answer import Unfetched
from articles.models.visit import Outcome

INSIDE = [
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://localhost.localdomain/",
    "http://printer/",
    "http://files.internal/",
    "http://127.0.0.1/",
    "http://127.0.0.1./",
    "http://127.1/",
    "http://127.1:22/",
    "http://0/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0X7F.1/",
    "http://0177.0.0.1/",
    "http://127.0.0.01/",
    "http://１２７.０.０.１/",
    "http://127。0。0。1/",
    "http://①②⑦.0.0.1/",
    "http://127.0.0.1\u00ad/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://172.16.0.1/",
    "http://169.254.169.254/latest/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[2001:db8::1]/",
    "http://[2a00:1450::5efe:7f00:1]/",
    "http://[2a00:1450::200:5efe:10.0.0.1]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fec0::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[ff02::1]/",
]
NO_ADDRESS = [
    "",
    "not an address",
    "http://",
    "https:///path",
    "http://exa mple/",
    "http://exa\nmple.org/",
    "http://example.org/\r\nHost: inside",
    "http://example.org\\@127.0.0.1/",
    "http://%31%32%37.0.0.1/",
    "http://127.0.0.1%00.example.org/",
    "http://256.0.0.1/",
    "http://1.2.3.4.5/",
    "http://0xg/",
    "http://example.0x/",
    "http://[::1/",
    "http://[]/",
    "http://[127.0.0.1]/",
    "http://[v1.a]/",
    "http://example..org/",
    "http://-example.org/",
    "http://.example.org/",
    "http://example.org:99999/",
    "http://example.org:0/",
    "http://example.org:８０/",
    "http://example.org:80:80/",
    f"http://{'a' * 64}.example.org/",
    f"http://{'a.' * 130}org/",
    "http://example.org/" + "a" * 5_000,
    "http://\ud800.example.org/",
]
OTHER = [
    "file:///etc/passwd",
    "ftp://a.example.org/",
    "gopher://a/",
    "data:,x",
    "javascript:alert(1)",
]
CLOSED = ["http://example.org:22/", "https://example.org:6379/", "http://93.184.216.34:25/"]
SECRETS = ["http://user:secret@example.org/", "http://user@example.org/", "http://@example.org/"]


@pytest.mark.parametrize("address", [*INSIDE, *NO_ADDRESS, *OTHER, *CLOSED, *SECRETS])
def test_an_address_that_is_never_asked_is_refused_in_one_sentence_at_once(address):
    began = time.monotonic()
    with pytest.raises(Unfetched) as raised:
        place(address)
    assert time.monotonic() - began < 0.5
    assert raised.value.outcome == Outcome.REFUSED
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 300
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://example.org", "https://example.org/"),
        ("  HTTPS://Example.ORG.:443/A?b=c#d ", "https://example.org/A?b=c"),
        ("http://example.org?q", "http://example.org/?q"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://münchen.example.org/ä b", "https://xn--mnchen-3ya.example.org/%C3%A4%20b"),
        ("http://example.org/%7Ea/%C3%A4", "http://example.org/%7Ea/%C3%A4"),
        ("http://93.184.216.34/", "http://93.184.216.34/"),
        ("https://[2606:2800:220:1::]/", "https://[2606:2800:220:1::]/"),
        ("https://10.1.2.3.example.org/", "https://10.1.2.3.example.org/"),
    ],
)
def test_a_public_address_is_asked_as_it_reads(address, asked):
    assert place(address).address == asked


def test_only_the_pair_that_was_allowed_need_not_be_public():
    allow = ["127.0.0.1:9000", "Wiki:80", "[::1]:9000"]
    for address in (
        "http://127.0.0.1:9000/",
        "https://WIKI:80/",
        "http://wiki/",
        "http://[::1]:9000",
    ):
        assert place(address, allow).allowed
    for address in (
        "http://127.0.0.1/",
        "http://127.0.0.1:9001/",
        "http://127.1:9000/",
        "http://127.0.0.1.:9000/",
        "http://localhost:9000/",
        "http://2130706433:9000/",
        "http://[::ffff:127.0.0.1]:9000/",
        "http://127.0.0.2:9000/",
        "https://wiki/",
        "http://a:b@127.0.0.1:9000/",
        "ftp://127.0.0.1:9000/",
    ):
        with pytest.raises(Unfetched):
            place(address, allow)


def numbers(value: int, how: str) -> str:
    return {"decimal": str(value), "octal": f"0{value:o}", "hex": f"0x{value:x}"}[how]


@st.composite
def written(draw: st.DrawFn) -> str:
    """An inside IPv4 address, in one of the ways that C libraries read it."""
    network = draw(st.sampled_from(INSIDE_V4))
    value = int(network[draw(st.integers(0, network.num_addresses - 1))])
    count = draw(st.integers(1, 4))
    heads = [(value >> (24 - 8 * at)) & 255 for at in range(count - 1)]
    parts = [*heads, value & (256 ** (5 - count) - 1)]
    ways = st.sampled_from(["decimal", "octal", "hex"])
    text = ".".join(numbers(part, draw(ways)) for part in parts)
    if draw(st.booleans()):
        text = text.upper()
    if draw(st.booleans()):
        text = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)  # full width
    return text + draw(st.sampled_from(["", "."]))


@given(written(), st.sampled_from(["", ":80", ":8080"]), st.sampled_from(["http", "https"]))
def test_every_way_to_write_an_inside_ipv4_address_is_refused(host, port, scheme):
    with pytest.raises(Unfetched):
        place(f"{scheme}://{host}{port}/")


@given(st.sampled_from(INSIDE_V4), st.data())
def test_an_inside_ipv4_address_is_inside_also_within_ipv6(network, data):
    value = int(network[data.draw(st.integers(0, network.num_addresses - 1))])
    assert inside(IPv4Address(value))
    for prefix in ("::", "::ffff:0:0", "::ffff:0:0:0", "64:ff9b::", "2a00:1::5efe:0:0"):
        assert inside(IPv6Address(int(IPv6Address(prefix)) + value))
    assert inside(IPv6Address((0x2002 << 112) + (value << 80) + 1))


@given(st.ip_addresses())
def test_no_address_is_public_that_python_takes_for_special(ip):
    special = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast
    if special or ip.is_reserved or ip.is_unspecified:
        assert inside(ip)


@pytest.mark.parametrize(
    "text", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::8b"]
)
def test_a_public_host_is_not_inside(text):
    assert not inside(ip_address(text))


@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://", "http://a.example.org:"]))
def test_whatever_is_typed_is_a_place_or_refused(text, start):
    try:
        found = place(start + text)
    except Unfetched as unfetched:
        said = str(unfetched)
    else:
        said = found.address
        assert place(said) == found
    assert said.isprintable()
