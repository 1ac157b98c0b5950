"""Insight forms.

Must not: know whether their attributes are there.
"""

import json
from datetime import datetime
from typing import Any as Cell

from sqlalchemy import ColumnElement, Row, delete, func, select, update
from sqlalchemy.engine import Connection

from writeback.model.forms import FormField, FormSection, InsightForm
from writeback.model.permissions import Level
from writeback.store import deleted, moments, schema, sqlite


def save(db: Connection, form: InsightForm) -> None:
    """Keep a form in place of an earlier one of the same name."""
    db.execute(delete(schema.insight_forms).where(_named(form.name)))
    sqlite.upsert(
        db,
        schema.insight_forms,
        {
            "name": form.name,
            "entity": form.entity,
            "title": form.title,
            "sections": json.dumps([_plain(one) for one in form.sections], ensure_ascii=False),
            "is_published": int(form.is_published),
            "author": form.author,
            "changed_at": moments.to_text(form.changed_at),
            "users": _users(form),
        },
    )


def publish(db: Connection, name: str, *, is_published: bool, author: str, at: datetime) -> bool:
    """Offer a form or take it back, which counts as a change; says whether there is one of that name."""
    values = {
        "is_published": int(is_published),
        "author": author,
        "changed_at": moments.to_text(at),
    }
    return db.execute(update(schema.insight_forms).where(_named(name)).values(**values)).rowcount > 0


def remove(db: Connection, name: str, *, at: datetime) -> bool:
    """Delete a form, which can be had back for a while; says whether there was one."""
    return deleted.remove(db, deleted.FORM, _named(name), at=at)


def every(db: Connection) -> tuple[InsightForm, ...]:
    """Give all forms, by name."""
    query = select(schema.insight_forms).order_by(func.lower(schema.insight_forms.c.name))
    return tuple(map(_loaded, db.execute(query)))


def find(db: Connection, name: str) -> InsightForm | None:
    """Give the form of a name, compared without case."""
    row = db.execute(select(schema.insight_forms).where(_named(name))).first()
    return None if row is None else _loaded(row)


def _named(name: str) -> ColumnElement[bool]:
    return func.lower(schema.insight_forms.c.name) == func.lower(name)


def _plain(section: FormSection) -> dict[str, object]:
    fields = [[one.attribute, one.help, one.is_required, one.default, one.when] for one in section.fields]
    return {"title": section.title, "fields": fields}


def _users(form: InsightForm) -> str:
    told = {"people": list(form.people), "levels": [one.value for one in form.levels]}
    return json.dumps({name: names for name, names in told.items() if names}, ensure_ascii=False)


def _loaded(row: Row[Cell]) -> InsightForm:
    users = json.loads(row.users)
    sections = tuple(
        FormSection(
            section["title"],
            tuple(
                FormField(attribute, told, is_required, default, None if when is None else (when[0], when[1]))
                for attribute, told, is_required, default, when in section["fields"]
            ),
        )
        for section in json.loads(row.sections)
    )
    return InsightForm(
        row.name,
        row.entity,
        row.title,
        sections,
        bool(row.is_published),
        row.author,
        moments.from_text(row.changed_at),
        tuple(users.get("people", ())),
        tuple(map(Level, users.get("levels", ()))),
    )
