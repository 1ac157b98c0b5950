"""Answers validated against HubSpot's own OpenAPI documents: read in place, never copied.

The documents lie in `$WRITEBACK_SPECS/hubspot`; where they are absent nothing is proved and the tests say so.
They do not mark what may be null; two keys of which the wire contract says that they are (values of
properties, labels of associations) may be null here.
"""

import json
import os
import re
from collections import abc
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import jsonschema
import pytest
from plugins.hubspot.tests.simulator.conftest import FIRST, Client, finished, import_form, row

SPECS = Path(os.environ.get("WRITEBACK_SPECS") or "/nonexistent") / "hubspot"
_NULLABLE = {"SimplePublicObject", "SimplePublicObjectWithAssociations", "SimplePublicUpsertObject"}


@lru_cache
def documents() -> tuple[dict[str, object], ...]:
    return tuple(_loosened(json.loads(path.read_text("utf-8"))) for path in sorted(SPECS.glob("*/*.json")))


def _loosened(document: dict[str, object]) -> dict[str, object]:
    schemas = document.get("components", {}).get("schemas", {})
    for name in _NULLABLE & schemas.keys():
        schemas[name]["properties"]["properties"]["additionalProperties"] = {"type": ["string", "null"]}
    if "AssociationSpecWithLabel" in schemas:
        schemas["AssociationSpecWithLabel"]["properties"]["label"] = {"type": ["string", "null"]}
    return document


@lru_cache(maxsize=1000)
def operations(path: str, method: str) -> list[tuple[dict[str, object], dict[str, object]]]:
    """Find who describes a call: the templates with the fewest variables, in all documents."""
    found = []
    for document in documents():
        for template, methods in document["paths"].items():
            if method in methods and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
                found.append((template.count("{"), document, methods[method]))
    least = min((variables for variables, *_ in found), default=0)
    return [(document, operation) for variables, document, operation in found if variables == least]


@dataclass
class Checked:
    """A client of which every answer is validated."""

    client: Client
    answers: int = 0
    problems: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def call(self, method: str, path: str, body: object = None, **more: object) -> object:
        more |= {} if body is None else {"json": body}
        answer = self.client.call(method, path, **more)
        bare = path.partition("?")[0]
        described = operations(bare, method.lower())
        if not described:
            self.problems.append(f"{method} {bare}: nobody describes it")
        for document, operation in described:
            self._check(f"{method} {bare} {answer.status_code}", answer, document, operation)
        self.answers += 1
        self.seen.add(f"{method} {re.sub(r'[0-9]{3,}', 'N', bare)}")
        return answer.json() if answer.content else None

    def _check(
        self, where: str, answer: object, document: dict[str, object], operation: dict[str, object]
    ) -> None:
        known = operation["responses"].get(str(answer.status_code))
        if known is None:
            if answer.status_code < 400 and set(operation["responses"]) != {"default"}:
                self.problems.append(f"{where}: no such status")
                return
            known = operation["responses"].get("default", {})
        for content in known.get("content", {}).values():
            if content.get("schema"):
                whole = {**content["schema"], "components": document["components"]}
                validator = jsonschema.Draft4Validator(whole)
                for error in validator.iter_errors(answer.json()):
                    self.problems.append(f"{where}: {error.json_path} {error.message[:200]}")


def tour_records(api: Checked, base: str) -> None:
    for name in ("companies", "contacts", "deals"):
        api.call(
            "GET",
            f"{base}/{name}?limit=20&associations=contacts,companies,deals&propertiesWithHistory=city,amount",
        )
        api.call(
            "POST", f"{base}/{name}/search", {"limit": 5, "filterGroups": [], "sorts": [], "properties": []}
        )
    api.call("GET", f"{base}/companies/{FIRST}?properties=tier,segments&associations=deals")
    api.call("GET", f"{base}/companies/5")
    api.call("PATCH", f"{base}/companies/{FIRST}", {"properties": {"city": "Łódź", "tier": ""}})
    api.call("PATCH", f"{base}/companies/{FIRST}", {"properties": {"tier": "x", "nope": "y"}})
    made = api.call("POST", f"{base}/companies", {"properties": {"name": "Ny"}})
    api.call("DELETE", f"{base}/companies/{made['id']}")
    api.call("GET", f"{base}/companies?archived=true")
    inputs = [
        row(0, "a", city="Oslo"),
        row(1, "b", tier="x"),
        {"id": "5", "properties": {}, "objectWriteTraceId": "c"},
    ]
    api.call("POST", f"{base}/companies/batch/update", {"inputs": inputs})
    api.call("POST", f"{base}/companies/batch/update", {"inputs": inputs[:1]})
    reads = {
        "inputs": [{"id": str(FIRST)}, {"id": "5"}],
        "properties": ["city"],
        "propertiesWithHistory": ["city"],
    }
    api.call("POST", f"{base}/companies/batch/read", reads)
    new = {"properties": {"name": "Ny"}, "associations": [], "objectWriteTraceId": "a"}
    api.call("POST", f"{base}/companies/batch/create", {"inputs": [new]})
    upsert = {"id": "C-0000001", "idProperty": "external_id", "properties": {}, "objectWriteTraceId": "a"}
    bad = upsert | {"id": "C-0000002", "properties": {"tier": "x"}}
    api.call("POST", f"{base}/companies/batch/upsert", {"inputs": [upsert, bad]})
    api.call("POST", f"{base}/companies/batch/archive", {"inputs": [{"id": "5"}]})
    api.call(
        "POST", f"{base}/companies/merge", {"primaryObjectId": str(FIRST), "objectIdToMerge": str(FIRST + 9)}
    )


def tour_links(api: Checked, objects: str, associations: str) -> None:
    spec = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279}
    if "2026-09" not in objects:  # not in its documents
        api.call("GET", f"{objects}/contacts/501/associations/companies")
    api.call("PUT", f"{objects}/contacts/501/associations/companies/{FIRST + 3}", [spec])
    api.call("PUT", f"{objects}/contacts/501/associations/default/companies/{FIRST + 4}")
    api.call("DELETE", f"{objects}/contacts/501/associations/companies/{FIRST + 3}")
    batch = f"{associations}/contacts/companies/batch"
    pair = {"from": {"id": "502"}, "to": {"id": str(FIRST + 5)}}
    api.call("POST", f"{batch}/read", {"inputs": [{"id": "501"}, {"id": "5"}]})
    api.call("POST", f"{batch}/create", {"inputs": [{**pair, "types": [spec]}]})
    api.call("POST", f"{batch}/associate/default", {"inputs": [pair]})
    api.call("POST", f"{batch}/labels/archive", {"inputs": [{**pair, "types": [spec]}]})
    api.call(
        "POST", f"{batch}/archive", {"inputs": [{"from": {"id": "502"}, "to": [{"id": str(FIRST + 5)}]}]}
    )


def tour_facts(api: Checked, version: str) -> None:
    crm = f"/crm/{{}}/{version}" if version.startswith("20") else f"/crm/{version}/{{}}"
    for name in ("companies", "contacts", "deals"):
        api.call("GET", f"{crm.format('properties')}/{name}")
        api.call("GET", f"{crm.format('properties')}/{name}/groups")
    api.call("GET", f"{crm.format('properties')}/companies?archived=true")
    api.call("GET", f"{crm.format('properties')}/companies/revenue_per_employee")
    api.call(
        "POST",
        f"{crm.format('properties')}/companies/batch/read",
        {"archived": False, "inputs": [{"name": "city"}]},
    )
    api.call("GET", f"{crm.format('owners')}?limit=3")
    api.call("GET", f"{crm.format('owners')}/71000001")


def tour_version(api: Checked, version: str) -> None:
    if version == "v3":
        tour_records(api, "/crm/v3/objects")
        tour_links(api, "/crm/v4/objects", "/crm/v4/associations")
    else:
        tour_records(api, f"/crm/objects/{version}")
        tour_links(api, f"/crm/objects/{version}", f"/crm/associations/{version}")
    if version == "2026-03":
        api.call("GET", "/crm/associations/2026-03/contacts/companies/labels")
    tour_facts(api, version)
    if version == "2026-09":
        return  # no documents of these
    schemas = (
        "/crm-object-schemas/v3/schemas" if version == "v3" else f"/crm-object-schemas/{version}/schemas"
    )
    pipelines = "/crm/v3/pipelines" if version == "v3" else f"/crm/pipelines/{version}"
    for path in (
        schemas,
        f"{pipelines}/deals",
        f"{pipelines}/deals/default",
        f"{pipelines}/deals/default/stages",
    ):
        api.call("GET", path)
    api.call("GET", f"/account-info/{version}/details")
    api.call("GET", f"/account-info/{version}/api-usage/daily/private-apps")


def tour_tokens(api: Checked) -> None:
    form = {"grant_type": "refresh_token", **api.client.running.credentials}
    for version in ("v1", "v3", "2026-03", "2026-09"):
        told = api.call("POST", f"/oauth/{version}/token", data=form)
    api.call("GET", f"/oauth/v1/access-tokens/{told['access_token']}")
    api.call("GET", f"/oauth/v1/refresh-tokens/{told['refresh_token']}")
    for version in ("v3", "2026-03", "2026-09"):
        api.call("POST", f"/oauth/{version}/token/introspect", data={"token": told["access_token"]})


def tour_jobs(api: Checked) -> None:
    view = {"exportType": "VIEW", "format": "CSV", "objectType": "companies", "objectProperties": ["city"]}
    for version in ("v3", "2026-03", "2026-09"):
        imports = f"/crm/{version}/imports" if version == "v3" else f"/crm/imports/{version}"
        made = api.call("POST", imports, **import_form(f"{FIRST},Oslo,gold\n{FIRST + 1},Oslo,nobody\n"))
        finished(api.client, made["id"])
        for path in (
            "",
            f"/{made['id']}",
            f"/{made['id']}/errors?includeErrorMessage=true&includeRowData=true",
        ):
            api.call("GET", imports + path)
        api.call("POST", f"{imports}/{made['id']}/cancel")
        exports = f"/crm/{version}/exports" if version == "v3" else f"/crm/exports/{version}"
        task = api.call("POST", f"{exports}/export/async", view)
        api.call("GET", f"{exports}/export/async/tasks/{task['id']}/status")
        api.call("GET", f"{exports}/export/{task['id']}")


TOURS: dict[str, tuple[int, abc.Callable[[Checked], None]]] = {
    "v3": (46, lambda api: tour_version(api, "v3")),
    "2026-03": (47, lambda api: tour_version(api, "2026-03")),
    "2026-09": (39, lambda api: tour_version(api, "2026-09")),
    "tokens": (9, tour_tokens),
    "jobs": (24, tour_jobs),
}


@pytest.mark.parametrize("name", TOURS)
def test_every_answer_is_one_that_the_vendors_document_describes(make, name) -> None:
    least, tour = TOURS[name]
    if not SPECS.is_dir():
        pytest.skip(f"NOT RUN: {least} answers not validated, no HubSpot documents in WRITEBACK_SPECS")
    api = Checked(make(custom_objects="1", to_object_id="string", write_validation="off"))
    tour(api)
    assert api.problems == []
    assert api.answers >= least
