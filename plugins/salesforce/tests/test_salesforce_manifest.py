"""The facts read without import agree with what the code can do."""

from importlib import resources
from xml.etree import ElementTree as ET

import pytest
from plugins.salesforce.tests.talking import HOSTS, Talk

from writeback.errors import ConfigurationError, InvalidRequestError
from writeback.model.jobs import Route
from writeback.sdk import capabilities, connector, manifest, sign_ins
from writeback.sdk.manifest import Ability, Manifest, read_manifest
from writeback_salesforce import limits, writeback_connectors
from writeback_salesforce.connector import SalesforceConnector

PACKAGE = resources.files("writeback_salesforce")


@pytest.fixture
def facts() -> Manifest:
    return read_manifest((PACKAGE / manifest.FILE_NAME).read_bytes())


def test_claimed_abilities_are_offered_and_offered_ones_claimed(facts: Manifest, talk: Talk) -> None:
    protocols = {
        Ability.COMPILES_FILTERS: capabilities.CompilesFilters,
        Ability.CREATES_RECORDS: capabilities.CreatesRecords,
        Ability.READS_DELETES: capabilities.ReadsDeletes,
        Ability.READS_PEOPLE: capabilities.ReadsPeople,
        Ability.REPORTS_USAGE: capabilities.ReportsUsage,
        Ability.TELLS_SCHEMA_REFUSALS: capabilities.TellsSchemaRefusals,
        Ability.WRITES_CONDITIONALLY: capabilities.WritesConditionally,
        Ability.WRITES_IN_BULK: capabilities.WritesInBulk,
        Ability.SIGNS_IN_BY_BROWSER: connector.SignsInByBrowser,
        Ability.SIGNS_IN_WITH_CREDENTIALS: sign_ins.SignsInWithCredentials,
    }
    offering: tuple[object, ...] = (SalesforceConnector(), talk.session)
    offered = {
        ability
        for ability, protocol in protocols.items()
        if any(isinstance(each, protocol) for each in offering)
    }
    assert offered == set(facts.abilities)


def test_routes_are_as_long_as_the_session_says(facts: Manifest, talk: Talk) -> None:
    assert facts.routes.batch is not None
    assert facts.routes.batch.most_rows == limits.COLLECTION_ROWS
    bulk = facts.routes.facts_of(Route.BULK)
    assert bulk is not None
    assert bulk.part_bytes == talk.session.bulk_part_bytes()


def test_id_icon_and_simulator_are_there(facts: Manifest) -> None:
    (offered,) = writeback_connectors()
    assert offered.id == facts.id
    assert facts.icon is not None
    assert ET.fromstring((PACKAGE / facts.icon).read_bytes()).tag.endswith("svg")  # noqa: S314  our own file
    assert facts.simulator == "writeback_salesforce.simulator:build"
    assert set(HOSTS) <= set(facts.hosts)


def test_defaults_of_the_options_are_the_codes_own(facts: Manifest) -> None:
    values = facts.option_values()
    assert values["api_version"] == limits.API_VERSION
    assert int(values["bulk_read_from"]) == limits.BULK_READ_FROM


def test_the_users_own_app_is_a_public_client_on_fixed_ports() -> None:
    app = SalesforceConnector().oauth_app({"client_id": "3MVG9x", "login": "test"})
    assert app.authorize_url == "https://test.salesforce.com/services/oauth2/authorize"
    assert app.token_url == "https://test.salesforce.com/services/oauth2/token"
    assert app.redirect_ports == (1717, 1718, 1719)
    own = SalesforceConnector().oauth_app(
        {"client_id": "3MVG9x", "login": "my_domain", "my_domain": "https://Acme.my.salesforce.com/"}
    )
    assert own.token_url.startswith("https://acme.my.salesforce.com/")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"client_id": "a b"},
        {"client_id": "x", "login": "elsewhere"},
        {"client_id": "x", "login": "my_domain", "my_domain": "evil.example"},
        {"client_id": "x", "login": "my_domain", "my_domain": "evil.example/.my.salesforce.com"},
        {"client_id": "x", "login": "my_domain", "my_domain": "evil@x.my.salesforce.com"},
    ],
)
def test_a_form_that_leads_elsewhere_is_refused(form: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError):
        SalesforceConnector().oauth_app(form)


def test_the_origin_is_the_one_the_token_answer_names() -> None:
    speaker = SalesforceConnector()
    answer = {"instance_url": "https://acme.my.salesforce.com/"}
    assert speaker.origin_of(answer) == "https://acme.my.salesforce.com"
    for hostile in ("", "ftp://x", "https://a@b.example", 5):
        with pytest.raises(InvalidRequestError):
            speaker.origin_of({"instance_url": hostile})


@pytest.mark.parametrize("version", ["58.0", "69.0", "67", "../x"])
def test_an_api_version_we_do_not_speak_is_refused(talk: Talk, version: str) -> None:
    access = connector.Access(
        origin=talk.access.origin,
        http=talk.access.http,
        token=talk.access.token,
        refresh=talk.access.refresh,
        options={"api_version": version},
        now=talk.access.now,
    )
    with pytest.raises(ConfigurationError):
        SalesforceConnector().open(access)
