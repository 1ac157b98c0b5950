import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.errors import GuardError
from writeback.transport import HttpPolicy, check_address
from writeback.transport.addresses import host_of

HOSTS = ("login.vendor.example", "*.my.vendor.example")
REAL = HttpPolicy(HOSTS)
PINNED = HttpPolicy(HOSTS, pinned_host="acme.my.vendor.example")
SIMULATOR = HttpPolicy(HOSTS, simulator_origin="http://127.0.0.1:18801")

BAD = [
    # scheme
    "http://acme.my.vendor.example/",
    "ftp://acme.my.vendor.example/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "//acme.my.vendor.example/",
    "acme.my.vendor.example",
    "",
    "https:acme.my.vendor.example",
    "https:/acme.my.vendor.example",
    "data:text/plain,x",
    "gopher://acme.my.vendor.example:70/",
    # not declared
    "https://evil.example/",
    "https://my.vendor.example/",
    "https://vendor.example/",
    "https://xmy.vendor.example/",
    "https://evilmy.vendor.example/",
    "https://login.vendor.example.evil.example/",
    "https://evil.example/login.vendor.example",
    "https://evil.example?.my.vendor.example",
    "https://evil.example#.my.vendor.example",
    "https://sub.login.vendor.example/",
    "https://login.vendor.example./",
    "https://.my.vendor.example/",
    "https://a..my.vendor.example/",
    "https://metadata.google.internal/",
    "https://localhost/",
    "https://localhost:8080/",
    "https://printer.local/",
    # userinfo, ports
    "https://acme.my.vendor.example@evil.example/",
    "https://user:pw@acme.my.vendor.example/",
    "https://@acme.my.vendor.example/",
    "https://acme.my.vendor.example:80/",
    "https://acme.my.vendor.example:8443/",
    "https://acme.my.vendor.example:/",
    "https://acme.my.vendor.example:443:443/",
    "https://acme.my.vendor.example:0443/",
    "https://acme.my.vendor.example:٤٤٣/",
    # addresses in all their writings
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://0/",
    "https://10.0.0.8/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://1.1.1.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fd00::1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://127.0.0.1./",
    # parsers that disagree
    "https://evil.example\\@acme.my.vendor.example/",
    "https://acme.my.vendor.example\\.evil.example/",
    "https:\\\\acme.my.vendor.example/",
    "https://acme.my.vendor.example%2f@evil.example/",
    "https://acme.my.vendor.example%00.evil.example/",
    "https://acme.my%2evendor.example/",
    "https://acme.my.vendor.example\t/",
    "https://acme.my.vendor.example\n.evil.example/",
    " https://acme.my.vendor.example/",
    "https://acme.my.vendor.example/\r\nHost: evil.example",
    "https://acme .my.vendor.example/",
    "https://acme.my.vendor.example;evil.example/",
    "https://acme_.my.vendor.example/",
    "https://-acme.my.vendor.example/",
    "https://evil.example&x.my.vendor.example/",
    # look-alikes
    "https://аcme.my.vendor.example/",
    "https://acme.my.vendоr.example/",
    "https://xn--cme-5cd.my.vendor.example/",
    "https://acme。my。vendor。example/",
    "https://ａcme.my.vendor.example/",
    "https://①.my.vendor.example/",
    "https://ⓐcme.my.vendor.example/",
]


@pytest.mark.parametrize("url", BAD)
@pytest.mark.parametrize("policy", [REAL, PINNED, SIMULATOR])
def test_a_hostile_address_is_refused(url: str, policy: HttpPolicy) -> None:
    with pytest.raises(GuardError) as raised:
        check_address(url, policy)
    assert raised.value.code == "link.address_refused"


def test_the_table_holds_more_than_sixty_addresses() -> None:
    assert len(set(BAD)) == len(BAD) >= 60


@pytest.mark.parametrize(
    "url",
    [
        "https://login.vendor.example/services/oauth2/token",
        "https://acme.my.vendor.example",
        "https://acme.my.vendor.example:443/x?y=http://evil.example/@",
        "https://acme--dev.sandbox.my.vendor.example/x",
        "HTTPS://ACME.my.vendor.example/x",
    ],
)
def test_a_declared_host_passes_unchanged(url: str) -> None:
    assert check_address(url, REAL) == url


def test_once_pinned_a_pattern_admits_the_org_alone() -> None:
    assert check_address("https://acme.my.vendor.example/x", PINNED)
    assert check_address("https://login.vendor.example/x", PINNED)
    with pytest.raises(GuardError) as raised:
        check_address("https://other.my.vendor.example/x", PINNED)
    assert raised.value.facts["reason"] == "not_the_org"


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://login.vendor.example/a?b=c#d", "/a?b=c"),
        ("https://127.0.0.1:18801/a", "/a"),
        ("http://127.0.0.1:18801/a", "/a"),
        ("http://127.0.0.1:18801", "/"),
        ("http://127.0.0.1:18801?a=b", "/?a=b"),
        ("http://127.0.0.1:18801#a", "/"),
    ],
)
def test_every_address_of_a_simulator_connection_leads_to_the_simulator(url: str, target: str) -> None:
    assert check_address(url, SIMULATOR) == "http://127.0.0.1:18801" + target


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:18802/",
        "http://localhost:18801/",
        "http://127.0.0.1/",
        "http://127.0.0.1:18801@evil.example/",
        "http://127.0.0.1:18801.evil.example/",
        "ftp://127.0.0.1:18801/",
        "http://127.1:18801/",
        "http://[::1]:18801/",
        "http://login.vendor.example/",
    ],
)
def test_another_origin_than_the_simulators_is_refused(url: str) -> None:
    with pytest.raises(GuardError):
        check_address(url, SIMULATOR)


def test_a_tls_simulator_is_not_spoken_to_in_plain_http() -> None:
    policy = HttpPolicy(HOSTS, simulator_origin="https://localhost:18801")
    with pytest.raises(GuardError):
        check_address("http://localhost:18801/", policy)


@given(st.text())
def test_whatever_text_comes_a_request_goes_to_a_declared_host_or_nowhere(text: str) -> None:
    for url in (
        text,
        f"https://{text}",
        f"https://{text}.my.vendor.example/",
        f"https://acme.my.vendor.example{text}",
    ):
        try:
            address = check_address(url, SIMULATOR)
        except GuardError:
            continue
        assert address.startswith("http://127.0.0.1:18801/")


@pytest.mark.parametrize(
    ("url", "host"), [("https://acme.example:1/x", "acme.example"), ("https://[::1", ""), ("", ""), ("x", "")]
)
def test_the_host_for_a_message_is_found_or_left_out(url: str, host: str) -> None:
    assert host_of(url) == host
