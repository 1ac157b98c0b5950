"""The facts read without import agree with what the code can do."""

from importlib import resources
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from plugins.zoho.tests.talking import Talk

from writeback.sdk import capabilities, connector, manifest, sign_ins
from writeback.sdk.manifest import Ability, Manifest, read_manifest
from writeback_zoho import limits, writeback_connectors
from writeback_zoho.connector import PORT, ZohoConnector
from writeback_zoho.wire import places
from writeback_zoho.wire.writes import trigger_of

PACKAGE = resources.files("writeback_zoho")


@pytest.fixture
def facts() -> Manifest:
    return read_manifest((PACKAGE / manifest.FILE_NAME).read_bytes())


def test_claimed_abilities_are_offered_and_offered_ones_claimed(facts: Manifest, talk: Talk) -> None:
    homes = (capabilities, connector, sign_ins)
    protocols = {
        one: next(getattr(home, one.value) for home in homes if hasattr(home, one.value)) for one in Ability
    }
    offering: tuple[object, ...] = (ZohoConnector(), talk.session)
    offered = {one for one, kind in protocols.items() if any(isinstance(each, kind) for each in offering)}
    assert offered == set(facts.abilities)


def test_routes_are_as_long_as_the_session_says(facts: Manifest, talk: Talk) -> None:
    assert facts.routes.batch is not None
    assert facts.routes.bulk is not None
    assert facts.routes.batch.most_rows == limits.WRITE_ROWS
    assert facts.routes.bulk.most_rows == limits.UPLOAD_ROWS
    assert facts.routes.bulk.from_rows == limits.JOB_CREDITS * limits.ROWS_A_CREDIT
    assert facts.routes.bulk.part_bytes == talk.session.bulk_part_bytes() < limits.UPLOAD_BYTES


def test_every_address_the_code_may_use_is_declared_and_nothing_else(facts: Manifest) -> None:
    origins = {
        *places.ACCOUNTS.values(),
        *places.API.values(),
        *(places.upload_origin(api, host=host) for api in places.API.values() for host in places.UPLOADS),
    }
    assert {urlsplit(origin).hostname for origin in origins} == set(facts.hosts)
    assert len(facts.hosts) == 4 * len(places.ACCOUNTS)


def test_the_forms_offer_what_the_code_takes(facts: Manifest) -> None:
    oauth = facts.auth_of("oauth")
    assert oauth is not None
    assert set(oauth.form.properties["data_centre"].enum) == set(places.ACCOUNTS)
    assert oauth.form.properties["port"].default == str(PORT)
    assert set(oauth.secrets) == {"client_secret"}
    assert {auth.method.value for auth in facts.auth} == {"typed", "oauth", "credentials_file", "token_file"}


def test_defaults_of_the_options_are_the_codes_own(facts: Manifest) -> None:
    values = facts.option_values()
    assert trigger_of(values["trigger"]) is None
    assert facts.options["upload_host"].choices == places.UPLOADS
    assert values["daily_credits"] == ""
    assert values["outside_picklist"] == "refused"


def test_contacts_come_as_users_with_their_account(facts: Manifest) -> None:
    contacts = next(one for one in facts.objects if one.name == "Contacts")
    assert (contacts.entity, contacts.link, contacts.key) == ("user", "Account_Name", "id")


def test_proposed_fields_are_there(facts: Manifest, talk: Talk) -> None:
    there = {one.name for one in talk.session.objects()}
    for proposed in facts.objects:
        if proposed.name in there:
            described = talk.session.describe(proposed.name)
            assert all(described.field(path.partition(".")[0]) is not None for path in proposed.fields)


def test_id_icon_and_simulator_are_there(facts: Manifest) -> None:
    (offered,) = writeback_connectors()
    assert offered.id == facts.id
    assert facts.icon is not None
    assert ET.fromstring((PACKAGE / facts.icon).read_bytes()).tag.endswith("svg")  # noqa: S314  our own file
    assert facts.simulator == "writeback_zoho.simulator:build"
