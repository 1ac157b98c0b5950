"""Rows that are made: a POST of one, or a $batch of POSTs that each stand for themselves.

A POST never touches a row that is there. That no second one of a key's value comes to be is kept by the
alternate key's index: Dataverse answers ``Entity Key … violated`` (0x80060892, contract sections 4 and 20).
Not used are `CreateMultiple` (all or nothing: one row that is there would hold back the others) and `PATCH`
by key with `If-None-Match: *` (its answer names no id, and values with ``/ + & …`` cannot stand in such an
address; contract, section 11).

The refusal names the key, not its columns. Which one it was is certain if no other key could have been
violated, or by its name; otherwise the row counts as refused, in Dataverse's words.
"""

import re
from typing import Final

from writeback.errors import ContractBrokenError
from writeback.model.jobs import Outcome, Result, Route
from writeback.sdk.connector import Prepared, Write, WriteAnswer, WriteRequest
from writeback_dynamics.errors import Problem, problem_of
from writeback_dynamics.limits import MULTIPLE_ROWS, SERVICE_ROOT
from writeback_dynamics.wire.answers import Answer
from writeback_dynamics.wire.batches import PART_TYPE, envelope, named_row, parts_of
from writeback_dynamics.wire.describes import AlternateKey, Described, must_have
from writeback_dynamics.wire.multipart import Part
from writeback_dynamics.wire.refusals import part_result, row_result, unknown
from writeback_dynamics.wire.values import Plain
from writeback_dynamics.wire.writes import JSON_BODY, Headers, Pointing, body_of, to_bytes

_VIOLATED: Final = re.compile(r"Entity Key (.+?) violated", re.IGNORECASE)
_KEY_VALUES: Final = "matching key values"
"""In the words of a duplicate whose code is that of any other, too (0x80040237)."""


def create_keys(described: Described) -> tuple[str, ...]:
    """Give the texts that are an active alternate key by themselves; a table we do not write has none."""
    if not described.info.is_updateable:
        return ()
    alone = {key.columns[0] for key in described.keys if len(key.columns) == 1}
    return tuple(
        field.name
        for field in described.info.fields
        if field.name in alone
        and field.is_createable
        and field.kind is not None
        and field.crm_type == "StringType"
    )


def prepare_create(
    request: WriteRequest, described: Described, pointing: Pointing, *, steer: Headers
) -> Prepared:
    """Turn writes into a POST of one row, or into one $batch.

    Raises:
        ContractBrokenError: There are more than the route holds, or one has no key or names it twice.
        InvalidRequestError: A write cannot be done as it stands.
    """
    most = 1 if request.route is Route.SINGLE else MULTIPLE_ROWS
    if not 0 < len(request.writes) <= most:
        raise ContractBrokenError("dynamics.too_many_writes", given=len(request.writes), most=most)
    entity_set = described.table.entity_set
    bodies = [to_bytes(_body(write, request, described, pointing)) for write in request.writes]
    if request.route is Route.SINGLE:
        return Prepared(request, "POST", entity_set, bodies[0], (JSON_BODY, *steer))
    parts = [Part("POST", SERVICE_ROOT + entity_set, (PART_TYPE, *steer), body) for body in bodies]
    return envelope(request, parts, steer=steer)


def parse_create(answer: Answer, request: WriteRequest, described: Described) -> WriteAnswer:
    """Give every write its result, in the order of the request, which is that of the parts.

    A batch that ends early says nothing about the rest: those rows are unknown.

    Raises:
        ConnectorError: The request was refused as a whole.
    """
    if request.route is Route.SINGLE:
        return WriteAnswer((_result(request.writes[0], answer, request, described, is_part=False),))
    parts = parts_of(answer)
    if len(parts) > len(request.writes):  # what it answers is not what we asked
        parts = ()
    whole = (*parts, *(None,) * (len(request.writes) - len(parts)))
    return WriteAnswer(
        tuple(
            unknown(write.key, "dynamics.answer_incomplete")
            if part is None
            else _result(write, part, request, described, is_part=True)
            for write, part in zip(request.writes, whole, strict=True)
        )
    )


def _body(write: Write, request: WriteRequest, described: Described, pointing: Pointing) -> dict[str, Plain]:
    name = must_have(described.info, request.creates_by).name
    if not write.record_id.strip():
        raise ContractBrokenError("dynamics.no_create_key", key=write.key)
    body = body_of(write, described, pointing, is_create=True)
    if name in body:
        raise ContractBrokenError("dynamics.column_twice", key=write.key)
    return {name: write.record_id, **body}


def _result(
    write: Write, answer: Answer, request: WriteRequest, described: Described, *, is_part: bool
) -> Result:
    if answer.status >= 300:
        problem = problem_of(answer.content)
        if _is_taken(problem, write, request, described):
            return Result(
                write.key, Outcome.CONFLICT, "create.exists", problem.message, (request.creates_by,)
            )
        tell = part_result if is_part else row_result
        return tell(write.key, answer, is_conditional=False)
    version = answer.headers.get("etag")
    return Result(write.key, Outcome.APPLIED, version=version, record_id=named_row(answer) or "")


def _is_taken(problem: Problem, write: Write, request: WriteRequest, described: Described) -> bool:
    """Say whether a refusal is surely about the key that the row is made by."""
    by_key = problem.name == "duplicate_record_entity_key"
    by_words = problem.name == "duplicate_record" and _KEY_VALUES in problem.message.casefold()
    if not by_key and not by_words:
        return False
    by = request.creates_by.casefold()
    own = [key for key in described.keys if tuple(map(str.casefold, key.columns)) == (by,)]
    named = {by, *(wish.field.casefold() for wish in write.fields)}
    others = [key for key in described.keys if key not in own and _touches(key, named)]
    if not others:
        return bool(own)
    match = _VIOLATED.search(problem.message)
    told = match[1].casefold() if match else ""
    return any(told in key.names for key in own) and not any(told in key.names for key in others)


def _touches(key: AlternateKey, named: set[str]) -> bool:
    return not named.isdisjoint(map(str.casefold, key.columns))
