"""Every connector's facts and code agree: what it claims it does, what it does it claims."""

from datetime import UTC, datetime
from importlib.metadata import EntryPoints

import pytest
import requests

from tests.architecture.trees import CONNECTORS
from tests.doubles.trusting import allowed_host
from writeback.errors import PluginNotLoadableError, SignInRequiredError
from writeback.host import Host
from writeback.sdk import capabilities, connector, sign_ins
from writeback.sdk.connector import Access, Session
from writeback.sdk.manifest import Ability, read_manifest

BUNDLED = [package.name.removeprefix("writeback_") for package in CONNECTORS]
HOMES = (capabilities, connector, sign_ins)
PROTOCOLS = {
    ability: next(getattr(home, ability.value) for home in HOMES if hasattr(home, ability.value))
    for ability in Ability
}


def _host(name: str, third_party: EntryPoints) -> Host:
    return allowed_host(third_party) if name == "minimal" else Host()


def _access(host: Host, name: str) -> Access:
    def refuse(token: str) -> str:
        raise SignInRequiredError("test.no_newer_token", length=len(token))

    return Access(
        origin="https://" + host.manifest(name).hosts[0].replace("*", "org"),
        http=requests.Session(),
        token=lambda: "none",
        refresh=refuse,
        options=host.manifest(name).option_values(),
        now=lambda: datetime(2026, 11, 24, tzinfo=UTC),
    )


def test_every_ability_names_a_protocol() -> None:
    claimed_by_code = {
        name
        for home in (capabilities, sign_ins)
        for name, kind in vars(home).items()
        if getattr(kind, "_is_runtime_protocol", False) and kind.__module__ == home.__name__
    }
    assert claimed_by_code <= {ability.value for ability in Ability}
    assert all(getattr(kind, "_is_runtime_protocol", False) for kind in PROTOCOLS.values())


@pytest.mark.parametrize("name", [*BUNDLED, "minimal"])
def test_abilities_claimed_are_abilities_implemented(name: str, third_party: EntryPoints) -> None:
    host = _host(name, third_party)
    opened = host.connector(name)
    session = opened.open(_access(host, name))
    assert isinstance(session, Session)
    able = {
        ability
        for ability, kind in PROTOCOLS.items()
        if isinstance(session, kind) or isinstance(opened, kind)
    }
    assert set(host.manifest(name).abilities) == able


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_connector_brings_its_simulator_and_its_icon(name: str) -> None:
    host = Host()
    assert callable(host.simulator(name))
    assert host.manifest(name).stand_in is None or callable(host.stand_in(name))
    assert b"<svg" in (host.icon(name) or b"")


def test_options_have_defaults_and_a_choice_overrides_them(third_party: EntryPoints) -> None:
    manifest = allowed_host(third_party).manifest("minimal")
    assert manifest.option_values() == {"page_size": "100"}
    assert manifest.option_values({"page_size": "7"}) == {"page_size": "7"}


SOUND = """
id = "acme"
title = "Acme"
api = 1
publisher = "Tests"
hosts = ["*.acme.example"]
abilities = ["WritesInBulk", "WritesConditionally", "SignsInByBrowser"]
[[auth]]
method = "oauth"
title = "Browser"
form = { required = ["client_id"], properties = { client_id = { title = "Client id" } } }
[routes]
single = { most_rows = 1, assurance = ["A", "B"] }
bulk = { most_rows = 100, assurance = ["C"], part_bytes = 1000 }
[limits]
server_seconds = 60
[options]
version = { title = "Version", default = "2", choices = ["1", "2"] }
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"WritesInBulk", ', ""),
        ('"WritesConditionally", ', ""),
        (', "SignsInByBrowser"', ""),
        (", part_bytes = 1000", ""),
        ("most_rows = 1,", "most_rows = 2,"),
        ('required = ["client_id"]', 'required = ["secret"]'),
        ('default = "2"', 'default = "3"'),
        ('method = "oauth"', 'method = "password"'),
        ("server_seconds = 60", ""),
        ('id = "acme"', 'id = "Acme!"'),
        ("[[auth]]", '[[auth]]\nmethod = "oauth"\ntitle = "Twice"\n[[auth]]'),
    ],
)
def test_facts_that_contradict_each_other_are_refused(old: str, new: str) -> None:
    assert read_manifest(SOUND.encode()).id == "acme"
    assert old in SOUND
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.manifest_invalid"):
        read_manifest(SOUND.replace(old, new).encode())


@pytest.mark.parametrize("name", BUNDLED)
def test_what_a_guide_gives_to_copy_is_what_the_code_asks_for(name: str) -> None:
    host = Host()
    plugin = host.connector(name)
    auth = host.manifest(name).auth_of("oauth")
    assert auth is not None
    if isinstance(plugin, connector.SignsInByBrowser):
        answers = {field: str(facts.default or "x") for field, facts in auth.form.properties.items()}
        app = plugin.oauth_app(answers)
        assert set(auth.guide.scopes) == set(app.scope.replace(",", " ").split())
        addresses = [f"http://localhost:{port}{app.redirect_path}" for port in app.redirect_ports]
        assert list(auth.guide.redirects) == addresses
    else:
        assert isinstance(plugin, sign_ins.SignsInByRedirect)
        assert auth.guide.redirects == ("http://localhost",)  # the issuer ignores its port and path


def test_one_way_at_most_is_recommended_and_guides_lead_nowhere_else() -> None:
    two = SOUND.replace(
        "[[auth]]",
        '[[auth]]\nmethod = "token_file"\ntitle = "File"\nguide = { is_recommended = true }\n[[auth]]',
    )
    assert read_manifest(two.encode()).auth[0].guide.is_recommended
    for guide in (
        'guide = { redirects = ["https://evil.example/cb"] }',
        'guide = { scopes = ["a b"] }',
        'guide = { steps = [""] }',
    ):
        with pytest.raises(PluginNotLoadableError):
            read_manifest(two.replace("guide = { is_recommended = true }", guide).encode())
