"""The result file of a bulk write, row by row: which were written, which were not and why.

Its columns are the first three that were mapped, then STATUS, RECORD_ID, ERRORS. Rows come in any order and
are joined by the record id, which is mapped first, never by line.
"""

import csv
import io
import itertools
import zipfile
from collections import abc
from typing import IO, Final

from writeback.errors import InvalidRequestError
from writeback.model.jobs import Outcome
from writeback.sdk.capabilities import BulkPage, BulkRefusal
from writeback_zoho.errors import NOT_PROCESSED, our_code
from writeback_zoho.limits import RESULT_BYTES, UPLOAD_ROWS
from writeback_zoho.wire.ids import known_id

_SLICE: Final = 5_000
_NOT_REACHED: Final = "UNPROCESSED"
_COLUMNS: Final = ("STATUS", "RECORD_ID", "ERRORS")


def read_zip(file: IO[bytes]) -> abc.Iterator[BulkPage]:
    """Give the rows of a result zip, some thousands at a time.

    Raises:
        InvalidRequestError: It is no zip with one CSV, or larger than any upload of ours makes it.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            inside = [info for info in archive.infolist() if not info.is_dir()]
            if len(inside) != 1 or inside[0].file_size > RESULT_BYTES:
                raise InvalidRequestError("zoho.unreadable_answer", expected="result file")
            with archive.open(inside[0]) as raw:
                yield from pages_of(io.TextIOWrapper(raw, "utf-8-sig", newline=""))
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        UnicodeDecodeError,
        csv.Error,
    ):
        raise InvalidRequestError("zoho.unreadable_answer", expected="result zip") from None


def pages_of(text: abc.Iterable[str]) -> abc.Iterator[BulkPage]:
    """Give the rows of a result CSV.

    Raises:
        InvalidRequestError: The columns are not those of a result, or there are more rows than were sent.
    """
    rows = csv.reader(text)
    header = [name.strip().upper() for name in next(rows, [])]
    if not set(_COLUMNS) <= set(header):
        raise InvalidRequestError("zoho.unreadable_answer", expected="STATUS")
    places = tuple(header.index(name) for name in _COLUMNS)
    seen = 0
    while piece := list(itertools.islice(rows, _SLICE)):
        seen += len(piece)
        if seen > UPLOAD_ROWS:
            raise InvalidRequestError("zoho.unreadable_answer", expected="result rows")
        # a row of another length is told of nowhere: the caller knows it to be unknown
        yield _page([(row[0], *[row[at] for at in places]) for row in piece if len(row) == len(header)])


def _page(rows: abc.Iterable[tuple[str, ...]]) -> BulkPage:
    applied: list[str] = []
    refused: list[BulkRefusal] = []
    for own_id, status, told_id, errors in rows:
        record_id = known_id(own_id) or known_id(told_id)
        if record_id is None:
            continue
        word = status.strip().upper()
        if word == "UPDATED":
            applied.append(record_id)
        else:
            refused.append(_refusal(record_id, word, errors))
    return BulkPage(applied, refused)


def _refusal(record_id: str, status: str, errors: str) -> BulkRefusal:
    code, fields = parse_errors(errors)
    if status == _NOT_REACHED:
        ours = our_code(code or _NOT_REACHED, status=400)
        return BulkRefusal(
            record_id, Outcome.REJECTED, ours, errors, fields, again=not code or code in NOT_PROCESSED
        )
    if status == "SKIPPED":
        return BulkRefusal(record_id, Outcome.REJECTED, our_code(code or status, status=400), errors, fields)
    # an update that added a record, or a word we do not know: only a read-back tells
    return BulkRefusal(
        record_id, Outcome.UNKNOWN, "zoho.unexpected_status", f"{status} {errors}".strip(), fields
    )


def parse_errors(text: str) -> tuple[str, tuple[str, ...]]:
    """Split ``CODE-Field,Field:CODE-Field``: the first code, and all fields in their order."""
    pairs = [part.partition("-") for part in text.split(":") if part.strip()]
    fields = [name.strip() for _code, _dash, names in pairs for name in names.split(",")]
    return (pairs[0][0].strip() if pairs else ""), tuple(dict.fromkeys(name for name in fields if name))
