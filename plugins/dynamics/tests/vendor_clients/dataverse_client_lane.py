"""Runs tasks with Microsoft's unmodified client: one JSON line in, one JSON line out.

Runs with the interpreter that has the client, not with the project's. A line in: {"task", "url", "token",
"ca", …arguments of the task}.
"""

import json
import os
import sys
import time
import traceback

from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError


class Credential:
    """Hands out the simulator's token and remembers what it was asked for."""

    def __init__(self, token):
        self.token = token
        self.scopes = []

    def get_token(self, *scopes, **_more):
        self.scopes.append(scopes)
        return AccessToken(self.token, int(time.time()) + 3600)


def describe(client, given):
    found = client.tables.get(given["table"])
    columns = client.tables.list_columns(given["table"])
    keys = client.tables.get_alternate_keys(given["table"])
    return {
        "set": found["entity_set_name"],
        "columns": [column["LogicalName"] for column in columns],
        "keys": [[key.schema_name, key.key_attributes] for key in keys],
    }


def paging(client, given):
    rows = client.records.list(given["table"], select=given["select"], page_size=given["size"])
    return [dict(row) for row in rows]


def retrieve(client, given):
    row = client.records.retrieve(
        given["table"], given["id"], select=given["select"], include_annotations="*"
    )
    return None if row is None else dict(row)


def update(client, given):
    client.records.update(given["table"], given["ids"], given["changes"])
    return True


def upsert(client, given):
    client.records.upsert(given["table"], given["items"])
    return True


def create(client, given):
    return client.records.create(given["table"], given["rows"])


def delete(client, given):
    client.records.delete(given["table"], given["id"])
    return True


def batch(client, given):
    made = client.batch.new()
    for row in given["rows"]:
        made.records.update(given["table"], row["id"], row["data"])
    result = made.execute(continue_on_error=given["continues"])
    return [[one.status_code, one.error_code, one.error_message] for one in result.responses]


def change_set(client, given):
    made = client.batch.new()
    with made.changeset() as changes:
        contact = changes.records.create("contact", given["contact"])
        changes.records.create("account", {**given["account"], "primarycontactid@odata.bind": contact})
    result = made.execute()
    return [[one.status_code, one.content_id, one.entity_id, one.error_code] for one in result.responses]


def answer(given):
    tasks = (describe, paging, retrieve, update, upsert, create, delete, batch, change_set)
    task = {one.__name__: one for one in tasks}[given["task"]]
    credential = Credential(given["token"])
    os.environ["REQUESTS_CA_BUNDLE"] = given["ca"]  # requests looks anew with every request
    with DataverseClient(given["url"], credential) as client:
        try:
            told = {"result": task(client, given)}
        except HttpError as error:
            told = {
                "failed": error.status_code,
                "code": error.details.get("service_error_code"),
                "after": error.details.get("retry_after"),
            }
    return {**told, "scopes": credential.scopes}


def main():
    for line in sys.stdin:
        try:
            told = answer(json.loads(line))
        except Exception:  # noqa: BLE001  the test shows it
            told = {"crashed": traceback.format_exc()}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
