"""Data centres: fixed lists, and nothing that only looks like a member."""

import pytest

from writeback_zoho.wire import places


def test_the_fixed_lists_pair_sign_in_and_api() -> None:
    assert set(places.ACCOUNTS) == set(places.API)
    assert {places.accounts_of(api) for api in places.API.values()} == set(places.ACCOUNTS.values())
    assert places.accounts_of("http://127.0.0.1:8090") is None
    assert places.ACCOUNTS["ca"] == "https://accounts.zohocloud.ca"
    assert places.accounts_server("https://accounts.zoho.com.au/") == "https://accounts.zoho.com.au"
    assert places.api_domain("https://accounts.zoho.com") is None


def test_an_address_on_this_computer_is_a_simulator_and_needs_its_port() -> None:
    assert places.accounts_server("http://127.0.0.1:8090") == "http://127.0.0.1:8090"
    assert places.api_domain("https://localhost:8090") == "https://localhost:8090"
    assert places.api_domain("http://127.0.0.1") is None
    assert places.api_domain("http://127.0.0.1:x") is None


@pytest.mark.parametrize(
    ("api", "host", "origin"),
    [
        ("https://www.zohoapis.com.au", "content", "https://content.zohoapis.com.au"),
        ("https://www.zohoapis.com.au", "upload", "https://upload.zoho.com.au"),
        ("http://127.0.0.1:8090", "content", "http://127.0.0.1:8090"),
    ],
)
def test_files_go_to_a_host_of_their_own(api: str, host: str, origin: str) -> None:
    assert places.upload_origin(api, host=host) == origin


@pytest.mark.parametrize(
    "stated",
    [
        "",
        "x",
        "https://",
        "ftp://www.zohoapis.eu",
        "http://www.zohoapis.eu",
        "https://www.zohoapis.eu/x",
        "https://www.zohoapis.eu?x",
        "https://www.zohoapis.eu#x",
        "https://a@www.zohoapis.eu",
        "https://:b@www.zohoapis.eu",
        "https://www.zohoapis.eu:8443",
        "https://www.zohoapis.eu.evil.example",
        "https://[www.zohoapis.eu",
    ],
)
def test_what_only_looks_like_one_is_none(stated: str) -> None:
    assert places.api_domain(stated) is None
    assert places.api_domain(" https://WWW.zohoapis.EU/ ") == "https://www.zohoapis.eu"
