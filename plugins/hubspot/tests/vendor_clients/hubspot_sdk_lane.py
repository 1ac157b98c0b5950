"""Runs one task with an unmodified hubspot-sdk and prints what it returned as one JSON line.

Standard input: {"task", "url", "token", …arguments of the task}. Run by the interpreter in
WRITEBACK_VENDOR_PYTHON; imports nothing of this repository.
"""

import json
import sys

from hubspot_sdk import APIStatusError, HubSpot
from hubspot_sdk.types.crm import BatchResponseSimplePublicObject

GIVEN = json.load(sys.stdin)
CLIENT = HubSpot(access_token=GIVEN["token"], base_url=GIVEN["url"], max_retries=GIVEN.get("retries", 0))
COMPANIES = CLIENT.crm.objects.companies


def owners() -> object:
    return [owner.model_dump(mode="json") for owner in CLIENT.crm.owners.list(limit=10)]  # pages by itself


def properties() -> object:
    return [one.model_dump(mode="json") for one in CLIENT.crm.properties.list("companies").results]


def everything() -> object:
    return [one.model_dump(mode="json") for one in COMPANIES.list(limit=100, properties=["name", "tier"])]


def search() -> object:
    condition = {"propertyName": "industry", "operator": "EQ", "value": GIVEN["industry"]}
    told = COMPANIES.search(
        after="0",
        filter_groups=[{"filters": [condition]}],
        limit=200,
        properties=["industry"],
        sorts=["createdate"],
    )
    return [one.model_dump(mode="json") for one in told.results]


def update() -> object:
    raw = COMPANIES.batch.with_raw_response.update(inputs=GIVEN["inputs"])
    parsed = raw.parse()
    assert isinstance(parsed, BatchResponseSimplePublicObject)
    BatchResponseSimplePublicObject.model_validate(json.loads(raw.text()), strict=False)  # required keys
    return {"http": raw.status_code} | parsed.to_dict(mode="json")


def patch() -> object:
    try:
        return COMPANIES.update(GIVEN["id"], properties=GIVEN["properties"]).to_dict(mode="json")
    except APIStatusError as error:
        return {"failed": error.status_code, "body": error.body}


TASKS = {each.__name__: each for each in (owners, properties, everything, search, update, patch)}
print(json.dumps(TASKS[GIVEN["task"]]()))
