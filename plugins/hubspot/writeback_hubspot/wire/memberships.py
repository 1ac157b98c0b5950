"""Who is what at which company: the labels of the associations between contacts and companies, as an object.

HubSpot has no such object. A row stands for one pair, under the key `CONTACT-COMPANY`; its one writable
field holds the pair's labels by their type ids. The pages do not say whether setting labels adds to those
that are there or takes their place, so a write that adds names all that shall stand afterwards: right in
either case. What is taken away goes by a call of its own, and one write cannot do both (Associations guide;
https://developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/guide).
"""

import re
from collections import Counter, abc
from typing import Final

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.attributes import Option
from writeback.model.jobs import Outcome, Result
from writeback.model.types import AttributeType, Clear, Value
from writeback.sdk.connector import Prepared, Write, WriteAnswer, WriteRequest
from writeback.sdk.values import FieldInfo, ObjectDescription, ObjectInfo
from writeback_hubspot.errors import Problem, error_for, problem_of
from writeback_hubspot.wire.answers import Answer, Json, dicts, read_object, results_of
from writeback_hubspot.wire.associations import NAMES, ends_of
from writeback_hubspot.wire.batches import check_count, context_of
from writeback_hubspot.wire.paths import association_batch_path, versioned
from writeback_hubspot.wire.refusals import refused, unknown
from writeback_hubspot.wire.writes import to_bytes

MEMBERSHIPS: Final = "contacts_to_companies"
SOURCE, TARGET = "contacts", "companies"
KEY: Final = "id"
CONTACT: Final = "contact_id"
COMPANY: Final = "company_id"
LABELS: Final = "labels"
PRIMARY: Final = "1"
"""The type id of *this is the contact's primary company*; it is moved by naming another one."""
_PAIR: Final = re.compile(r"([0-9]{1,20})-([0-9]{1,20})", re.ASCII)
_TEXTS: Final = ((KEY, "Pair"), (CONTACT, "Contact"), (COMPANY, "Company"))

PairRow = tuple[str, str | None, tuple[Value, ...]]


def memberships_object() -> ObjectInfo:
    """Give the object as a list of objects shows it."""
    return ObjectInfo(MEMBERSHIPS, "Contacts at companies", custom=False, updateable=True, queryable=True)


def describe_memberships(labels: Json) -> ObjectDescription:
    """Describe the object by the account's labels; without any there is nothing to write."""
    options = tuple(
        Option(str(told["typeId"]), str(told["label"])) for told in results_of(labels) if told.get("label")
    )
    texts = (
        FieldInfo(name, label, AttributeType.TEXT, crm_type="association", is_nillable=False)
        for name, label in _TEXTS
    )
    held = FieldInfo(
        LABELS,
        "Labels",
        AttributeType.MULTI_LIST,
        crm_type="association",
        is_updateable=bool(options),
        options=options,
        is_restricted=True,
        separator=";",
        help="What the contact is at this company. One edit adds labels or takes them away, not both; the "
        "primary company is moved by naming another one.",
    )
    name = "Contacts at companies"
    return ObjectDescription(MEMBERSHIPS, name, KEY, KEY, "", is_updateable=True, fields=(*texts, held))


def rows_of(links: abc.Mapping[str, abc.Sequence[Json]], paths: abc.Sequence[str]) -> list[PairRow]:
    """Give one row for each pair; nobody says when labels changed, so none has a version.

    Raises:
        InvalidRequestError: There is no such field.
    """
    known = {KEY, CONTACT, COMPANY, LABELS}
    if wrong := [path for path in paths if path.casefold() not in known]:
        raise InvalidRequestError("hubspot.unknown_property", object=MEMBERSHIPS, path=wrong[0][:200])
    rows: list[PairRow] = []
    for contact, found in links.items():
        for told in found:
            company = str(told.get("toObjectId"))
            kinds = [one for one in dicts(told.get("associationTypes")) if one.get("label")]
            held = tuple(sorted({str(one["typeId"]) for one in kinds}, key=int))
            values: dict[str, Value] = {
                KEY: f"{contact}-{company}",
                CONTACT: contact,
                COMPANY: company,
                LABELS: held or None,
            }
            rows.append((f"{contact}-{company}", None, tuple(values[path.casefold()] for path in paths)))
    return rows


def pair_of(text: str) -> tuple[str, str] | None:
    """Give the contact and the company of a key; None for what is none."""
    found = _PAIR.fullmatch(text.strip())
    return None if found is None else (found[1], found[2])


def prepare_labels(request: WriteRequest, *, version: str) -> Prepared:
    """Put at most 100 changes of labels into one request, all adding or all taking away.

    Raises:
        ContractBrokenError: There are more, or a key is no pair.
        InvalidRequestError: `hubspot.labels_both_ways`, `hubspot.primary_label`, `hubspot.record_twice`.
    """
    check_count(request)
    ends = takes_away(request)
    inputs = []
    for write in request.writes:
        pair = pair_of(write.record_id)
        if pair is None:
            raise ContractBrokenError("hubspot.bad_id", given=write.record_id[:40])
        held, wished = _sets(write)
        types = sorted((held - wished) if ends else wished, key=int)
        inputs.append(
            {"from": {"id": pair[0]}, "to": {"id": pair[1]}, "types": [_type(one) for one in types]}
        )
    path = association_batch_path(SOURCE, TARGET, "labels/archive" if ends else "create")
    return Prepared(request, "POST", versioned(path, version), to_bytes({"inputs": inputs}))


def takes_away(request: WriteRequest) -> bool:
    """Say whether the writes take labels away.

    Raises:
        InvalidRequestError: Some do and some add, or the primary mark would go.
    """
    found = set()
    for write in request.writes:
        held, wished = _sets(write)
        if PRIMARY in held - wished:
            raise InvalidRequestError("hubspot.primary_label")
        found |= {is_end for is_end, some in ((True, held - wished), (False, wished - held)) if some}
    if len(found) > 1:
        raise InvalidRequestError("hubspot.labels_both_ways")
    return True in found


def parse_labels(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give every change its result; what added is named in the answer, what took away is not.

    Raises:
        ConnectorError: The request was refused as a whole.
    """
    if answer.status >= 300:
        raise error_for(answer.status, answer.content, is_write=True, headers=answer.headers)
    told = read_object(answer) if answer.content.strip() else {}
    if told is None:
        return WriteAnswer(tuple(unknown(write.key, "hubspot.answer_unreadable") for write in request.writes))
    errors = dicts(told.get("errors"))
    named = {name: problem_of(error) for error in errors for name in context_of(error, *NAMES)}
    made = {ends_of(row) for row in dicts(told.get("results"))}
    is_whole = takes_away(request) and not errors
    shared = Counter(end for write in request.writes for end in _pair(write))
    alone = {name: problem for name, problem in named.items() if shared[name] == 1}
    return WriteAnswer(
        tuple(_result(write, alone, is_done=is_whole or _pair(write) in made) for write in request.writes)
    )


def _result(write: Write, named: abc.Mapping[str, Problem], *, is_done: bool) -> Result:
    """Give one change's result; a problem that names an end of several pairs may be about any of them."""
    if is_done:
        return Result(write.key, Outcome.APPLIED)
    contact, company = _pair(write)
    problem = named.get(contact) or named.get(company)
    if problem is not None:
        return refused(write.key, problem)
    return unknown(write.key, "hubspot.answer_incomplete")


def _pair(write: Write) -> tuple[str, str]:
    return pair_of(write.record_id) or ("", "")


def _sets(write: Write) -> tuple[set[str], set[str]]:
    """Give the labels that a pair has, and those it shall have."""
    wish = write.fields[0] if len(write.fields) == 1 else None
    if wish is None or wish.field.casefold() != LABELS:
        raise ContractBrokenError("hubspot.no_such_field", key=write.key)
    held = set(wish.held) if isinstance(wish.held, tuple) else set()
    if isinstance(wish.wish, Clear):
        return held, held & {PRIMARY}
    if not isinstance(wish.wish, tuple):
        raise ContractBrokenError("hubspot.no_such_field", key=write.key)
    return held, set(wish.wish)


def _type(type_id: str) -> dict[str, object]:
    category = "HUBSPOT_DEFINED" if type_id == PRIMARY else "USER_DEFINED"
    return {"associationCategory": category, "associationTypeId": int(type_id)}
