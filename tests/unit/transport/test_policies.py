import pytest

from writeback.errors import ConfigurationError
from writeback.transport import HttpPolicy


@pytest.mark.parametrize(
    "pattern", ["login.vendor.example", "*.my.vendor.example", "*.vendor.example", "a-b.c"]
)
def test_names_and_patterns_of_two_labels_are_taken(pattern: str) -> None:
    assert HttpPolicy((pattern,)).allowed_hosts == (pattern,)


@pytest.mark.parametrize(
    "pattern",
    [
        "*",
        "*.com",
        "*.*.com",
        "a.*.com",
        "com",
        "",
        "*.",
        "UPPER.example",
        "a..b",
        "a.b.",
        "10.0.0.1",
        "*.0.0.1",
        "a.b:443",
        "https://a.b",
        "a.b/c",
        "bücher.example",
        "-a.b",
        "[::1]",
    ],
)
def test_a_pattern_that_admits_too_much_or_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(ConfigurationError):
        HttpPolicy((pattern,))


@pytest.mark.parametrize(
    "origin",
    ["http://127.0.0.1:18801", "http://localhost:1", "https://localhost:65535", "http://[::1]:8080"],
)
def test_a_simulator_lives_on_loopback_with_a_port(origin: str) -> None:
    assert HttpPolicy((), simulator_origin=origin).is_simulator


@pytest.mark.parametrize(
    "origin",
    [
        "http://127.0.0.1",
        "http://127.0.0.1:0",
        "http://127.0.0.1:80/",
        "http://127.0.0.1:80/x",
        "http://127.0.0.1:80?a",
        "http://me@127.0.0.1:80",
        "http://10.0.0.1:80",
        "http://127.0.0.2:80",
        "http://127.1:80",
        "http://2130706433:80",
        "http://localhost.evil.example:80",
        "http://example.com:80",
        "ftp://127.0.0.1:80",
        "127.0.0.1:80",
        "",
        "http://[::ffff:127.0.0.1]:80",
        "http://127.0.0.1:99999",
        "http://[::1",
        "HTTP://127.0.0.1:80",
    ],
)
def test_an_endpoint_anywhere_else_is_refused(origin: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        HttpPolicy((), simulator_origin=origin)
    assert raised.value.code == "link.endpoint"


def test_a_pinned_host_is_a_host() -> None:
    with pytest.raises(ConfigurationError):
        HttpPolicy((), pinned_host="https://acme.my.vendor.example")


def test_the_proxys_password_is_not_shown() -> None:
    assert "geheim" not in repr(HttpPolicy((), proxy="http://me:geheim@proxy.example"))
