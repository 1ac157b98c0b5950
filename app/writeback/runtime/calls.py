"""The façade's calls as JSON and back: what may be asked, with which arguments, what is answered.

Built from the type hints of `Facade`, so that a call cannot travel in two shapes. Errors travel as
class, code and facts and arrive as the same exception.
"""

import inspect
import typing
from collections import abc
from functools import cache
from typing import TYPE_CHECKING, Any

from writeback import errors
from writeback.errors import Cancelled, Fact, InternalError, RetryableError, WritebackError
from writeback.runtime import facade

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Json = Any  # what the JSON decoder gives; checked by the adapters below before anybody uses it


@cache
def call_names() -> frozenset[str]:
    """Give the names of all calls."""
    return frozenset(
        name for name, _ in inspect.getmembers(facade.Facade, inspect.isfunction) if name[0] != "_"
    )


def arguments_to_plain(call: str, arguments: abc.Mapping[str, object]) -> dict[str, Json]:
    """Give the JSON form of a call's arguments, all by name."""
    return {name: _adapter(call, name).dump_python(value, mode="json") for name, value in arguments.items()}


def arguments_from_plain(call: str, plain: abc.Mapping[str, Json]) -> dict[str, object]:
    """Give a call's arguments from their JSON form.

    Raises:
        InternalError: The call or an argument does not exist, or has another type.
    """
    if call not in call_names():
        raise InternalError("pipe.unknown_call", call=call[:80])
    known = _hints(call)
    if not set(plain) <= set(known) - {"return"}:
        raise InternalError("pipe.unknown_argument", call=call)
    from pydantic import ValidationError  # noqa: PLC0415  see `_adapter`

    try:
        return {name: _adapter(call, name).validate_python(value) for name, value in plain.items()}
    except ValidationError as error:
        raise InternalError("pipe.bad_argument", call=call, count=error.error_count()) from None


def answer_to_plain(call: str, answer: object) -> Json:
    """Give the JSON form of a call's answer."""
    return _adapter(call, "return").dump_python(answer, mode="json")


def answer_from_plain(call: str, plain: Json) -> object:
    """Give a call's answer from its JSON form."""
    return _adapter(call, "return").validate_python(plain)


def error_to_plain(error: WritebackError | Cancelled) -> dict[str, Json]:
    """Give the JSON form of an error."""
    if isinstance(error, Cancelled):
        return {"kind": "Cancelled"}
    plain: dict[str, Json] = {"kind": type(error).__name__, "code": error.code, "facts": error.facts}
    if isinstance(error, RetryableError):
        plain["after"] = error.after
    return plain


def error_from_plain(plain: abc.Mapping[str, Json]) -> WritebackError | Cancelled:
    """Give the error of its JSON form."""
    kind = plain.get("kind")
    if kind == "Cancelled":
        return Cancelled()
    found = getattr(errors, str(kind), None) if kind in errors.__all__ else None
    cls = found if isinstance(found, type) and issubclass(found, WritebackError) else InternalError
    facts: dict[str, Fact] = dict(plain.get("facts") or {})
    if issubclass(cls, RetryableError):
        return cls(str(plain.get("code")), after=plain.get("after"), **facts)
    return cls(str(plain.get("code")), **facts)


@cache
def _hints(call: str) -> dict[str, Any]:
    return {
        name: hint
        for name, hint in typing.get_type_hints(getattr(facade.Facade, call)).items()
        if name != "self"
    }


@cache
def _adapter(call: str, name: str) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter  # noqa: PLC0415  a window is there before anything is asked through the pipe

    return TypeAdapter(_hints(call)[name])
