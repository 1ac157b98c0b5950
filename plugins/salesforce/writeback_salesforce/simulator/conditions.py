"""Conditional requests: HTTP dates to the second for all rows, entity tags for rows of Account.

The body of a 412 is documented nowhere; the switch `body_412` has the three that are thinkable.
"""

from datetime import UTC, datetime

from writeback.sdk.simulator import Answer, json_answer
from writeback_salesforce.simulator.problems import Problem
from writeback_salesforce.simulator.state import Call
from writeback_salesforce.simulator.tables import Table

_HTML = b"<html><head><title>412 Precondition Failed</title></head><body>Precondition Failed</body></html>"


def http_date(at: datetime) -> str:
    """Give the form of `Last-Modified`."""
    return at.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")


def row_headers(table: Table, row: int) -> dict[str, str]:
    """Give what a row's answer says of its version."""
    headers = {"Last-Modified": http_date(_changed_at(table, row))}
    if table.sobject.name == "Account":
        headers["ETag"] = _tag(table, row)
    return headers


def is_unmodified(call: Call, at: datetime) -> bool:
    """Say whether a read may be answered 304."""
    asked = call.headers.get("if-modified-since")
    if asked is None:
        return False
    try:
        return at.replace(microsecond=0) <= _date(asked, "If-Modified-Since")
    except Problem:
        return False


def reads_nothing_new(call: Call, table: Table, row: int) -> bool:
    """Say whether a read of a row may be answered 304."""
    tags = call.headers.get("if-none-match")
    if tags is not None and table.sobject.name == "Account":
        return _matches(tags, _tag(table, row))
    return is_unmodified(call, _changed_at(table, row))


def refuse_if_changed(call: Call, table: Table, row: int) -> Answer | None:
    """Give the 412 of a write whose condition does not hold, or None.

    Raises:
        Problem: 400, the condition cannot be read.
    """
    since = call.headers.get("if-unmodified-since")
    fails = since is not None and _changed_at(table, row) > _date(since, "If-Unmodified-Since")
    if table.sobject.name == "Account":
        wanted, unwanted = call.headers.get("if-match"), call.headers.get("if-none-match")
        tag = _tag(table, row)
        fails = fails or (wanted is not None and not _matches(_readable(wanted, "If-Match"), tag))
        fails = fails or (unwanted is not None and _matches(_readable(unwanted, "If-None-Match"), tag))
    return _failed(call) if fails else None


def _failed(call: Call) -> Answer:
    match call.org.switches["body_412"]:
        case "empty":
            return Answer(412)
        case "html":
            return Answer(412, _HTML, {"Content-Type": "text/html;charset=UTF-8"})
        case _:
            message = "The record was modified after the time stated in the request"
            return json_answer([{"message": message, "errorCode": "PRECONDITION_FAILED"}], status=412)


def _changed_at(table: Table, row: int) -> datetime:
    return datetime.strptime(str(table.value(row, "LastModifiedDate")), "%Y-%m-%dT%H:%M:%S.%f%z").replace(
        microsecond=0
    )


def _tag(table: Table, row: int) -> str:
    return f'"{table.value(row, "SystemModstamp")}-{table.ids.of(row)[5:15]}"'


def _date(text: str, header: str) -> datetime:
    try:
        zoned = text.replace("UTC", "GMT").replace("GMT", "+0000")
        return datetime.strptime(zoned, "%a, %d %b %Y %H:%M:%S %z")
    except ValueError:
        raise Problem("INVALID_ARGUMENT_TYPE", f"Invalid value for header {header}: {text}") from None


def _readable(tags: str, header: str) -> str:
    if tags.strip() == "*" or '"' in tags:
        return tags
    raise Problem("INVALID_ARGUMENT_TYPE", f"Invalid value for header {header}: {tags}")


def _matches(tags: str, tag: str) -> bool:
    if tags.strip() == "*":
        return True
    bare = tag.strip('"')
    given = {piece.strip().removeprefix("W/").strip('"').removesuffix("-gzip") for piece in tags.split(",")}
    return bare in given
