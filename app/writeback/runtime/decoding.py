"""Rows of the workspace as values of the model: what `runtime.reading` stands on. Pure."""

import json
from collections import abc
from functools import cache
from typing import TYPE_CHECKING, Any

from writeback.errors import Fact, InternalError
from writeback.model.attributes import Attribute, Option
from writeback.model.canonical import from_plain
from writeback.model.changes import Origin, Reason
from writeback.model.connections import Connection, Environment, Org, Safety, SignInState
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.jobs import Assurance, Column, Counts, JobKind, JobState, Route
from writeback.model.types import INTEGER_TYPES, AttributeType, ConnectionId, IntegrationId, JobId, Value
from writeback.runtime.facade import JobView
from writeback.sdk.values import ObjectDescription, Usage
from writeback.store import connections, moments, wide

if TYPE_CHECKING:
    from pydantic import TypeAdapter

RawRow = Any  # a row of SQLAlchemy, asked by column name
_AS_STORED = frozenset(
    {
        *INTEGER_TYPES,
        AttributeType.TEXT,
        AttributeType.LONG_TEXT,
        AttributeType.LIST,
        AttributeType.LIFECYCLE,
        AttributeType.USER_REF,
        AttributeType.EMAIL,
        AttributeType.URL,
    }
)
"""Kinds whose stored form is the value itself."""
_SOURCES = ("file", "plan_file", "segment")
"""What of a change set's source a job is called by."""


def connection_of(row: RawRow) -> Connection:
    """Give a connection."""
    org = json.loads(row.org) if row.org else None
    return Connection(
        id=ConnectionId(row.id),
        name=row.name,
        connector=row.connector,
        origin=row.origin,
        auth=row.auth,
        token_file=row.token_file,
        is_simulator=bool(row.is_simulator),
        org=org and Org(**{**org, "environment": Environment(org["environment"])}),
        safety=Safety(row.safety),
        read_only=bool(row.read_only),
        write_on_save=bool(row.write_on_save),
        sign_in=SignInState(row.sign_in),
        options=_pairs(row.options),
        word=row.word,
        colour=row.colour,
        sign_in_since=moments.from_optional(row.sign_in_since),
        scopes=tuple(row.scopes.split()),
        clock_ahead_s=row.clock_ahead_s,
        collect_s=int(row.collect_s),
    )


def usage_of(text: str | None) -> tuple[Usage, ...]:
    """Give the last known quotas."""
    return connections.usage_from_text(text)


def attribute_of(row: RawRow) -> Attribute:
    """Give an attribute."""
    return Attribute(
        entity=row.entity,
        name=row.name,
        title=row.title,
        kind=AttributeType(row.kind),
        options=tuple(_option(one) for one in json.loads(row.options)),
        description=row.description,
        editable=bool(row.editable),
        default=row.default_text,
    )


def integration_of(row: RawRow, mappings: abc.Sequence[FieldMapping]) -> Integration:
    """Give an integration with its mappings."""
    return Integration(
        id=IntegrationId(row.id),
        connection_id=ConnectionId(row.connection_id),
        object=row.object,
        entity=row.entity,
        key=row.key,
        filter=row.filter,
        mappings=tuple(mappings),
        watermark=row.watermark,
        last_pull_at=moments.from_optional(row.last_pull_at),
        match=row.match_attribute,
        link=row.link_path,
        person=row.person_path,
    )


def description_of(body: str) -> ObjectDescription | None:
    """Give a cached description, or None when an older Writeback wrote it differently."""
    try:
        return _descriptions().validate_json(body)
    except ValueError:  # pydantic's ValidationError is one
        return None


def job_of(row: RawRow) -> JobView:
    """Give a job as lists show it."""
    return JobView(
        id=JobId(row.id),
        number=int(row.number or 0),
        connection_id=ConnectionId(row.connection_id),
        connection=row.connection,
        object=row.object,
        kind=JobKind(row.kind),
        origin=Origin(row.origin),
        author=row.author,
        reason=row.reason,
        columns=tuple(str(column.path) for column in columns_of(row.columns)),
        route=Route(row.route),
        assurance=Assurance(row.assurance),
        state=JobState(row.state),
        counts=counts_of(row),
        stop=Reason(row.stop_code, _texts(row.stop_facts)) if row.stop_code else None,
        not_before=moments.from_optional(row.not_before),
        submitted_at=moments.from_optional(row.submitted_at),
        started_at=moments.from_optional(row.started_at),
        finished_at=moments.from_optional(row.finished_at),
        undo_of=row.undo_of and JobId(row.undo_of),
        retry_of=row.retry_of and JobId(row.retry_of),
        api_calls=int(row.api_calls),
        unreached=row.unreached,
        automation=tuple(sorted(json.loads(row.automation).items())),
        source=tuple(one for one in _texts(row.source) if one[0] in _SOURCES and one[1]),
        other_number=int(row.other_number),
        behind=tuple(sorted(json.loads(row.behind))),
        creates_by=row.creates_by,
    )


def counts_of(row: RawRow) -> Counts:
    """Give a job's totals."""
    return Counts(
        rows=row.rows,
        applied=row.applied,
        rejected=row.rejected,
        unchanged=row.unchanged,
        conflict=row.conflict,
        unknown=row.unknown,
        blocked=row.blocked,
        cancelled=row.cancelled,
    )


def columns_of(text: str) -> tuple[Column, ...]:
    """Give the columns that a job writes."""
    return tuple(
        Column(
            path=_path(one["path"]),
            field=one["field"],
            kind=AttributeType(one["kind"]),
            attribute=one.get("attribute", ""),
            depth=one.get("depth", 0),
        )
        for one in json.loads(text)
    )


def decoder_of(kind: AttributeType) -> abc.Callable[[Any], Value]:
    """Give the function that reads cells of one column; what does not fit is shown as text.

    Chosen once a column: a grid reads thousands of cells between two frames.
    """
    if kind in _AS_STORED:
        return _as_stored

    def decode(raw: object) -> Value:
        try:
            return None if raw is None else wide.loaded(raw, kind)
        except InternalError:
            return str(raw)

    return decode


def _as_stored(raw: Value) -> Value:
    return raw


def plain_of(text: str | None, kind: AttributeType) -> Value:
    """Give the canonical value of one JSON text (a draft's old and new)."""
    if text is None:
        return None
    try:
        return from_plain(json.loads(text), kind)
    except (ValueError, InternalError):
        return text


def value_of(plain: object, kind: AttributeType) -> Value:
    """Give the canonical value of one JSON value; what does not fit its type any more, as text."""
    try:
        return from_plain(plain, kind)
    except InternalError:
        return json.dumps(plain, ensure_ascii=False)


def row_of(text: str) -> list[object]:
    """Give the JSON values of one row of an outbox."""
    found = json.loads(text or "[]")
    return found if isinstance(found, list) else []


def reason_of(code: str, facts: str) -> Reason | None:
    """Give why something is blocked, if it is."""
    return Reason(code, _texts(facts)) if code else None


def facts_of(text: str) -> tuple[tuple[str, Fact], ...]:
    """Give facts that stand as JSON."""
    found = _loaded(text)
    return tuple((str(name), value) for name, value in found.items())


def _texts(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in _loaded(text).items())


def _loaded(text: str) -> dict[str, Fact]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return dict(found) if isinstance(found, dict | list) else {}


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in dict(json.loads(text or "{}")).items())


def _option(one: object) -> Option:
    if isinstance(one, dict):
        return Option(str(one["value"]), str(one.get("label", one["value"])), bool(one.get("active", True)))
    return Option(str(one), str(one))


def _path(stored: object) -> FieldPath:
    if isinstance(stored, dict):
        return FieldPath(tuple(stored.get("hops", ())), str(stored["field"]))
    return FieldPath.parse(str(stored))


@cache
def _descriptions() -> "TypeAdapter[ObjectDescription]":
    from pydantic import TypeAdapter  # noqa: PLC0415  costs more than a short command: only where it is needed

    return TypeAdapter(ObjectDescription)
