"""Whatever a client sends is answered as the vendor would, never with a bug of the simulator."""

import json
from collections import abc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from plugins.hubspot.tests.simulator.conftest import FIRST, D

from writeback.sdk.simulator import Body, Request
from writeback_hubspot.simulator import HubSpotSimulator, build

IDS = st.sampled_from([str(FIRST), str(FIRST + 1), "5", "abc", "", "9" * 5000, "²", "C-0000001"])
WRITABLE = ("name", "city", "tier", "segments", "contract_end", "last_audit_at", "annualrevenue", "domain")
NAMES = st.sampled_from((*WRITABLE, "hubspot_owner_id", "external_id", "nope", "hs_object_id"))
DATES = ["0001-01-01T00:00:00+14:00", "9999-12-31", "-1", "9" * 400]
ODD = ["", ";", ";retail", "nan", "1e999", "//[", "{", "\x00", *DATES]
TEXTS = st.one_of(st.text(max_size=12), st.sampled_from(ODD))
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS
)
JSON = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3))
)
PROPERTIES = st.dictionaries(NAMES, st.one_of(TEXTS, JSON), max_size=4)
INPUTS = st.fixed_dictionaries(
    {"id": IDS, "properties": PROPERTIES},
    optional={"objectWriteTraceId": TEXTS, "idProperty": NAMES, "associations": JSON},
)
OPERATORS = (
    "EQ",
    "NEQ",
    "GT",
    "GTE",
    "LTE",
    "BETWEEN",
    "IN",
    "NOT_IN",
    "HAS_PROPERTY",
    "CONTAINS_TOKEN",
    "LIKE",
)
FILTERS = st.fixed_dictionaries(
    {"propertyName": NAMES, "operator": st.sampled_from(OPERATORS)},
    optional={"value": TEXTS, "highValue": TEXTS, "values": st.lists(TEXTS, max_size=3)},
)
SEARCHES = st.fixed_dictionaries(
    {"filterGroups": st.lists(st.fixed_dictionaries({"filters": st.lists(FILTERS, max_size=3)}), max_size=2)},
    optional={
        "sorts": st.lists(st.one_of(NAMES, JSON), max_size=1),
        "query": TEXTS,
        "after": TEXTS,
        "limit": SCALARS,
    },
)
PARAMETERS = ("limit", "after", "properties", "idProperty", "archived", "associations")
BATCHES = tuple(f"/batch/{word}" for word in ("read", "update", "create", "upsert", "archive"))
PATHS = ("", f"/{FIRST}", *BATCHES, "/search", "/merge", f"/{FIRST}/associations/contacts/501")


@pytest.fixture(scope="module")
def crm() -> abc.Iterator[HubSpotSimulator]:
    made = build(rows=20, options={"custom_objects": "1"})
    yield made
    made.close()


def status(crm: HubSpotSimulator, method: str, path: str, *, body: object, value: str = "") -> int:
    pairs = tuple((name, value) for name in PARAMETERS if value)
    headers = {"authorization": f"Bearer {crm.token}", "content-type": "application/json"}
    data = Body.of(json.dumps(body).encode())
    return crm.answer(Request(method, f"{D}/companies{path}", dict(pairs), headers, data, pairs)).status


@pytest.mark.parametrize("call", ["update", "upsert", "create", "read"])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(inputs=st.lists(INPUTS, max_size=4))
def test_a_batch_of_anything_is_answered(crm, call: str, inputs: list[object]) -> None:
    told = status(crm, "POST", f"/batch/{call}", body={"inputs": inputs})
    assert told in (200, 201, 207, 400, 409)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(body=SEARCHES)
def test_a_search_for_anything_is_answered(crm, body: object) -> None:
    assert status(crm, "POST", "/search", body=body) in (200, 400)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(properties=PROPERTIES, record_id=IDS)
@example({"domain": "["}, str(FIRST))
def test_a_write_of_anything_is_answered(crm, properties: object, record_id: str) -> None:
    told = status(crm, "PATCH", f"/{record_id}", body={"properties": properties})
    assert told in (200, 400, 404, 405)


@pytest.mark.parametrize("path", PATHS)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(body=JSON, asked=st.tuples(st.sampled_from(["GET", "POST", "PATCH", "PUT"]), TEXTS))
def test_any_body_and_any_parameter_is_answered(crm, path: str, body: object, asked: tuple[str, str]) -> None:
    method, value = asked
    assert status(crm, method, path, body=body, value=value) < 500
