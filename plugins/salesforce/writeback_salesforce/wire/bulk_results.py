"""The result files of an upload, streamed: ids of applied rows, refused rows in full.

Rows come in any order and are joined by record id, never by line. `applied_ids` reads no cells: a line that
begins with ``"ID","true"`` or ``"ID","false"`` begins a row, because a quote inside a cell is doubled. As
soon as a line does not begin so (a line break inside a cell, or a file that is quoted otherwise), the rest
goes through `csv`.
"""

import csv
import io
import itertools
import re
from collections import abc
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.model.jobs import Outcome
from writeback.sdk.capabilities import BulkRefusal
from writeback_salesforce.errors import NOT_PROCESSED, our_code

Chunks = abc.Iterable[bytes]

_ROW: Final = re.compile(r'\n"([0-9A-Za-z]{15,18})","(?:true|false)"')
_SLICE: Final = 10_000


def applied_ids(chunks: Chunks) -> abc.Iterator[list[str]]:
    """Give the ids of the *successful* file, some thousands at a time.

    Raises:
        InvalidRequestError: The file has no column ``sf__Id`` at its beginning.
    """
    stream = iter(chunks)
    header, rest = _cut_header(stream)
    if not header:
        return
    _check_header(header, "sf__Id")
    pending = "\n" + rest.decode("latin-1")
    for chunk in itertools.chain(stream, [b""]):
        pending += chunk.decode("latin-1")
        end = pending.rfind("\n") if chunk else len(pending.rstrip("\n"))
        if end <= 0:
            continue
        ids = _ROW.findall(pending, 0, end)
        if len(ids) != pending.count("\n", 0, end):
            yield from _ids_by_csv(itertools.chain([pending[1:].encode("latin-1")], stream))
            return
        if chunk:  # the last row may go on in the next chunk: it stays until another one begins
            ids.pop()
            end = pending.rfind("\n", 0, end)
        pending = pending[end:]
        if ids:
            yield ids


def refused_rows(chunks: Chunks) -> abc.Iterator[list[BulkRefusal]]:
    """Give the rows of the *failed* file with Salesforce's reason."""
    yield from _sliced(_refusal(row) for row in _rows(chunks, "sf__Id"))


def unprocessed_rows(chunks: Chunks) -> abc.Iterator[list[BulkRefusal]]:
    """Give the rows of the *unprocessed* file: nothing happened to them, they may be sent again.

    It has no columns of Salesforce's: the rows are as uploaded, our id column first.
    """
    message = "The job ended before this row was processed."
    yield from _sliced(
        BulkRefusal(row[0], Outcome.REJECTED, "salesforce.unprocessed", message, again=True)
        for row in _rows(chunks, "Id")
    )


def parse_error(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Split ``CODE:message:FIELD1 FIELD2 --``: code up to the first colon, fields after the last."""
    code, _, rest = text.partition(":")
    message, colon, fields = rest.rpartition(":")
    if not colon or not fields.rstrip().endswith("--"):
        return code.strip(), rest, ()
    return code.strip(), message, tuple(fields.replace("--", " ").replace(",", " ").split())


def csv_rows(chunks: Chunks) -> abc.Iterator[list[str]]:
    """Read CSV from a stream, line breaks inside cells kept."""
    return csv.reader(io.TextIOWrapper(io.BufferedReader(_Raw(chunks), 1 << 18), "utf-8", newline=""))


class _Raw(io.RawIOBase):
    """Makes a file of pieces as they come."""

    def __init__(self, chunks: Chunks) -> None:
        super().__init__()
        self._chunks = iter(chunks)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # narrower: io hands these
        while not self._left:
            piece = next(self._chunks, None)
            if piece is None:
                return 0
            self._left = piece
        taken = self._left[: len(buffer)]
        buffer[: len(taken)] = taken
        self._left = self._left[len(taken) :]
        return len(taken)


def _rows(chunks: Chunks, first: str) -> abc.Iterator[list[str]]:
    rows = csv_rows(chunks)
    header = next(rows, None)
    if header is None:
        return
    _check_header(",".join(header).encode(), first)
    yield from (row for row in rows if row)


def _refusal(row: list[str]) -> BulkRefusal:
    code, message, fields = parse_error(row[1])
    is_open = code.upper() in NOT_PROCESSED
    return BulkRefusal(row[0], Outcome.REJECTED, our_code(code, status=400), message, fields, again=is_open)


def _sliced(rows: abc.Iterable[BulkRefusal]) -> abc.Iterator[list[BulkRefusal]]:
    stream = iter(rows)
    while piece := list(itertools.islice(stream, _SLICE)):
        yield piece


def _ids_by_csv(chunks: Chunks) -> abc.Iterator[list[str]]:
    ids = (row[0] for row in csv_rows(chunks) if row)
    while piece := list(itertools.islice(ids, _SLICE)):
        yield piece


def _cut_header(stream: abc.Iterator[bytes]) -> tuple[bytes, bytes]:
    data = b""
    for chunk in stream:
        data += chunk
        header, newline, rest = data.partition(b"\n")
        if newline:
            return header, rest
    return data, b""


def _check_header(header: bytes, first: str) -> None:
    name = header.decode("utf-8", "replace").split(",")[0].strip().strip('"')
    if name.casefold() != first.casefold():
        raise InvalidRequestError("salesforce.unreadable_answer", expected=first, found=name[:40])
