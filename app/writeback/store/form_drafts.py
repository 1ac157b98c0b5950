"""What was typed into a wizard and not finished, by the form's name; it outlives a restart.

Must not: hold a secret; whoever keeps a draft leaves those out.
"""

import json
from collections import abc
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from writeback.store import moments, schema, sqlite

MOST_CHARACTERS = 64 * 1024


def put(db: Connection, name: str, answers: abc.Mapping[str, str], *, at: datetime) -> None:
    """Keep what was typed; none is the same as forgetting it."""
    if not answers:
        db.execute(delete(schema.form_drafts).where(schema.form_drafts.c.name == name))
        return
    body = json.dumps(dict(answers), ensure_ascii=False, sort_keys=True)
    row = {"name": name, "body": body[:MOST_CHARACTERS], "saved_at": moments.to_text(at)}
    sqlite.upsert(db, schema.form_drafts, row)


def get(db: Connection, name: str) -> dict[str, str]:
    """Give what was typed; nothing where nothing usable is kept."""
    table = schema.form_drafts
    text = db.execute(select(table.c.body).where(table.c.name == name)).scalar()
    try:
        told = json.loads(text or "{}")
    except ValueError:  # it was too long and was cut
        return {}
    return {str(key): str(value) for key, value in told.items()}
