"""Write a job's rows, or a grid's, to a file that a spreadsheet opens without running anything."""

import csv
from collections import abc
from pathlib import Path
from typing import TextIO

from writeback.errors import ConfigurationError
from writeback.planning.coercing import text_of
from writeback.planning.escaping import safe_cell
from writeback.runtime.job_windows import JobRows
from writeback.runtime.windowing import RecordRows


def export_rows(rows: JobRows, path: Path, *, raw: bool = False) -> int:
    """Write a job's rows as CSV; cells that a spreadsheet would run get an apostrophe, unless it is raw."""
    total = rows.build()
    try:
        with _opened(path) as stream:
            out = csv.writer(stream)
            out.writerow(("row", "record", "id", "field", "before", "sent", "outcome", "code", "answer"))
            for number_of_block in range((total + 199) // 200):
                for one in rows.block(number_of_block):
                    cells = (
                        one.record,
                        one.record_id,
                        one.fields,
                        one.old,
                        one.new,
                        one.outcome,
                        one.code,
                        one.message,
                    )
                    out.writerow((one.seq, *(cell if raw else safe_cell(cell) for cell in cells)))
    finally:
        rows.close()
    return total


def export_grid(rows: RecordRows, names: abc.Sequence[str], path: Path) -> int:
    """Write the records of a grid as CSV: those it shows, in its order, its columns by API name.

    Values are what the CRMs confirmed, written so that they can be read back; pending edits are not in them.
    """
    total = rows.build()
    try:
        with _opened(path) as stream:
            out = csv.writer(stream)
            out.writerow(("record", *names))
            for number_of_block in range((total + 199) // 200):
                for one in rows.block(number_of_block):
                    out.writerow((one.rid, *(safe_cell(text_of(value) or "") for value in one.values)))
    finally:
        rows.close()
    return total


def _opened(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise ConfigurationError("file.not_writable", path=str(path), problem=str(error.strerror)) from error
