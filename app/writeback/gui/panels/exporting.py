"""Write a job's rows to a file that a spreadsheet opens without running anything."""

import csv
from pathlib import Path
from typing import TextIO

from writeback.errors import ConfigurationError
from writeback.planning.escaping import safe_cell
from writeback.runtime.job_windows import JobRows


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


def _opened(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise ConfigurationError("file.not_writable", path=str(path), problem=str(error.strerror)) from error
