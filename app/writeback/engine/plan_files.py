"""Save a plan as a file that can be reviewed, and make a plan of such a file again.

The file is one JSON document with a row a line, so that it can be compared and read as a stream. Its rows
are wishes with what the CRM held when they were planned: sent later, a value that moved meanwhile is a
conflict and is not overwritten. The hash at its end tells whether it was changed by hand or cut short.

Must not: send; hold a whole plan in memory.
"""

import hashlib
import json
from collections import abc
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, Literal

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from writeback.errors import ConfigurationError, WritebackError, WrongOrgError
from writeback.files import put_whole, telling_unreadable, telling_unwritable
from writeback.model.canonical import UNSET, Unset, from_plain, wish
from writeback.model.changes import Reason
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule
from writeback.model.jobs import Column
from writeback.model.types import AttributeType, Value, Wish
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.planning.sorting import NOT_SENT
from writeback.store import connections, integrations, plans, sources
from writeback.store.plan_rows import PlanRow, row_text, rows_of
from writeback.store.plans import PlannedJob
from writeback.store.workspace import Workspace

FORMAT: Final = 1
_MOST_LINE: Final = 64 * 1024 * 1024


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileColumn(_Part):
    """One CRM column."""

    path: str
    field: str
    kind: AttributeType
    attribute: str = ""
    rule: ConflictRule = ConflictRule.ASK
    """Who wins in it when the CRM changed since the plan was made."""
    depth: int = 0


class FileJob(_Part):
    """One job-to-be."""

    connection: str
    org_id: str
    object: str
    integration: str | None = None
    root: str = ""
    columns: tuple[FileColumn, ...]
    rows: int
    key: str = ""
    """The field that the plan's source named its records by; '': it was no file."""
    automation: dict[str, str] = {}
    """Automation switches as they were planned."""
    creates_by: str = ""
    """The unique field by which its rows become records; '': they update."""


class FileHead(_Part):
    """What stands before the rows."""

    format: Literal[1]
    planned_at: datetime
    jobs: tuple[FileJob, ...]


def save(workspace: Workspace, plan_id: str, path: Path) -> None:
    """Write a plan file, readable by its owner alone: it holds customers' data.

    Rows are `[job, record id, our record or null, source key, verdict, old, new, code, facts, field]`.

    Raises:
        ConfigurationError: There is no such plan, or the file cannot be written.
    """
    with workspace.reading() as db:
        jobs = plans.jobs_of(db, plan_id)
        known = {job.connection_id: connections.get(db, job.connection_id) for job in jobs}
        key = plans.source_of(db, plan_id).get("key")
    told = [
        FileJob(
            connection=known[job.connection_id].name,
            org_id=org.id if (org := known[job.connection_id].org) is not None else "",
            object=job.object,
            integration=job.integration_id,
            root=job.root,
            columns=tuple(
                FileColumn(
                    path=str(one.path),
                    field=one.field,
                    kind=one.kind,
                    attribute=one.attribute,
                    rule=one.rule or ConflictRule.ASK,
                    depth=one.depth,
                )
                for one in job.columns
            ),
            rows=job.totals.rows,
            key=key if isinstance(key, str) else "",
            automation=dict(job.automation),
            creates_by=job.creates_by,
        )
        for job in jobs
    ]
    head = FileHead(format=FORMAT, planned_at=workspace.now(), jobs=tuple(told))
    with telling_unwritable(path):
        _write(path, _lines(workspace, head, jobs))


def load(path: Path, *, workspace: Workspace) -> tuple[PlanStream, ...]:
    """Make streams of a plan file. The whole file is checked first; its rows are read as they are judged.

    Where one of several CRMs does not answer its rows may be judged by what was last read of it, unless they
    point at other records: what those hold only the CRM knows.

    Raises:
        ConfigurationError: It is no plan file, it was changed or cut short, or a connection is missing.
        WrongOrgError: It was planned against another org than its connection leads to now.
    """
    head = _check(path)
    streams = []
    for number, job in enumerate(head.jobs):
        with workspace.reading() as db:
            connection = connections.get(db, job.connection)
        found = connection.org.id if connection.org is not None else ""
        if found != job.org_id:
            raise WrongOrgError("org.other", connection=connection.name, pinned=job.org_id, found=found)
        columns = tuple(
            Column(FieldPath.parse(one.path), one.field, one.kind, one.attribute, depth=one.depth)
            for one in job.columns
        )
        home = job.integration if _has_integration(workspace, job.integration, connection.id) else None
        creates = bool(job.creates_by)
        rows = _FileRows(path, number, columns, head.planned_at, has_home=home is not None, creates=creates)
        rules = tuple(one.rule for one in job.columns)
        stream = PlanStream(
            connection.id,
            job.object,
            columns,
            rows,
            rules,
            integration_id=home,
            root=job.root,
            was_walked=bool(job.root),
            walked_by=job.key,
            automation=tuple(job.automation.items()),
            key_field=job.creates_by,
            creates_by=job.creates_by,
        )
        if home is not None and not any(column.path.hops for column in columns):
            stream = replace(stream, instead=partial(_unreached, stream))
        streams.append(stream)
    return tuple(streams)


def _unreached(stream: PlanStream, error: WritebackError) -> PlanStream:
    return replace(stream, unreached=error)


@dataclass(frozen=True, slots=True)
class _FileRows:
    """The rows of one job of a plan file as plan inputs; read anew by each iteration."""

    path: Path
    job: int
    columns: tuple[Column, ...]
    planned_at: datetime
    """When what it wishes was approved: for the rule *newest* that is when it was edited."""
    has_home: bool
    creates: bool = False
    """Its rows become records: what stands for the record's id is the value of its key."""

    def __iter__(self) -> abc.Iterator[PlanInput]:
        with self.path.open("rb") as file:
            for line in file:
                if line.startswith(_ROW):
                    row = _parsed(line, self.path)
                    if row[0] == self.job:
                        yield self._input(row)

    def _input(self, row: list[object]) -> PlanInput:
        _, record_id, rid, key, verdict, old, new, code, facts, field = row
        wishes: list[Wish | Unset] = [UNSET] * len(self.columns)
        olds: list[Value | Unset] = [UNSET] * len(self.columns)
        for place, column in enumerate(self.columns):
            told = _value(new, place, column.kind)
            if not isinstance(told, Unset):
                wishes[place] = wish(told)
                olds[place] = _value(old, place, column.kind)
        blocked = None
        is_left = verdict == "unchanged" and code in NOT_SENT  # it was approved so, whoever wrote since
        if (verdict == "blocked" or is_left) and isinstance(facts, dict):
            told_facts = tuple((str(name), str(fact)) for name, fact in facts.items())
            blocked = Reason(str(code), told_facts)
        ours = str(rid) if rid is not None and self.has_home else None
        edited = (self.planned_at,) * len(self.columns)
        if self.creates:
            key = record_id
        return PlanInput(str(record_id), olds, wishes, ours, str(key), blocked, str(field), edited)


_HEAD: Final = b'{"head": '
_ROWS: Final = b'"rows": [\n'
_ROW: Final = (b"[", b",[")
_END: Final = b"],\n"
_HASH: Final = b'"sha256": "'
_WIDTH: Final = 10


def _value(row: object, place: int, kind: AttributeType) -> Value | Unset:
    if not isinstance(row, list) or place >= len(row) or row[place] == {}:
        return UNSET
    return from_plain(row[place], kind)


def _lines(workspace: Workspace, head: FileHead, jobs: abc.Sequence[PlannedJob]) -> abc.Iterator[bytes]:
    yield _HEAD + head.model_dump_json().encode() + b",\n"
    yield _ROWS
    comma = b""
    for number, job in enumerate(jobs):
        for row in sources.each_source(
            workspace, job.id, rows_of(workspace, job.id, job.columns), job.columns
        ):
            yield comma + _row_line(number, row) + b"\n"
            comma = b","
    yield _END


def _row_line(job: int, row: PlanRow) -> bytes:
    old = row.theirs if row.verdict != "conflict" else row.old
    told = [job, row.record_id, row.rid, row.source_key, row.verdict]
    values = row_text(old), row_text(row.new)
    parts = [*map(_json, told), *values, _json(row.code), _json(row.facts), _json(row.field)]
    return f"[{','.join(parts)}]".encode()


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _write(path: Path, lines: abc.Iterable[bytes]) -> None:
    digest = hashlib.sha256()
    with put_whole(path) as file:
        for line in lines:
            digest.update(line)
            file.write(line)
        file.write(_HASH + digest.hexdigest().encode() + b'"}\n')


def _check(path: Path) -> FileHead:
    """Read the whole file once: form, hash, and that every row can be read."""
    with telling_unreadable(path), path.open("rb") as file:
        first = file.readline(_MOST_LINE)
        if not first.startswith(_HEAD):
            raise ConfigurationError("plan_file.not_one", path=str(path))
        head = _head(first, path)
        _check_rest(file, first, path)
        return head


def _head(line: bytes, path: Path) -> FileHead:
    try:
        return FileHead.model_validate_json(line.removeprefix(_HEAD).rstrip(b",\r\n"))
    except ValidationError as error:
        raise ConfigurationError("plan_file.not_one", path=str(path)) from error


def _check_rest(file: abc.Iterable[bytes], first: bytes, path: Path) -> None:
    digest = hashlib.sha256(first)
    for line in file:
        if line.startswith(_HASH):
            if line != _HASH + digest.hexdigest().encode() + b'"}\n':
                raise ConfigurationError("plan_file.changed", path=str(path))
            return
        digest.update(line)
    raise ConfigurationError("plan_file.cut_short", path=str(path))


def _parsed(line: bytes, path: Path) -> list[object]:
    try:
        row = orjson.loads(line.lstrip(b","))
    except orjson.JSONDecodeError as error:
        raise ConfigurationError("plan_file.changed", path=str(path)) from error
    if not isinstance(row, list) or len(row) != _WIDTH:
        raise ConfigurationError("plan_file.changed", path=str(path))
    return row


def _has_integration(workspace: Workspace, name: str | None, connection_id: str) -> bool:
    if name is None:
        return False
    with workspace.reading() as db:
        return any(one.id == name for one in integrations.every(db, connection_id=connection_id))
