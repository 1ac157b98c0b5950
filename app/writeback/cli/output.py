"""How commands speak: data to stdout, everything for people to stderr, CRM text always plain.

Foreign text never becomes markup and never reaches a terminal with control characters; `--json`
is exact.
"""

import json
import sys
import unicodedata
from collections import abc
from typing import TextIO

JsonValue = str | int | float | bool | None | abc.Sequence["JsonValue"] | abc.Mapping[str, "JsonValue"]

CELL_MOST = 60


def plain(text: str) -> str:
    """Give text that a terminal shows literally: control and bidi characters become symbols."""
    return "".join(_symbol(char) for char in text)


def _symbol(char: str) -> str:
    if char in "\n\r":
        return "⏎" if char == "\n" else ""
    if unicodedata.category(char) in ("Cc", "Cf", "Cs"):
        return "\N{REPLACEMENT CHARACTER}" if char != "\t" else " "
    return char


def put_json(value: JsonValue) -> None:
    """Write one JSON document to stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def put_line(text: str) -> None:
    """Write one line of data to stdout."""
    _write(sys.stdout, text)


def say(text: str, *, quiet: bool = False) -> None:
    """Tell a person something on stderr."""
    if not quiet:
        _write(sys.stderr, text)


def put_table(head: abc.Sequence[str], rows: abc.Iterable[abc.Sequence[object]]) -> None:
    """Write an aligned table to stdout; numbers stand right, long cells are elided."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [
        max([len(title), *(len(row[at]) for row in cells)]) if cells else len(title)
        for at, title in enumerate(head)
    ]
    put_line("  ".join(title.ljust(width) for title, width in zip(head, widths, strict=True)).rstrip())
    for row in cells:
        put_line(
            "  ".join(
                cell.rjust(width) if _is_number(cell) else cell.ljust(width)
                for cell, width in zip(row, widths, strict=True)
            ).rstrip()
        )


def _cell(value: object) -> str:
    text = plain("" if value is None else str(value))
    return text if len(text) <= CELL_MOST else text[: CELL_MOST - 1] + "…"


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "").lstrip("-").isdigit()


def _write(stream: TextIO, text: str) -> None:
    stream.write(plain(text) + "\n")
    stream.flush()
