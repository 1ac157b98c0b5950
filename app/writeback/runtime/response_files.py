"""The rows of a survey's file that were not taken, as a file that can be mended and imported again."""

import csv
from collections import abc
from pathlib import Path

from writeback.files import telling_unwritable
from writeback.planning.escaping import safe_cell
from writeback.runtime.facade.campaigns import Leftover
from writeback.runtime.sentences import sentence_of


def write_leftovers(rows: abc.Iterable[Leftover], path: Path) -> None:
    """Write rows that were not taken, with the reason, so that a spreadsheet runs none of it.

    Raises:
        ConfigurationError: It cannot be written.
    """
    with telling_unwritable(path), path.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file, lineterminator="\r\n")
        sheet.writerow(("line", "key", "code", "message"))
        for one in sorted(rows, key=lambda each: each.row):
            told = str(sentence_of(one.reason.code, dict(one.reason.facts)))
            sheet.writerow(map(safe_cell, (str(one.row), one.key, one.reason.code, told)))
