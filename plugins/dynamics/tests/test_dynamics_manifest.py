"""The facts read without import agree with what the code can do."""

import subprocess
import sys
from importlib import resources
from xml.etree import ElementTree as ET

import pytest
from plugins.dynamics.tests.talking import HOSTS, Talk

from writeback.model.fieldpaths import FieldPath
from writeback.sdk import capabilities, manifest, sign_ins
from writeback.sdk.manifest import Ability, Manifest, read_manifest
from writeback_dynamics import limits, writeback_connectors
from writeback_dynamics.connector import DynamicsConnector
from writeback_dynamics.session.signing_in import AUTHORITIES
from writeback_dynamics.wire.writes import steering

PACKAGE = resources.files("writeback_dynamics")


@pytest.fixture
def facts() -> Manifest:
    return read_manifest((PACKAGE / manifest.FILE_NAME).read_bytes())


def test_claimed_abilities_are_offered_and_offered_ones_claimed(facts: Manifest, talk: Talk) -> None:
    homes = (capabilities, sign_ins)
    offering: tuple[object, ...] = (DynamicsConnector(), talk.session)
    offered = {
        ability
        for ability in Ability
        for home in homes
        if hasattr(home, ability.value)
        and any(isinstance(each, getattr(home, ability.value)) for each in offering)
    }
    assert offered == set(facts.abilities)


def test_routes_are_as_long_as_the_session_says(facts: Manifest, talk: Talk) -> None:
    assert facts.routes.batch is not None
    assert facts.routes.batch.most_rows == limits.MULTIPLE_ROWS
    assert talk.session.conditional_most("batch") == limits.BATCH_PARTS <= limits.MULTIPLE_ROWS
    assert facts.routes.bulk is None


def test_id_icon_and_simulator_are_there(facts: Manifest) -> None:
    (offered,) = writeback_connectors()
    assert offered.id == facts.id
    assert facts.icon is not None
    assert ET.fromstring((PACKAGE / facts.icon).read_bytes()).tag.endswith("svg")  # noqa: S314  our own file
    assert facts.simulator == "writeback_dynamics.simulator:build"
    assert {*HOSTS, *AUTHORITIES} <= set(facts.hosts)


def test_every_way_to_sign_in_asks_for_the_environment_and_offers_the_known_authorities(
    facts: Manifest,
) -> None:
    for auth in facts.auth:
        assert "origin" in auth.form.required
        authority = auth.form.properties.get("authority")
        assert authority is None or authority.enum == AUTHORITIES


def test_defaults_of_the_options_send_no_header_and_choices_are_taken(facts: Manifest) -> None:
    values = facts.option_values()
    assert steering(values) == ()
    assert int(values["page_size"]) == limits.PAGE_ROWS
    for name in ("bypass_logic", "bypass_plugins", "duplicate_detection"):
        for choice in facts.automation[name].choices:
            assert len(steering({name: choice})) == (1 if choice else 0)


def test_proposed_objects_have_their_keys_links_and_most_fields(facts: Manifest, talk: Talk) -> None:
    there = {info.name for info in talk.session.objects()}
    for proposed in facts.objects:
        if proposed.name not in there:
            continue
        description = talk.session.describe(proposed.name)
        assert description.key_field == proposed.key
        if proposed.link is not None:
            assert talk.rows(proposed.link, table=proposed.name, limit=1)
    account = next(one for one in facts.objects if one.name == "account")
    description = talk.session.describe("account")
    hops = [path for path in account.fields if FieldPath.parse(path).hops]
    assert hops == ["ownerid.internalemailaddress"]
    assert sum(description.field(path) is not None for path in account.fields) >= 7


def test_contacts_are_users_linked_to_their_account(facts: Manifest, talk: Talk) -> None:
    contact = next(one for one in facts.objects if one.entity == "user")
    assert (contact.name, contact.link) == ("contact", "parentcustomerid")
    links = [row[2][0] for row in talk.rows("parentcustomerid", table="contact", limit=20)]
    accounts = {row[0] for row in talk.rows(limit=100)}
    assert any(link in accounts for link in links)


def test_a_session_opens_without_loading_msal() -> None:
    code = "import writeback_dynamics.connector, sys; print('msal' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_paths_that_are_proposed_have_labels_for_people_at_every_step(facts: Manifest, talk: Talk) -> None:
    def label(table: str, path: str) -> str:
        hop, dot, rest = path.partition(".")
        info = talk.session.describe(table)
        field = info.reference(hop) if dot else info.field(hop)
        assert field is not None
        if not dot:
            return field.label
        assert field.reference is not None
        return f"{field.label} › {label(field.reference.targets[0], rest)}"

    assert label("account", "ownerid.internalemailaddress") == "Owner › Primary Email"
    assert label("account", "wb_SuccessManager.fullname") == "Success Manager › Full Name"
    paths = [path for one in facts.objects if one.name == "account" for path in one.fields if "." in path]
    assert paths
    for path in paths:
        assert not set(label("account", path).split(" › ")) & set(path.split("."))
