"""What the connector sends, and what it is answered, held against HubSpot's own OpenAPI documents.

The documents lie in `$WRITEBACK_SPECS/hubspot`: read in place, never copied. Where they are absent nothing is
proved, and the tests say so. Known differences: `sorts` of a search are typed as text there while the search
guide shows objects; values of properties and labels of associations may be null; of 2026-09
the documents on accounts and on schemas are not published.
"""

import json
import os
import re
from collections import abc
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import jsonschema
import pytest
from plugins.hubspot.tests.talking import Talk, talking

from writeback.model.jobs import Route
from writeback.model.types import CLEAR, AttributeType
from writeback.sdk.connector import FieldWish, ReadQuery, Write, WriteRequest
from writeback.transport.recording import ExchangeRecord
from writeback_hubspot.connector import HubSpotConnector

SPECS = Path(os.environ.get("WRITEBACK_SPECS") or "/nonexistent") / "hubspot"
LEAST = 20
"""So many different calls a tour makes at least."""
Told = dict[str, object]

pytestmark = pytest.mark.skipif(
    not SPECS.is_dir(),
    reason="NOT RUN: 3 tests, every request of a tour of the connector (WRITEBACK_SPECS is not set)",
)


@lru_cache
def documents() -> tuple[Told, ...]:
    return tuple(loosened(json.loads(path.read_text("utf-8"))) for path in sorted(SPECS.glob("*/*.json")))


def loosened(document: Told) -> Told:
    """Allow the known differences, and nothing else."""
    schemas = document.get("components", {}).get("schemas", {})  # type: ignore[attr-defined]  # JSON
    if "PublicObjectSearchRequest" in schemas:
        schemas["PublicObjectSearchRequest"]["properties"]["sorts"]["items"] = {}
    for name in {"SimplePublicObject", "SimplePublicObjectWithAssociations"} & schemas.keys():
        schemas[name]["properties"]["properties"]["additionalProperties"] = {"type": ["string", "null"]}
    if "AssociationSpecWithLabel" in schemas:
        schemas["AssociationSpecWithLabel"]["properties"]["label"] = {"type": ["string", "null"]}
    if "MultiAssociatedObjectWithLabel" in schemas:
        schemas["MultiAssociatedObjectWithLabel"]["properties"]["toObjectId"] = {
            "type": ["string", "integer"]
        }
    return document


@lru_cache(maxsize=1000)
def described(method: str, path: str) -> tuple[tuple[Told, Told], ...]:
    """Give the documents and operations with the fewest variables that describe a call."""
    found = []
    for document in documents():
        paths: dict[str, dict[str, Told]] = document["paths"]  # type: ignore[assignment]  # JSON
        for template, methods in paths.items():
            pattern = re.sub(r"\{\w+\}", "[^/]+", template).rstrip("/")
            if method in methods and re.fullmatch(pattern, path):
                found.append((template.count("{"), document, methods[method]))
    least = min((variables for variables, *_rest in found), default=0)
    return tuple((document, operation) for variables, document, operation in found if variables == least)


def problems_of(exchange: ExchangeRecord) -> list[str]:
    """Say what a call or its answer breaks."""
    parts = urlsplit(exchange.url)
    where = f"{exchange.method} {parts.path}"
    known = described(exchange.method.lower(), parts.path)
    if not known:
        return [f"{where}: no document describes it"]
    found = []
    for document, operation in known:
        found += parameter_problems(parts.query, operation)
        found += body_problems(exchange, document, operation)
        found += answer_problems(exchange, document, operation)
    return [f"{where}: {problem}" for problem in found]


def parameter_problems(query: str, operation: Told) -> abc.Iterator[str]:
    told: list[Told] = operation.get("parameters", [])  # type: ignore[assignment]  # JSON
    known = {one["name"]: one for one in told if one["in"] == "query"}
    given = parse_qsl(query, keep_blank_values=True)
    yield from (f"unknown parameter {name}" for name, _text in given if name not in known)
    yield from (
        f"parameter {name} is missing"
        for name, one in known.items()
        if one.get("required") and name not in dict(given)
    )
    for name, text in given:
        kind = known.get(name, {}).get("schema", {}).get("type")  # type: ignore[attr-defined]  # JSON
        if kind == "integer" and not text.isdigit():
            yield f"parameter {name} is no number: {text}"
        if kind == "boolean" and text not in ("true", "false"):
            yield f"parameter {name} is no boolean: {text}"


def body_problems(exchange: ExchangeRecord, document: Told, operation: Told) -> abc.Iterator[str]:
    wanted: Told = operation.get("requestBody", {}).get("content", {})  # type: ignore[attr-defined]  # JSON
    if bool(wanted) != bool(exchange.request_body):
        yield "a body stands where none is described, or is missing"
        return
    for kind, content in wanted.items():
        if kind == "application/json":
            body = json.loads(exchange.request_body)
            yield from schema_problems(body, content["schema"], document)  # type: ignore[index]  # JSON


def answer_problems(exchange: ExchangeRecord, document: Told, operation: Told) -> abc.Iterator[str]:
    answers: dict[str, Told] = operation["responses"]  # type: ignore[assignment]  # JSON
    known = answers.get(str(exchange.status))
    if known is None and exchange.status is not None and exchange.status < 300:
        yield f"status {exchange.status} is not described"
        return
    contents: Told = (known or answers["default"]).get("content", {})  # type: ignore[assignment]  # JSON
    for content in contents.values():
        if exchange.response_body and content.get("schema"):  # type: ignore[attr-defined]  # JSON
            yield from schema_problems(json.loads(exchange.response_body), content["schema"], document)  # type: ignore[index]


def schema_problems(body: object, schema: Told, document: Told) -> abc.Iterator[str]:
    validator = jsonschema.Draft4Validator({**schema, "components": document["components"]})
    yield from (f"{error.json_path} {error.message[:200]}" for error in validator.iter_errors(body))


def tour(talk: Talk) -> None:
    """Make every kind of call that the connector makes."""
    session = talk.session
    session.whoami()
    session.usage()
    session.objects()
    for name in ("contacts", "companies", "deals", "owners"):
        session.describe(name)
        session.count(name)
        paths = ("email",) if name == "owners" else ("owner.email", "hs_object_id")
        for since in (None, "2020-01-01T00:00:00.000Z"):
            list(session.read(ReadQuery(name, paths, since=since, limit=5)))
        list(session.read_deletes(name, since="2020-01-01T00:00:00.000Z"))
    (page,) = session.read(ReadQuery("contacts", ("email", "company.name", "company.owner.email"), limit=3))
    keys = [row[0] for row in page.rows]
    session.fetch(
        "contacts", by="email", keys=[str(page.rows[0][2][0]), "nobody@x.example"], paths=("phone",)
    )
    session.fetch("contacts", by="hs_object_id", keys=[keys[0], "99999999"], paths=("company.name",))
    session.read_history("contacts", since={keys[0]: None, "99999999": None}, fields=("email", "phone"))
    session.find("companies", by="name", values=["nobody"])
    session.find("owners", by="email", values=["nobody@x.example"])
    text = FieldWish("phone", AttributeType.TEXT, "+43 1")
    clear = FieldWish("phone", AttributeType.TEXT, CLEAR)
    bad = FieldWish("lifecyclestage", AttributeType.LIST, "no such stage")
    link = FieldWish("hs_association_company", AttributeType.TEXT, "98501")
    for route in (Route.SINGLE, Route.BATCH):
        for wish in (text, clear, bad, link):
            send(talk, [(keys[0], wish)], route)
    send(talk, [(keys[0], text), (keys[1], bad), ("99999999", text)], Route.BATCH)
    send(talk, [(keys[0], link), ("99999999", link)], Route.BATCH)
    for route in (Route.SINGLE, Route.BATCH):
        for wishes in ((text, link), (text,), (bad,)):  # made, there already, refused
            make(talk, [(f"{route.value}@x.example", wishes)], route)
    make(talk, [("a@x.example", (text,)), ("single@x.example", ()), ("b@x.example", (bad,))], Route.BATCH)


def make(talk: Talk, rows: list[tuple[str, tuple[FieldWish, ...]]], route: Route) -> None:
    writes = tuple(Write(f"k{key}", key, None, wishes) for key, wishes in rows)
    request = WriteRequest("contacts", writes, route, is_conditional=False, creates_by="email")
    talk.session.write(talk.session.prepare(request))


def send(talk: Talk, rows: list[tuple[str, FieldWish]], route: Route) -> None:
    writes = tuple(Write(f"k{key}", key, None, (wish,)) for key, wish in rows)
    talk.session.write(talk.session.prepare(WriteRequest("contacts", writes, route, is_conditional=False)))


@pytest.mark.parametrize("version", ["2026-03", "2026-09", "v3"])
def test_every_request_and_every_answer_is_one_that_hubspot_documents(
    version: str, record_property: abc.Callable[[str, object], None]
) -> None:
    with talking(6, options={"api_version": version}, switches={"custom_objects": "1"}) as talk:
        tour(talk)
        HubSpotConnector().grant(talk.running.credentials, http=talk.access.http, now=talk.access.now())
        exchanges = [one for one in talk.exchanges if not is_unpublished(one)]
    found = [problem for one in exchanges for problem in problems_of(one)]
    kinds = {(one.method, re.sub(r"\d{3,}", "N", urlsplit(one.url).path)) for one in exchanges}
    record_property("requests_checked", len(exchanges))
    print(f"{version}: {len(exchanges)} requests and answers checked, {len(kinds)} different calls")
    assert sorted(set(found)) == []
    assert len(kinds) >= LEAST


def is_unpublished(exchange: ExchangeRecord) -> bool:
    """Say whether a call belongs to a document that HubSpot has not published for 2026-09."""
    path = urlsplit(exchange.url).path
    return path.startswith(("/account-info/2026-09/", "/crm-object-schemas/2026-09/"))
