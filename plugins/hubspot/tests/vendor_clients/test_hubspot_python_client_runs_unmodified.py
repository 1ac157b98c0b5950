"""hubspot-api-client 12, HubSpot's own client for Python, runs unmodified against the simulator.

Its Apache-2.0 models are the committed oracle of the form of v3 and v4 answers: they refuse a missing
required key or an unknown word of an enumeration.
"""

import json
from collections import abc
from datetime import UTC, datetime
from pathlib import Path

import hubspot
import pytest
from hubspot.crm import companies, contacts, deals
from hubspot.crm.associations import v4
from hubspot.crm.contacts import ApiException

from writeback.sdk.simulator import Running, serve
from writeback_hubspot.simulator import build

pytestmark = [pytest.mark.vendor_clients, pytest.mark.timeout(300)]
FIRST = 98_501
AWKWARD = 'Zoë Ølbryggeri – 株式会社 🙂\nsecond line, "quoted"\tand = + - @'


@pytest.fixture
def running(tmp_path: Path) -> abc.Iterator[Running]:
    crm = build(rows=250, applied_log=tmp_path / "applied.jsonl", options={"to_object_id": "string"})
    with serve(crm, folder=tmp_path) as served:
        yield served


@pytest.fixture
def client(running: Running) -> abc.Iterator[hubspot.Client]:
    made = hubspot.Client.create(access_token=running.token, host=running.url, base_url=running.url)
    kept: list[object] = []
    yield _Kept(made, kept)
    for api in kept:
        api.api_client.rest_client.pool_manager.clear()
        api.api_client.close()


class _Kept:
    """Builds each API once and keeps it, so that its connections can be closed at the end."""

    def __init__(self, client: hubspot.Client, kept: list[object]) -> None:
        self.client = client
        self._kept = kept
        self._made: dict[str, object] = {}

    def __call__(self, chain: str) -> object:
        if chain not in self._made:
            found: object = self.client.crm if not chain.startswith("oauth.") else self.client
            for name in chain.split("."):
                found = getattr(found, name)
            self._made[chain] = found
            self._kept.append(found)
        return self._made[chain]


def test_it_reads_owners_and_property_definitions(client) -> None:
    living = client("owners.owners_api").get_page(limit=100, archived=False).results
    gone = client("owners.owners_api").get_page(limit=100, archived=True).results
    assert (len(living), len(gone), gone[1].email) == (38, 2, living[0].email)
    told = {each.name: each for each in client("properties.core_api").get_all("companies").results}
    assert told["revenue_per_employee"].calculated is True
    assert told["createdate"].modification_metadata.read_only_value is True
    assert client("pipelines.pipelines_api").get_all("deals").results[1].stages[0].id == "98765011"


def test_it_pages_through_all_records_and_sees_each_once(client, running) -> None:
    seen, after = [], None
    while True:
        page = client("companies.basic_api").get_page(
            limit=100, after=after, properties=["name", "description"], associations=["contacts"]
        )
        seen += page.results
        if page.paging is None:
            break
        after = page.paging.next.after
    assert [each.id for each in seen] == [str(FIRST + row) for row in range(250)]
    table = running.crm.portal.tables["companies"]
    assert [each.properties["name"] for each in seen] == [table.value(row, "name") for row in range(250)]
    assert seen[0].created_at == datetime(2025, 1, 1, tzinfo=UTC)
    assert seen[0].associations["contacts"].results[0].id == "501"


def test_it_searches(client) -> None:
    condition = companies.Filter(property_name="industry", operator="EQ", value="RETAIL")
    request = companies.PublicObjectSearchRequest(
        filter_groups=[companies.FilterGroup(filters=[condition])],
        sorts=["-createdate"], properties=["industry"], limit=10, after="0",
    )  # fmt: skip
    told = client("companies.search_api").do_search(public_object_search_request=request)
    assert told.total > 10
    assert {each.properties["industry"] for each in told.results} == {"RETAIL"}
    assert told.paging.next.after == "10"


def test_it_updates_a_batch_with_one_bad_row_and_awkward_text(client, running) -> None:
    fields = {FIRST: {"description": AWKWARD}, FIRST + 1: {"tier": "x"}, 5: {"city": "x"}}
    inputs = [
        companies.SimplePublicObjectBatchInput(id=str(key), properties=value, object_write_trace_id=f"r{key}")
        for key, value in fields.items()
    ]
    body = companies.BatchInputSimplePublicObjectBatchInput(inputs=inputs)
    told, status, _headers = client("companies.batch_api").update_with_http_info(body)
    assert (status, told.num_errors, [each.id for each in told.results]) == (207, 2, [str(FIRST)])
    assert told.errors[0].context["objectWriteTraceId"] == [f"r{FIRST + 1}"]
    assert told.errors[1].context["ids"] == ["5"]
    assert [entry["fields"] for entry in running.crm.applied.entries()] == [{"description": AWKWARD}]
    read = client("companies.basic_api").get_by_id(str(FIRST), properties_with_history=["description"])
    history = read.properties_with_history["description"]
    assert (history[0].value, history[0].source_type) == (AWKWARD, "INTEGRATION")


def test_it_raises_what_the_vendor_answers(client) -> None:
    with pytest.raises(ApiException) as caught:
        client("contacts.basic_api").get_by_id("5")
    assert (caught.value.status, json.loads(caught.value.body)["category"]) == (404, "OBJECT_NOT_FOUND")
    changed = deals.SimplePublicObjectInput(properties={"dealstage": "nowhere"})
    with pytest.raises(deals.ApiException) as refused:
        client("deals.basic_api").update("9100000001", simple_public_object_input=changed)
    assert "is not a valid pipeline stage ID" in refused.value.body


def test_it_creates_upserts_and_archives(client) -> None:
    new = companies.SimplePublicObjectInputForCreate(properties={"name": AWKWARD}, associations=[])
    made = client("companies.basic_api").create(simple_public_object_input_for_create=new)
    assert made.properties["name"] == AWKWARD
    client("companies.basic_api").archive(made.id)
    assert [each.id for each in client("companies.basic_api").get_page(archived=True).results] == [made.id]
    upsert = companies.SimplePublicObjectBatchInputUpsert(
        id="C-0000003", id_property="external_id", properties={"city": "Oslo"}
    )
    told = client("companies.batch_api").upsert(
        batch_input_simple_public_object_batch_input_upsert=companies.BatchInputSimplePublicObjectBatchInputUpsert(
            inputs=[upsert]
        )
    )
    assert (told.results[0].id, told.results[0].new) == (str(FIRST + 3), False)


def test_it_is_told_what_is_there_already(client, running) -> None:
    api, new = client("contacts.basic_api"), contacts.SimplePublicObjectInputForCreate
    made = api.create(new(properties={"email": "new@x.example", "customer_number": "N-1"}, associations=[]))
    with pytest.raises(ApiException) as caught:
        api.create(new(properties={"email": "NEW@x.example"}, associations=[]))
    assert (caught.value.status, json.loads(caught.value.body)["message"]) == (
        409,
        f"Contact already exists. Existing ID: {made.id}",
    )
    with pytest.raises(ApiException) as refused:
        api.create(new(properties={"lastname": "x", "customer_number": "n-1"}, associations=[]))
    assert refused.value.status == 400
    assert "CONFLICTING_UNIQUE_VALUE" in refused.value.body
    assert len(running.crm.applied.entries()) == 1


def test_it_creates_a_batch_in_which_one_is_there_already(client, running) -> None:
    def inputs(*traces: str | None) -> contacts.BatchInputSimplePublicObjectBatchInputForCreate:
        return contacts.BatchInputSimplePublicObjectBatchInputForCreate(
            inputs=[
                contacts.SimplePublicObjectBatchInputForCreate(
                    properties={"email": f"c{place % 2}@x.example"},
                    associations=[],
                    object_write_trace_id=trace,
                )
                for place, trace in enumerate(traces)
            ]
        )

    api = client("contacts.batch_api")
    with pytest.raises(ApiException) as caught:  # without trace ids it is all or nothing
        api.create(inputs(None, None, None))
    assert caught.value.status == 409
    assert running.crm.applied.entries() == []
    told, status, _headers = api.create_with_http_info(inputs("a", "b", "c"))
    assert (status, told.num_errors) == (207, 1)
    assert {each.object_write_trace_id for each in told.results} == {"a", "b"}
    assert (told.errors[0].category, told.errors[0].context["objectWriteTraceId"]) == ("CONFLICT", ["c"])
    assert [entry["operation"] for entry in running.crm.applied.entries()] == ["create", "create"]


def test_it_reads_and_makes_links(client) -> None:
    basic, batch = client("associations.v4.basic_api"), client("associations.v4.batch_api")
    before = basic.get_page("companies", str(FIRST), "contacts").results
    assert {each.association_types[0].type_id for each in before} == {2}
    spec = v4.AssociationSpec(association_category="HUBSPOT_DEFINED", association_type_id=280)
    made = basic.create("companies", str(FIRST), "contacts", "520", [spec])
    assert (made.from_object_id, made.to_object_id) == (str(FIRST), "520")
    wanted = v4.BatchInputPublicFetchAssociationsBatchRequest(
        inputs=[v4.PublicFetchAssociationsBatchRequest(id=str(FIRST))]
    )
    told = batch.get_page("companies", "contacts", wanted)
    assert "520" in {each.to_object_id for each in told.results[0].to}


def test_it_reaches_the_dated_paths_by_its_bare_request(client) -> None:
    answer = client.client.api_request(
        {"path": f"/crm/objects/2026-03/companies/{FIRST}", "qs": {"properties": "tier"}}
    )
    try:
        assert answer.json()["id"] == str(FIRST)
    finally:
        answer.close()


def test_it_refreshes_its_token(client, running) -> None:
    told = client("oauth.tokens_api").create(grant_type="refresh_token", **running.credentials)
    assert (told.token_type, told.expires_in) == ("bearer", 1800)
