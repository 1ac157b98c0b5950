"""Bulk API 2.0 query: a big pull as CSV pages, each with its own header, chained by a locator."""

from collections import abc
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.model.jobs import RemoteState
from writeback_salesforce.limits import BULK_READ_PAGE
from writeback_salesforce.wire.bulk import STATES
from writeback_salesforce.wire.bulk_results import Chunks, csv_rows
from writeback_salesforce.wire.describes import Json
from writeback_salesforce.wire.ids import row_id
from writeback_salesforce.wire.queries import PageRow, Selection
from writeback_salesforce.wire.values import decoder
from writeback_salesforce.wire.versions import token_of
from writeback_salesforce.wire.writes import to_bytes

JOBS: Final = "jobs/query"
_PAGE_ROWS: Final = 5_000


def prepare_query_job(soql: str) -> bytes:
    """Give the body that starts a query job."""
    told = {"operation": "query", "query": soql, "contentType": "CSV"}
    return to_bytes(told | {"columnDelimiter": "COMMA", "lineEnding": "LF"})


def parse_query_job(answer: object) -> tuple[str, RemoteState]:
    """Give a query job's id and state.

    Raises:
        InvalidRequestError: It is no job, or in a state we do not know.
    """
    told: Json = answer if isinstance(answer, abc.Mapping) else {}
    state = STATES.get(str(told.get("state")))
    if state is None:
        raise InvalidRequestError(
            "salesforce.unreadable_answer", expected="job", found=str(told.get("state"))[:40]
        )
    return str(told["id"]), state


def prepare_results(remote_id: str, locator: str | None) -> tuple[str, dict[str, str]]:
    """Give path and parameters of one page of results."""
    more = {"locator": locator} if locator is not None else {}
    return f"{JOBS}/{row_id(remote_id)}/results", {"maxRecords": str(BULK_READ_PAGE)} | more


def next_locator(headers: abc.Mapping[str, str]) -> str | None:
    """Give the locator of the next page; Salesforce ends the chain with the text ``null``."""
    locator = headers.get("Sforce-Locator", "null")
    return None if locator in ("null", "") else locator


def parse_rows(chunks: Chunks, selection: Selection) -> abc.Iterator[list[PageRow]]:
    """Give the rows of one page of results, some thousands at a time.

    Raises:
        InvalidRequestError: The columns are not those that were asked for.
    """
    rows = csv_rows(chunks)
    header = next(rows, None)
    if header is None:
        return
    if [name.casefold() for name in header] != [name.casefold() for name in selection.select]:
        raise InvalidRequestError("salesforce.unreadable_answer", expected="the selected columns")
    decoders = [decoder(kind) for kind in selection.kinds]
    wanted = [(place, decoders[place]) for place in selection.places]
    page: list[PageRow] = []
    for row in rows:
        version = token_of(row[1]) if selection.has_version else None
        page.append((row[0], version, tuple([decode(row[place]) for place, decode in wanted])))
        if len(page) == _PAGE_ROWS:
            yield page
            page = []
    if page:
        yield page
