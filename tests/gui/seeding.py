"""A workspace as a busy team has it, written straight into the tables: for screens and screenshots."""

import json
from collections import abc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from writeback.model.attributes import Attribute, Option
from writeback.model.segments import Segment
from writeback.model.types import AttributeType, Value
from writeback.store import (
    descriptions,
    drift_bases,
    integrations,
    moments,
    schema,
    segments,
    settings,
    sqlite,
    wide,
)
from writeback.store.workspace import Workspace

NOW = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)

INDUSTRIES = ("Banking", "Retail", "Energy", "Mining", "Education", "Media", "Healthcare")
TIERS = ("Gold", "Silver", "Bronze")
REGIONS = ("EMEA", "AMER", "APAC")
PEOPLE = ("ana@acme.test", "ben@acme.test", "chloe@acme.test", "deniz@acme.test")
FIRST = (
    "Northwind",
    "Contoso",
    "Fabrikam",
    "Globex",
    "Initech",
    "Umbra",
    "Stark",
    "Wayne",
    "Tyrell",
    "Hooli",
)
SECOND = ("Traders", "Foods", "Energy", "Bank", "Media", "Systems", "Labs", "Logistics", "Partners", "Group")


def options(*values: str) -> tuple[Option, ...]:
    return tuple(Option(value, value) for value in values)


def attribute(name: str, title: str, kind: AttributeType, *values: str) -> Attribute:
    return Attribute("account", name, title, kind, options(*values))


ATTRIBUTES = (
    attribute("name", "Name", AttributeType.TEXT),
    attribute("industry", "Industry", AttributeType.LIST, *INDUSTRIES),
    attribute("tier", "Tier", AttributeType.LIFECYCLE, *TIERS),
    attribute("csm", "Success Manager", AttributeType.USER_REF),
    attribute("arr", "Annual revenue", AttributeType.CURRENCY),
    attribute("employees", "Employees", AttributeType.INTEGER),
    attribute("is_reference", "Reference", AttributeType.BOOLEAN),
    attribute("renewal", "Renewal date", AttributeType.DATE),
    attribute("regions", "Regions", AttributeType.MULTI_LIST, *REGIONS),
    attribute("website", "Website", AttributeType.URL),
    attribute("next_step", "Next step", AttributeType.LONG_TEXT),
    attribute("health", "Health", AttributeType.INTEGER),
)
PATHS = {
    "name": "Name",
    "industry": "Industry",
    "tier": "Tier__c",
    "csm": "Owner.Email",
    "arr": "AnnualRevenue",
    "employees": "NumberOfEmployees",
    "is_reference": "Is_Reference__c",
    "renewal": "Renewal_Date__c",
    "regions": "Regions__c",
    "website": "Website",
    "next_step": "Next_Step__c",
    "health": "Health_Score__c",
}


def make_workspace(path: Path, *, now: abc.Callable[[], datetime] = lambda: NOW) -> Workspace:
    numbers = iter(range(1, 10**6))
    return Workspace.create(path, now=now, new_id=lambda: f"id{next(numbers)}")


def seed_model(db: Connection) -> None:
    """Two connections, one integration, twelve attributes, all mapped."""
    for identifier, name, environment, org, safety in (
        ("c1", "Acme", "PRODUCTION", "Acme Corporation", "type_name"),
        ("c2", "Acme UAT", "UAT", "Acme Corporation (Full copy)", "ask"),
    ):
        db.execute(
            insert(schema.connections).values(
                id=identifier,
                name=name,
                connector="salesforce",
                origin="https://acme.my.salesforce.com",
                auth="oauth" if identifier == "c1" else "token_file",
                token_file=None if identifier == "c1" else "/home/ana/.config/acme-uat.token",
                is_simulator=False,
                org=json.dumps(
                    {
                        "id": f"00D5f00000{identifier}XyZEA0",
                        "name": org,
                        "user": "ana@acme.test",
                        "environment": environment,
                        "edition": "Enterprise Edition",
                    }
                ),
                safety=safety,
                read_only=False,
                write_on_save=identifier == "c2",
                sign_in="ready" if identifier == "c1" else "needed",
                options="{}",
                usage=json.dumps([{"kind": "DailyApiRequests", "used": 31_240, "most": 100_000}]),
                created_at=moments.to_text(NOW - timedelta(days=40)),
            )
        )
    for position, one in enumerate(ATTRIBUTES):
        db.execute(
            insert(schema.attributes).values(
                entity=one.entity,
                name=one.name,
                position=position,
                title=one.title,
                kind=one.kind.value,
                options=json.dumps(
                    [{"value": o.value, "label": o.label, "active": True} for o in one.options]
                ),
            )
        )
        wide.add_attribute(db, one)
    db.execute(
        insert(schema.integrations).values(
            id="i1",
            connection_id="c1",
            object="Account",
            entity="account",
            key="Id",
            filter="",
            watermark="2026-11-24T14:02:00Z",
            last_pull_at=moments.to_text(NOW - timedelta(minutes=3)),
            last_pull=json.dumps({"read": 2000, "changed": 12, "added": 0, "gone": 0, "seconds": 1.4}),
            created_at=moments.to_text(NOW - timedelta(days=40)),
        )
    )
    for position, (name, path) in enumerate(PATHS.items()):
        db.execute(
            insert(schema.field_mappings).values(
                integration_id="i1",
                path=path,
                attribute=name,
                position=position,
                write_back=name not in ("health", "name"),
                reference_mode="repoint",
                conflict_rule="ask",
                blank_rule="keep",
            )
        )
    wide.create_snapshot(db, "i1")
    for one in ATTRIBUTES:
        wide.add_path(db, "i1", PATHS[one.name], one.kind)
    seed_description(db)


def seed_description(db: Connection) -> None:
    fields = []
    for one in ATTRIBUTES:
        path = PATHS[one.name]
        is_reference = "." in path
        fields.append(
            {
                "name": "OwnerId" if is_reference else path,
                "label": "Owner ID" if is_reference else one.title,
                "kind": None if is_reference else one.kind.value,
                "crm_type": "reference" if is_reference else one.kind.value,
                "length": 255 if one.kind is AttributeType.TEXT else None,
                "is_nillable": path != "Name",
                "is_updateable": one.name != "health",
                "is_calculated": one.name == "health",
                "options": [{"value": o.value, "label": o.label, "active": True} for o in one.options],
                "is_restricted": bool(one.options),
                "reference": {"relationship": "Owner", "targets": ["User"], "is_polymorphic": False}
                if is_reference
                else None,
            }
        )
    fields.append({"name": "Id", "label": "Account ID", "kind": "text", "crm_type": "id", "length": 18})
    for name, label in (
        ("Phone", "Account Phone"),
        ("BillingCity", "Billing City"),
        ("Rating", "Account Rating"),
    ):
        fields.append(
            {
                "name": name,
                "label": label,
                "kind": "text",
                "crm_type": "string",
                "length": 40,
                "is_updateable": True,
            }
        )
    body = {
        "name": "Account",
        "label": "Account",
        "key_field": "Id",
        "name_field": "Name",
        "version_field": "SystemModstamp",
        "is_updateable": True,
        "fields": fields,
    }
    person = {
        **body,
        "name": "User",
        "label": "User",
        "fields": [
            {"name": "Email", "label": "Email", "kind": "email", "crm_type": "email"},
            {"name": "Name", "label": "Full Name", "kind": "text", "crm_type": "string"},
            {"name": "IsActive", "label": "Active", "kind": "boolean", "crm_type": "boolean"},
        ],
    }
    for name, told in (("Account", body), ("User", person)):
        db.execute(
            insert(schema.descriptions).values(
                connection_id="c1", object=name, fetched_at=moments.to_text(NOW), body=json.dumps(told)
            )
        )


def record_values(number: int, rng: Random) -> tuple[Value, ...]:
    name = f"{FIRST[number % 10]} {SECOND[(number // 10) % 10]}" + (
        f" {number // 100}" if number >= 100 else ""
    )
    return (
        name,
        rng.choice(INDUSTRIES) if number % 9 else None,
        rng.choice(TIERS),
        rng.choice(PEOPLE),
        Decimal(rng.randrange(10_000, 90_000_000)) / 100,
        rng.randrange(3, 40_000),
        bool(number % 3 == 0) if number % 7 else None,
        (NOW + timedelta(days=rng.randrange(-30, 400))).date(),
        tuple(sorted(rng.sample(REGIONS, rng.randrange(0, 3)))) or None,
        f"https://{name.split(maxsplit=1)[0].lower()}{number}.example",
        "Call about the renewal; they want a reference visit first." if number % 4 == 0 else None,
        rng.randrange(20, 100),
    )


def seed_records(db: Connection, count: int) -> None:
    rng = Random(7)
    table = wide.records("account", ATTRIBUTES)
    rows = []
    for number in range(count):
        values = record_values(number, rng)
        row: dict[str, object] = {"rid": rid(number), "title": values[0], "gone": 0}
        row.update({one.name: wide.stored(value) for one, value in zip(ATTRIBUTES, values, strict=True)})
        rows.append(row)
    if rows:
        db.execute(insert(table), rows)
    columns = ", ".join(sqlite.quoted(wide.path_column(PATHS[one.name])) for one in ATTRIBUTES)
    names = ", ".join(sqlite.quoted(one.name) for one in ATTRIBUTES)
    sqlite.run(
        db,
        f"insert into snap_i1 (key, rid, {columns}) "  # noqa: S608  quoted
        f"select '0015f00000' || substr(rid, 2), rid, {names} from rec_account",
    )


CRMS = (("c3", "i2", "Globex"), ("c4", "i3", "Initech"), ("c5", "i4", "Umbra"))
"""Further CRMs: connection, integration, name."""
WAITING = ((9, "i4"), (2, "i2"), (2, "i3"))
SHARED = (1, 2, 8, 9)
"""Records that stand in all of them."""


def seed_fan_out(db: Connection) -> None:
    """Three further CRMs that hold some of the accounts, people of an account, and edits that wait there."""
    first = dict(
        db.execute(select(schema.connections).where(schema.connections.c.id == "c2")).mappings().one()
    )
    for connection, integration, name in CRMS:
        values = {"id": connection, "name": name, "sign_in": "ready"}
        db.execute(insert(schema.connections).values(**{**first, **values}))
        _seed_integration(db, integration, connection, entity="account", title="Account")
        for number in SHARED:
            waits = (number, integration) in WAITING
            sqlite.run(
                db,
                f"insert into snap_{integration} (key, rid, Industry, Name) "  # noqa: S608  our own id
                "select ?, rid, iif(?, industry, 'Media'), name from rec_account where rid = ?",
                (f"{name}-{number}", waits or number not in (2, 9), rid(number)),
            )
    sqlite.run(db, "update snap_i1 set Industry = 'Media' where rid in (?, ?)", (rid(2), rid(9)))
    _seed_integration(db, "i9", "c1", entity="user", title="Contact", link="AccountId")
    for number, name in enumerate(("Ana Stone", "Ben <b>Bold</b>", "Chloé & Sons")):
        person = f"i9:P{number}"
        sqlite.run(db, "insert into rec_user (rid, title) values (?, ?)", (person, name))
        sqlite.run(
            db,
            "insert into snap_i9 (key, rid, AccountId) values (?, ?, ?)",
            (f"P{number}", person, f"0015f00000{rid(1)[1:]}"),
        )
    for number, target, state, code, message in (
        (9, "i4", "queued", "link.lost", ""),
        (2, "i2", "refused", "salesforce.field_custom_validation_exception", "Industry is frozen"),
        (2, "i3", "queued", "", ""),
    ):
        db.execute(
            insert(schema.value_states).values(
                rid=rid(number),
                attribute="industry",
                integration_id=target,
                state=state,
                job_id="j3",
                new=json.dumps("Media"),
                code=code,
                message=message,
                at=moments.to_text(NOW - timedelta(minutes=2)),
            )
        )


def _seed_integration(
    db: Connection, identifier: str, connection: str, *, entity: str, title: str, link: str = ""
) -> None:
    db.execute(
        insert(schema.integrations).values(
            id=identifier,
            connection_id=connection,
            object=title,
            entity=entity,
            key="Id",
            filter="",
            last_pull_at=moments.to_text(NOW - timedelta(minutes=3)),
            created_at=moments.to_text(NOW),
            match_attribute="name" if entity == "account" else "",
            link_path=link,
        )
    )
    wide.create_snapshot(db, identifier)
    if link:
        wide.add_path(db, identifier, link, AttributeType.TEXT)
        return
    for position, (name, path) in enumerate((("industry", "Industry"), ("name", "Name"))):
        wide.add_path(db, identifier, path, AttributeType.TEXT)
        db.execute(
            insert(schema.field_mappings).values(
                integration_id=identifier,
                path=path,
                attribute=name,
                position=position,
                write_back=name == "industry",
                reference_mode="repoint",
                conflict_rule="ask",
                blank_rule="keep",
            )
        )


def rid(number: int) -> str:
    return f"r{number + 1:07d}"


def seed_edits(db: Connection) -> None:
    """A draft or a mark of each kind."""
    for number, name, old, new in (
        (0, "industry", "Banking", "Retail"),
        (0, "tier", "Gold", "Silver"),
        (3, "renewal", "2026-12-01", "2027-03-31"),
        (5, "website", "https://umbra5.example", None),
    ):
        db.execute(
            insert(schema.drafts).values(
                rid=rid(number),
                attribute=name,
                entity="account",
                kind=next(one.kind.value for one in ATTRIBUTES if one.name == name),
                old=json.dumps(old),
                new=json.dumps(new),
                author="ana",
                origin="segment",
                created_at=moments.to_text(NOW - timedelta(minutes=12)),
            )
        )
    for number, name, state, new, code, message in (
        (1, "industry", "queued", "Energy", "", ""),
        (2, "tier", "sent", "Bronze", "", ""),
        (
            4,
            "industry",
            "refused",
            "Gold",
            "salesforce.invalid_or_null_for_restricted_picklist",
            "Industry: bad value for restricted picklist field: Gold",
        ),
        (6, "tier", "conflict", "Gold", "", ""),
        (7, "employees", "unknown", 420, "", ""),
    ):
        db.execute(
            insert(schema.value_states).values(
                rid=rid(number),
                attribute=name,
                integration_id="i1",
                state=state,
                job_id="j3",
                new=json.dumps(new),
                theirs=json.dumps("Silver") if state == "conflict" else None,
                code=code,
                message=message,
                at=moments.to_text(NOW - timedelta(minutes=2)),
            )
        )


COLUMNS = [
    {"path": "Industry", "field": "Industry", "kind": "list", "attribute": "industry"},
    {"path": "Owner.Email", "field": "OwnerId", "kind": "user_ref", "attribute": "csm"},
]


def seed_job(  # noqa: PLR0913  a table row has that many columns
    db: Connection,
    number: int,
    *,
    state: str,
    counts: abc.Mapping[str, int],
    kind: str = "bulk_write_back",
    route: str = "bulk",
    minutes: int = 30,
    has_rows: bool = False,
    stop: tuple[str, str] = ("", "{}"),
) -> None:
    job, at = f"j{number}", NOW - timedelta(minutes=minutes)
    rows = sum(counts.values())
    named = {name: count for name, count in counts.items() if name != "open"}
    kept = counts.get("blocked", 0) + counts.get("unchanged", 0)
    is_final = state in ("done", "cancelled")
    is_plan = state == "preparing"
    kept += counts.get("conflict", 0) if is_plan else 0
    db.execute(
        insert(schema.change_sets).values(
            id=f"p{number}",
            state="planned" if is_plan else "submitted",
            origin="segment" if number % 2 else "file",
            author="ana",
            reason="",
            source="{}",
            created_at=moments.to_text(at),
            planned_at=moments.to_text(at),
            submitted_at=None if is_plan else moments.to_text(at),
        )
    )
    db.execute(
        insert(schema.jobs).values(
            id=job,
            number=None if is_plan else number,
            change_set_id=f"p{number}",
            connection_id="c1",
            integration_id="i1",
            object="Account",
            kind=kind,
            route=route,
            assurance="A" if route == "single" else "B",
            columns=json.dumps(COLUMNS),
            state=state,
            stop_code=stop[0],
            stop_facts=stop[1],
            org_id="00D5f00000c1XyZEA0",
            rows=rows,
            writes=rows - kept,
            **named,
            api_calls=max(1, rows // 200),
            created_at=moments.to_text(at),
            submitted_at=None if is_plan else moments.to_text(at),
            started_at=None if is_plan else moments.to_text(at + timedelta(seconds=2)),
            finished_at=moments.to_text(at + timedelta(seconds=48)) if is_final else None,
        )
    )
    if has_rows:
        seed_rows(db, job, counts, sent=state != "preparing")


def seed_rows(db: Connection, job: str, counts: abc.Mapping[str, int], *, sent: bool) -> None:
    """Writes first, findings after them; outcomes as batch state plus exceptions."""
    rng = Random(3)
    kinds = ("blocked", "unchanged") if sent else ("conflict", "blocked", "unchanged")
    planned = {name: counts.get(name, 0) for name in kinds}
    rows = sum(counts.values())
    writes = rows - sum(planned.values())
    db.execute(
        insert(schema.writes),
        [
            {
                "job_id": job,
                "seq": seq,
                "record_id": f"0015f00000{seq:07d}",
                "rid": rid(seq - 1),
                "base": "2026-11-24T14:02:00Z",
                "old": json.dumps([rng.choice(INDUSTRIES), "ana@acme.test"]),
                "new": json.dumps([rng.choice(INDUSTRIES), {} if seq % 3 else "ben@acme.test"]),
            }
            for seq in range(1, writes + 1)
        ],
    )
    seq = writes
    for verdict, count in planned.items():
        for _ in range(count):
            seq += 1
            code, facts = {
                "blocked": ("value.not_an_option", {"field": "Industry", "value": "Gold"}),
                "conflict": ("", {}),
                "unchanged": ("", {}),
            }[verdict]
            db.execute(
                insert(schema.findings).values(
                    job_id=job,
                    seq=seq,
                    verdict=verdict,
                    record_id=f"0015f00000{seq:07d}",
                    rid=rid(seq - 1),
                    code=code,
                    facts=json.dumps(facts),
                    field="Industry",
                    old=json.dumps(["Banking", {}]),
                    theirs=json.dumps(["Retail" if verdict == "unchanged" else "Mining", {}]),
                    new=json.dumps(["Gold" if verdict == "blocked" else "Retail", {}]),
                )
            )
    if not sent:
        return
    for no, first in enumerate(range(1, writes + 1, 200), start=1):
        last = min(first + 199, writes)
        db.execute(
            insert(schema.batches).values(
                job_id=job,
                no=no,
                first_seq=first,
                last_seq=last,
                rows=last - first + 1,
                state="settled",
                fence=1,
                tries=1,
                outcome="applied",
                remote_id="7505f000003QkLmAAK",
                remote_state="done",
            )
        )
    place = 0
    for outcome, code, message in (
        (
            "rejected",
            "salesforce.invalid_or_null_for_restricted_picklist",
            "bad value for restricted picklist field: Gold",
        ),
        ("conflict", "", ""),
        ("unknown", "", ""),
    ):
        for _ in range(counts.get(outcome, 0)):
            place += 1
            db.execute(
                insert(schema.outcomes).values(
                    job_id=job,
                    seq=place,
                    attempt_id="a1",
                    outcome=outcome,
                    code=code,
                    message=message,
                    fields=json.dumps(["Industry"]),
                    theirs=json.dumps(["Mining", None]) if outcome == "conflict" else None,
                    at=moments.to_text(NOW),
                )
            )
    for at, method, url, status in (
        (1, "POST", "https://acme.my.salesforce.com/services/data/v67.0/jobs/ingest", 200),
        (
            2,
            "PUT",
            "https://acme.my.salesforce.com/services/data/v67.0/jobs/ingest/7505f000003QkLmAAK/batches",
            201,
        ),
        (
            3,
            "PATCH",
            "https://acme.my.salesforce.com/services/data/v67.0/jobs/ingest/7505f000003QkLmAAK",
            200,
        ),
    ):
        db.execute(
            insert(schema.exchanges).values(
                connection_id="c1",
                job_id=job,
                attempt_id="a1",
                at=moments.to_text(NOW + timedelta(seconds=at)),
                method=method,
                url=url,
                status=status,
                seconds=0.04 * at,
                request='{"object":"Account","operation":"update"}',
                answer='{"id":"7505f000003QkLmAAK","state":"Open"}',
            )
        )


def seed_jobs(db: Connection) -> None:
    """One job of each telling state, and a plan that waits for review."""
    seed_job(db, 1, state="done", counts={"applied": 2000}, minutes=60 * 26)
    seed_job(
        db,
        2,
        state="done",
        counts={"applied": 1176, "rejected": 20, "unchanged": 37, "conflict": 3, "blocked": 4},
        minutes=180,
        has_rows=True,
    )
    seed_job(db, 3, state="done", counts={"applied": 1}, kind="real_time", route="single", minutes=64)
    seed_job(db, 4, state="cancelled", counts={"applied": 40, "cancelled": 160}, route="batch", minutes=50)
    seed_job(
        db,
        5,
        state="stopped",
        counts={"applied": 200, "open": 300},
        route="batch",
        minutes=20,
        stop=("sign_in.token_expired", '{"connection":"Acme"}'),
    )
    seed_job(db, 6, state="running", counts={"applied": 62_000, "rejected": 41, "open": 37_959}, minutes=1)
    seed_job(
        db,
        7,
        state="preparing",
        counts={"open": 6, "conflict": 1, "blocked": 2, "unchanged": 3},
        route="batch",
        minutes=1,
        has_rows=True,
    )
    db.execute(
        insert(schema.workers).values(
            id="w1",
            pid=1,
            started_at=moments.to_text(NOW),
            beat_at=moments.to_text(NOW),
            doing="j6",
        )
    )


def seed_team(db: Connection) -> None:
    """Three people with permission levels."""
    for name, level in (("ana", "global_admin"), ("ben", "operator"), ("chloe", "editor")):
        db.execute(
            insert(schema.permissions).values(
                author=name, level=level, set_by="ana", set_at=moments.to_text(NOW - timedelta(days=3))
            )
        )


def wait_for_a_word(db: Connection, by: str = "ben") -> None:
    """A plan of somebody that waits for another person's word."""
    at = moments.to_text(NOW - timedelta(minutes=12))
    sqlite.upsert(
        db,
        schema.change_sets,
        {"id": "plan-9", "state": "planned", "origin": "file", "author": by, "created_at": at}
        | {"reason": "", "source": "{}"},
    )
    sqlite.upsert(
        db,
        schema.approvals,
        {"plan_id": "plan-9", "state": "pending", "asked_by": by, "asked_at": at}
        | {"rows": 5_000, "most": 1_000, "decided_by": "", "note": ""},
    )


def seed_segments(db: Connection) -> None:
    """Two saved conditions: one of everybody, one of Ben alone."""
    texts = (
        ("Gold in retail", "industry = 'Retail' and tier = 'Gold'"),
        ("Renewals", "renewal < today + 90"),
    )
    for number, (name, text) in enumerate(texts):
        at = NOW - timedelta(days=3 + number)
        segments.save(db, Segment(name, "account", text, ("ana", "ben")[number], at, is_shared=not number))


def seed_everything(path: Path, *, records: int = 2000) -> Workspace:
    """Make the whole busy workspace."""
    workspace = make_workspace(path)
    with workspace.writing() as db:
        seed_model(db)
        seed_records(db, records)
        seed_edits(db)
        seed_jobs(db)
        seed_team(db)
        seed_segments(db)
        settings.put(db, "checklist", ["connect", "map", "pull"])
    return workspace


def seed_drift(
    db: Connection, *, changes: abc.Mapping[str, abc.Mapping[str, object]], gone: str = ""
) -> None:
    """Let fields of Account be described otherwise than they were when they were mapped."""
    (one,) = integrations.every(db, connection_id="c1")
    known = descriptions.get(db, "c1", one.object)
    assert known is not None
    if drift_bases.of_integration(db, one.id):
        return  # it drifted already
    drift_bases.put(db, one.id, known[0], at=NOW)
    fields = tuple(
        replace(info, **changes.get(info.name, {}))  # type: ignore[arg-type]  # a field's own facts
        for info in known[0].fields
        if info.name != gone
    )
    descriptions.put(db, "c1", replace(known[0], fields=fields), at=NOW)
