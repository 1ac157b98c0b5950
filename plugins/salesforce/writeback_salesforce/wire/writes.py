"""What the three ways to write share: the fields of one row, and the headers that steer automation."""

import re
from collections import abc
from dataclasses import dataclass
from typing import Final

import orjson

from writeback.errors import ConfigurationError, ContractBrokenError
from writeback.sdk.connector import Write
from writeback_salesforce.wire.ids import api_name
from writeback_salesforce.wire.values import Plain, encode_json
from writeback_salesforce.wire.versions import http_date

_ASSIGN: Final = re.compile(r"FALSE|TRUE|[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?")
_DUPLICATES: Final = re.compile(r"[A-Za-z]+=(?:true|false)(?:[,;] ?[A-Za-z]+=(?:true|false))*")


@dataclass(frozen=True, slots=True)
class Steering:
    """Headers that say what a write may set off."""

    headers: tuple[tuple[str, str], ...]


def steering(options: abc.Mapping[str, str]) -> Steering:
    """Read the connection's options.

    Salesforce runs assignment rules on every edit of a Lead or Case unless told not to, so FALSE is our
    default.

    Raises:
        ConfigurationError: An option is malformed.
    """
    assign = options.get("auto_assign", "") or "FALSE"
    assign = assign.upper() if assign.lower() in ("true", "false") else assign
    if not _ASSIGN.fullmatch(assign):
        raise ConfigurationError("salesforce.bad_option", option="auto_assign")
    duplicates = options.get("duplicate_rule", "")
    if duplicates and not _DUPLICATES.fullmatch(duplicates):
        raise ConfigurationError("salesforce.bad_option", option="duplicate_rule")
    rule = (("Sforce-Duplicate-Rule-Header", duplicates),) if duplicates else ()
    return Steering((("Sforce-Auto-Assign", assign), *rule))


def fields_of(write: Write) -> dict[str, Plain]:
    """Give one row's fields for a JSON body, without its id.

    Raises:
        ContractBrokenError: A field stands twice or is no API name.
    """
    body = {api_name(wish.field): encode_json(wish.kind, wish.wish) for wish in write.fields}
    if len(body) != len(write.fields):
        raise ContractBrokenError("salesforce.field_twice", key=write.key)
    return body


def condition(write: Write) -> tuple[str, str]:
    """Give the header that lets Salesforce check the base version.

    Raises:
        ContractBrokenError: The write has no base.
    """
    if write.base is None:
        raise ContractBrokenError("salesforce.no_base", key=write.key)
    return "If-Unmodified-Since", http_date(write.base)


def to_bytes(body: object) -> bytes:
    """Write a JSON body.

    Raises:
        ContractBrokenError: A text holds half a character, which no JSON can carry.
    """
    try:
        return orjson.dumps(body)
    except TypeError:
        raise ContractBrokenError("salesforce.not_text") from None
