"""The descriptions that mappings and plans were made under: the bases that drift is found against.

Equal descriptions are one row, so that a thousand jobs under one description cost one. A base moves only
when somebody maps a field or accepts a change.

Must not: compare.
"""

import hashlib
from collections import abc
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Connection

from writeback.sdk.values import FieldInfo, ObjectDescription
from writeback.store import descriptions, moments, schema, sqlite


def of_integration(db: Connection, integration_id: str) -> dict[str, ObjectDescription]:
    """Give the bases of an integration by object."""
    bases, versions = schema.mapping_bases, schema.described_versions
    wanted = (
        select(bases.c.object, versions.c.body)
        .join(versions, versions.c.digest == bases.c.digest)
        .where(bases.c.integration_id == integration_id)
    )
    return {name: descriptions.from_text(body) for name, body in db.execute(wanted)}


def is_undisturbed(
    db: Connection, integration_id: str, connection_id: str, *, since: datetime | None = None
) -> bool:
    """Say whether each base is to the letter what the CRM last said: then nothing drifted, without a look.

    Args:
        db: A transaction.
        integration_id: Whose bases; one without any is undisturbed only for who asks nobody.
        connection_id: Its connection.
        since: The CRM must have said so since then.
    """
    bases, versions, kept = schema.mapping_bases, schema.described_versions, schema.descriptions
    missing = schema.missing_objects
    rows = db.execute(
        select(versions.c.body == kept.c.body, missing.c.object, kept.c.fetched_at)
        .select_from(bases)
        .join(versions, versions.c.digest == bases.c.digest)
        .outerjoin(kept, (kept.c.object == bases.c.object) & (kept.c.connection_id == connection_id))
        .outerjoin(missing, (missing.c.object == bases.c.object) & (missing.c.connection_id == connection_id))
        .where(bases.c.integration_id == integration_id)
    ).all()
    if since is None:
        return all(is_same and gone is None for is_same, gone, _ in rows)
    oldest = moments.to_text(since)
    return bool(rows) and all(is_same and gone is None and at >= oldest for is_same, gone, at in rows)


def of_job(db: Connection, job_id: str) -> ObjectDescription | None:
    """Give the description that a job's rows were judged under; None: it was planned before it was kept."""
    bases, versions = schema.job_bases, schema.described_versions
    wanted = (
        select(versions.c.body)
        .join(bases, versions.c.digest == bases.c.digest)
        .where(bases.c.job_id == job_id)
    )
    body = db.execute(wanted).scalar()
    return None if body is None else descriptions.from_text(body)


def put(db: Connection, integration_id: str, description: ObjectDescription, *, at: datetime) -> None:
    """Make a description the base of an integration for its object."""
    sqlite.upsert(
        db,
        schema.mapping_bases,
        {
            "integration_id": integration_id,
            "object": description.name,
            "digest": _keep(db, description),
            "accepted_at": moments.to_text(at),
        },
    )


def put_job(db: Connection, job_id: str, description: ObjectDescription, fields: abc.Iterable[str]) -> None:
    """Keep what a job-to-be is judged under, as far as it writes it: a real-time edit has no time for all.

    Fields that must have a value are kept beside its own: one more of them is a drift.
    """
    wanted = {name.casefold() for name in (*fields, description.key_field)}
    kept = tuple(
        info
        for info in description.fields
        if info.name.casefold() in wanted or (info.is_updateable and not info.is_nillable)
    )
    narrow = replace(description, fields=kept)
    sqlite.upsert(db, schema.job_bases, {"job_id": job_id, "digest": _keep(db, narrow)})


def merged(
    base: ObjectDescription, now: ObjectDescription, fields: abc.Iterable[str], *, whole: bool = False
) -> ObjectDescription:
    """Give a base in which some fields stand as they are described now; one that is gone goes.

    Args:
        base: As it was.
        now: As it is.
        fields: Their API names, compared without case.
        whole: What is said of the object itself is taken over as well.
    """
    wanted = {name.casefold() for name in fields}
    fresh = {info.name.casefold(): info for info in now.fields if info.name.casefold() in wanted}
    kept: list[FieldInfo] = []
    for info in base.fields:
        name = info.name.casefold()
        if name not in wanted:
            kept.append(info)
        elif name in fresh:
            kept.append(fresh.pop(name))
    made = replace(base, fields=(*kept, *fresh.values()))
    if not whole:
        return made
    return replace(
        made,
        label=now.label,
        key_field=now.key_field,
        name_field=now.name_field,
        version_field=now.version_field,
        is_updateable=now.is_updateable,
    )


def _keep(db: Connection, description: ObjectDescription) -> str:
    body = descriptions.to_text(description)
    digest = hashlib.sha256(body.encode()).hexdigest()
    versions = schema.described_versions
    if db.execute(select(versions.c.digest).where(versions.c.digest == digest)).first() is None:
        sqlite.upsert(db, versions, {"digest": digest, "body": body})
    return digest
