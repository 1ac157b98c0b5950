"""Several questions in one $batch: a table's description takes a dozen, and each way there and back costs.

GETs only: nothing here changes anything. [execute-batch-operations]
"""

import json
from collections import abc
from decimal import Decimal
from typing import Final, cast

from writeback.errors import InvalidRequestError
from writeback_dynamics.errors import error_for
from writeback_dynamics.limits import SERVICE_ROOT
from writeback_dynamics.wire.answers import Answer
from writeback_dynamics.wire.multipart import Part, pack, unpack
from writeback_dynamics.wire.tables import Json

PATH: Final = "$batch"
_ACCEPT: Final = (("Accept", "application/json"),)


def prepare_questions(addresses: abc.Sequence[str]) -> tuple[dict[str, str], bytes]:
    """Give headers and body of one request that asks for all addresses below the service root."""
    boundary, body = pack([Part("GET", SERVICE_ROOT + address, _ACCEPT, b"") for address in addresses])
    return {"Content-Type": f'multipart/mixed; boundary="{boundary}"'}, body


def parse_questions(answer: Answer, *, asked: int) -> tuple[Json, ...]:
    """Give the answers in the order of the questions.

    Raises:
        ConnectorError: The request, or one of the questions, was refused.
        InvalidRequestError: There are more or fewer answers than questions.
    """
    parts = unpack(answer.headers.get("content-type", ""), answer.content)
    refused = next((part for part in parts if part is not None and part.status >= 300), None)
    if refused is None and answer.status >= 300:
        refused = answer
    if refused is not None:
        waits = refused.headers.get("retry-after")
        raise error_for(refused.status, refused.content, is_write=False, retry_after=waits)
    if len(parts) != asked:
        raise InvalidRequestError("dynamics.unreadable_answer", expected=PATH)
    return tuple(read_json(part.content if part is not None else b"") for part in parts)


def read_json(content: bytes) -> Json:
    """Read a body; numbers with a fraction become decimals.

    Raises:
        InvalidRequestError: It is no JSON object.
    """
    try:
        told = json.loads(content, parse_float=Decimal)
    except ValueError:
        told = None
    if not isinstance(told, abc.Mapping):
        raise InvalidRequestError("dynamics.unreadable_answer", expected="JSON")
    return cast("Json", told)
