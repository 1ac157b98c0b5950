"""What all ways to write share: the properties of one row, exact bytes, and what the answer shows of them.

The bytes are those that hubspot-api-client makes of the same body, so that what was committed before
sending is what leaves.
"""

import json
from collections import abc

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.jobs import Outcome, Result
from writeback.sdk.connector import FieldWish, Write, WriteRequest
from writeback_hubspot.wire.answers import Json
from writeback_hubspot.wire.describes import COMPANY_FIELD
from writeback_hubspot.wire.paths import type_name
from writeback_hubspot.wire.refusals import unknown
from writeback_hubspot.wire.values import decode, encode, same_value, token_of


def to_bytes(body: object) -> bytes:
    """Write a JSON body."""
    return json.dumps(body).encode("ascii")


def properties_of(write: Write) -> dict[str, str]:
    """Give one row's properties for a JSON body.

    Raises:
        ContractBrokenError: A property stands twice, or a wish is no value of its kind.
    """
    body = {type_name(wish.field): encode(wish.kind, wish.wish) for wish in write.fields}
    if len(body) != len(write.fields) or not body:
        raise ContractBrokenError("hubspot.field_twice", key=write.key)
    return body


def moves_association(request: WriteRequest) -> bool:
    """Say whether the writes re-point an association; such a write travels in a request of its own.

    Raises:
        InvalidRequestError: Some do and some do not, or one does both.
    """
    found = {wish.field == COMPANY_FIELD for write in request.writes for wish in write.fields}
    if len(found) > 1:
        raise InvalidRequestError("hubspot.association_alone")
    return True in found


def applied(write: Write, told: Json) -> Result:
    """Give the result of a write whose record came back, held against what was sent.

    HubSpot answers with the touched properties. A record under another id is not the one meant (merged);
    a property with another value was changed by the account's own automation, or stored in another form.
    """
    if str(told.get("id")) != write.record_id:
        return unknown(write.key, "hubspot.answer_of_another_row")
    return written(write, told)


def written(write: Write, told: Json, *, made: str = "") -> Result:
    """Give the result of a write that happened, with the fields that stand otherwise than they were sent.

    `made` is the id of a record that was not there before.
    """
    shown = told.get("properties")
    properties = shown if isinstance(shown, abc.Mapping) else {}
    differing = tuple(wish.field for wish in write.fields if _differs(properties, wish))
    code = "hubspot.stored_otherwise" if differing else ""
    version = token_of(told.get("updatedAt"))
    return Result(write.key, Outcome.APPLIED, code, fields=differing, version=version, record_id=made)


def _differs(properties: Json, wish: FieldWish) -> bool:
    """Say whether the answer shows another value than was sent; what it does not show proves nothing."""
    sent = encode(wish.kind, wish.wish)
    shown = properties.get(wish.field, sent)
    if shown == sent:
        return False
    try:
        return not same_value(wish.kind, decode(sent, wish.kind), decode(shown, wish.kind))
    except InvalidRequestError:
        return True
