"""The facts read without import agree with what the code can do."""

from importlib import resources
from xml.etree import ElementTree as ET

import pytest
from plugins.hubspot.tests.talking import HOSTS, Talk

from writeback.errors import ConfigurationError
from writeback.model.fieldpaths import FieldPath
from writeback.sdk import capabilities, connector, manifest, sign_ins
from writeback.sdk.manifest import Ability, AuthMethod, Manifest, read_manifest
from writeback_hubspot import limits, writeback_connectors
from writeback_hubspot.connector import HubSpotConnector
from writeback_hubspot.wire.memberships import MEMBERSHIPS
from writeback_hubspot.wire.selections import select

PACKAGE = resources.files("writeback_hubspot")


@pytest.fixture
def facts() -> Manifest:
    return read_manifest((PACKAGE / manifest.FILE_NAME).read_bytes())


def test_claimed_abilities_are_offered_and_offered_ones_claimed(facts: Manifest, talk: Talk) -> None:
    homes = (capabilities, connector, sign_ins)
    protocols = {
        ability: next(getattr(home, ability.value) for home in homes if hasattr(home, ability.value))
        for ability in Ability
    }
    offering: tuple[object, ...] = (HubSpotConnector(), talk.session)
    offered = {
        ability for ability, kind in protocols.items() if any(isinstance(each, kind) for each in offering)
    }
    assert offered == set(facts.abilities)


def test_id_icon_hosts_and_simulator_are_there(facts: Manifest) -> None:
    (offered,) = writeback_connectors()
    assert offered.id == facts.id
    assert facts.icon is not None
    assert ET.fromstring((PACKAGE / facts.icon).read_bytes()).tag.endswith("svg")  # noqa: S314  our own file
    assert facts.simulator == "writeback_hubspot.simulator:build"
    assert set(HOSTS) < set(facts.hosts)


def test_routes_and_options_are_the_codes_own(facts: Manifest) -> None:
    assert facts.routes.batch is not None
    assert facts.routes.batch.most_rows == limits.BATCH_ROWS
    assert facts.option_values() == {"api_version": limits.API_VERSION, "lifecycle": "forward"}
    assert facts.options["api_version"].choices == limits.API_VERSIONS


def test_every_proposed_object_and_field_is_one_of_the_account(facts: Manifest, talk: Talk) -> None:
    listed = {one.name for one in talk.session.objects()}
    for proposed in facts.objects:
        assert proposed.name in listed
        described = talk.session.describe(proposed.name)
        assert described.key_field == proposed.key
        paths = [
            FieldPath.parse(path) for path in (*proposed.fields, *([proposed.link] if proposed.link else []))
        ]
        missing = [str(path) for path in paths if path.hops == () and described.field(path.field) is None]
        assert set(missing) <= {"type", "lifecyclestage"}, "the simulator lacks no other proposed property"
        if proposed.name == MEMBERSHIPS:
            assert missing == []
            continue  # no properties: pairs are read as associations
        known = [str(path) for path in paths if str(path) not in missing]
        assert select(proposed.name, known, talk.session._known).paths == tuple(known)  # noqa: SLF001  describes


def test_the_users_own_app_brings_its_secret_on_fixed_ports(facts: Manifest) -> None:
    app = HubSpotConnector().oauth_app({"client_id": " abc "})
    assert app.authorize_url == "https://app.hubspot.com/oauth/authorize"
    assert app.token_url == "https://api.hubapi.com/oauth/2026-03/token"
    assert (app.client_id, app.needs_secret, app.redirect_path) == ("abc", True, "/callback")
    assert app.redirect_ports == (3517, 3518, 3519)
    assert {"oauth", "crm.objects.companies.write", "crm.objects.owners.read"} <= set(app.scope.split())
    browser = facts.auth_of(AuthMethod.OAUTH)
    assert browser is not None
    assert set(browser.secrets) == {"client_secret"}
    assert all(str(port) in browser.form.properties["client_id"].description for port in app.redirect_ports)
    with pytest.raises(ConfigurationError):
        HubSpotConnector().oauth_app({})


def test_all_accounts_have_one_origin() -> None:
    assert HubSpotConnector().origin_of({"hub_id": 1}) == limits.API_ORIGIN
