"""Small facts of a workspace by name, as JSON.

Must not: hold a secret (the vault does) or anything that grows.
"""

import json
from typing import Final

from sqlalchemy import delete
from sqlalchemy.engine import Connection

from writeback.errors import WorkspaceDamagedError
from writeback.model.canonical import Json
from writeback.store import schema, sqlite

WORKSPACE_ID: Final = "workspace.id"
CREATED_AT: Final = "workspace.created_at"
CONFIRMATIONS: Final = "records.confirmations"
"""Counts how often the CRM confirmed values of ours; a pull compares it with what it saw at its start."""
VAULT_FILE: Final = "vault.file"
"""The path of a vault file under a passphrase; absent: the system's keyring."""
AUDIT_SALT: Final = "audit.salt"


def get(db: Connection, name: str, default: Json = None) -> Json:
    """Give a setting, or `default` when it was never put.

    Raises:
        WorkspaceDamagedError: What stands there is not what was put.
    """
    found = sqlite.run(db, "select value from settings where name = ?", (name,)).fetchone()
    if found is None or found[0] is None:
        return default
    try:
        value: Json = json.loads(found[0])
    except ValueError as error:
        raise WorkspaceDamagedError("workspace.damaged", problem=f"setting {name}") from error
    return value


def put(db: Connection, name: str, value: Json) -> None:
    """Keep a setting; the value before is gone."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    query = "insert into settings (name, value) values (?1, ?2) on conflict (name) do update set value = ?2"
    sqlite.run(db, query, (name, text))


def remove(db: Connection, name: str) -> None:
    """Forget a setting."""
    db.execute(delete(schema.settings).where(schema.settings.c.name == name))


def next_number(db: Connection, name: str) -> int:
    """Count one further and give the number: 1 the first time."""
    number = int(str(get(db, name, 0))) + 1
    put(db, name, number)
    return number
