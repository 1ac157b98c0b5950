"""How commands speak: data to stdout, everything for people to stderr, CRM text always plain.

Foreign text never becomes markup and never reaches a terminal with control characters; `--json`
is exact. No colour is ever written, so `NO_COLOR` has nothing to switch off.
"""

import csv
import io
import json
import sys
import unicodedata
from collections import abc
from typing import TextIO

JsonValue = str | int | float | bool | None | abc.Sequence[object] | abc.Mapping[str, object]

CELL_MOST = 60
LAST_CELL_MOST = 1_000  # nothing stands behind it: a reason is read to its end
LINE_BREAK = "⏎"
_SYMBOLS = {"\t": " ", "\x7f": "␡"}
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control, format (bidi, zero width), half a surrogate pair, line and paragraph separators."""


def prepare_streams() -> None:
    """Make our own streams carry any text: UTF-8, and half a surrogate pair as its JSON escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def plain(text: str) -> str:
    """Give text that a terminal shows literally, in one line: what it would act on becomes symbols."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_symbol(char) for char in text.replace("\r\n", "\n").replace("\n", LINE_BREAK))


def _symbol(char: str) -> str:
    if char.isprintable() or char == " ":
        return char
    if char in _SYMBOLS:
        return _SYMBOLS[char]
    if char < " ":
        return chr(0x2400 + ord(char))
    return f"\\u{ord(char):04X}" if unicodedata.category(char) in _HIDDEN else char


def put_json(value: JsonValue) -> None:
    """Write one JSON document to stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def put_document(value: JsonValue) -> None:
    """Write one JSON document to stdout as people read and edit it, line by line."""
    for line in json.dumps(value, ensure_ascii=False, indent=2, default=str).split("\n"):
        put_line(line)


def put_json_list(values: abc.Iterable[JsonValue]) -> None:
    """Write one JSON list to stdout, element by element: a million of them need no memory."""
    begun = False
    for value in values:
        sys.stdout.write(",\n " if begun else "[")
        sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str))
        begun = True
    sys.stdout.write("]\n" if begun else "[]\n")
    sys.stdout.flush()


def put_json_with_list(head: abc.Mapping[str, JsonValue], name: str, values: abc.Iterable[JsonValue]) -> None:
    """Write one JSON object whose last key holds a list, element by element."""
    told = json.dumps(head, ensure_ascii=False, default=str)
    begin = "{" if told == "{}" else f"{told[:-1]}, "
    sys.stdout.write(f"{begin}{json.dumps(name)}: ")
    begun = False
    for value in values:
        sys.stdout.write(",\n " if begun else "[")
        sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str))
        begun = True
    sys.stdout.write("]}\n" if begun else "[]}\n")
    sys.stdout.flush()


def put_csv(head: abc.Sequence[str], rows: abc.Iterable[abc.Sequence[str]]) -> None:
    """Write CSV to stdout: exact into a file or a pipe, literal on a terminal."""
    shown = plain if sys.stdout.isatty() else str
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([shown(cell) for cell in row])
    sys.stdout.flush()


def put_line(text: str) -> None:
    """Write one line of data to stdout."""
    _write(sys.stdout, text)


def say(text: str, *, quiet: bool = False) -> None:
    """Tell a person something on stderr, in one line."""
    if not quiet:
        _write(sys.stderr, text)


def put_table(head: abc.Sequence[str], rows: abc.Iterable[abc.Sequence[object]]) -> None:
    """Write an aligned table to stdout; numbers stand right, long cells before the last are elided."""
    cells = [[*map(_cell, row[:-1]), *(_cell(value, LAST_CELL_MOST) for value in row[-1:])] for row in rows]
    widths = [max([len(title), *(len(row[at]) for row in cells)]) for at, title in enumerate(head)]
    put_line("  ".join(title.ljust(width) for title, width in zip(head, widths, strict=True)).rstrip())
    for row in cells:
        put_line(
            "  ".join(
                cell.rjust(width) if _is_number(cell) else cell.ljust(width)
                for cell, width in zip(row, widths, strict=True)
            ).rstrip()
        )


def counted(number: int, noun: str, plural: str = "") -> str:
    """Give a number with its noun: `1 row`, `2 rows`, `1,240 changes`."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def _cell(value: object, most: int = CELL_MOST) -> str:
    text = plain("" if value is None else str(value))
    return text if len(text) <= most else text[: most - 1] + "…"


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "").lstrip("-").isdigit()


def _write(stream: TextIO, text: str) -> None:
    stream.write(plain(text) + "\n")
    stream.flush()
