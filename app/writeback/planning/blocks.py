"""Blocks of cells as text, the way spreadsheets put them on a clipboard, and how their cells may be read.

A date or a number that is not written in our own form is read by a format that fits every cell of its column;
where several fit the caller has to ask, because only a person knows.

Must not: know a screen, a record or an attribute's lock.
"""

import re
from collections import abc
from typing import Final

from writeback.model.changes import Reason
from writeback.model.source_formats import DateOrder, DecimalMark, SourceFormat
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType
from writeback.planning.coercing import coercer, text_of
from writeback.planning.converting import converter

_MOMENTS: Final = frozenset({AttributeType.DATE, AttributeType.DATETIME})
_NUMBERS: Final = DECIMAL_TYPES | INTEGER_TYPES
_GROUPED: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,][0-9]{3})+", re.ASCII)
_QUOTE: Final = '"'


def parse_block(text: str) -> list[list[str]]:
    """Read lines of cells separated by tabs; a cell in quotes may hold tabs, line ends and doubled quotes."""
    if not text:
        return []
    lines: list[list[str]] = [[]]
    place = 0
    while True:
        cell, place = _cell(text, place)
        lines[-1].append(cell)
        if place >= len(text):
            return lines
        end = text[place]
        place += 1
        if end == "\r" and text[place : place + 1] == "\n":
            place += 1
        if end != "\t":
            if place >= len(text):  # the last line's end begins no line
                return lines
            lines.append([])


def write_block(rows: abc.Iterable[abc.Iterable[str]]) -> str:
    """Write cells so that `parse_block` and spreadsheets read them back."""
    return "\n".join("\t".join(_written(cell) for cell in row) for row in rows)


def _cell(text: str, place: int) -> tuple[str, int]:
    """Read one cell; gives where its separator stands."""
    if text[place : place + 1] == _QUOTE:
        end = place + 1
        while (end := text.find(_QUOTE, end)) >= 0:
            if text[end + 1 : end + 2] == _QUOTE:
                end += 2
                continue
            if text[end + 1 : end + 2] in ("", "\t", "\n", "\r"):
                return text[place + 1 : end].replace(_QUOTE * 2, _QUOTE), end + 1
            break  # a quote in the middle: the cell is as it stands
    ends = [found for separator in "\t\n\r" if (found := text.find(separator, place)) >= 0]
    end = min(ends, default=len(text))
    return text[place:end], end


def _written(cell: str) -> str:
    if set(cell) & {"\t", "\n", "\r"} or cell.startswith(_QUOTE):
        return f'"{cell.replace(_QUOTE, _QUOTE * 2)}"'
    return cell


def fitting_formats(texts: abc.Iterable[str], kind: AttributeType) -> tuple[SourceFormat | None, ...]:
    """Give the formats by which all cells of a column can be read; None is our own form.

    Returns:
        One: that is how they are meant. Several: a person has to say. None at all: some cell is refused
        whatever the format, so our own form is the one.
    """
    filled = [text.strip() for text in texts if text.strip()]
    if not filled or kind not in _MOMENTS | _NUMBERS:
        return (None,)
    read_own = coercer(kind)
    own = [not isinstance(read_own(text), Reason) for text in filled]
    if kind in _MOMENTS:
        foreign = [text for text, is_read in zip(filled, own, strict=True) if not is_read]
        if not foreign:
            return (None,)
        orders = (DateOrder.DMY, DateOrder.MDY, DateOrder.YMD)
        forms = [SourceFormat(order=order) for order in orders]
        return tuple(form for form in forms if _reads(form, kind, foreign)) or (None,)
    found: list[SourceFormat | None] = [None] if all(own) else []
    if any(_GROUPED.fullmatch(text) for text in filled) or not all(own):
        marks = [SourceFormat(decimal=mark) for mark in (DecimalMark.POINT, DecimalMark.COMMA)]
        found += [form for form in marks if _reads(form, kind, filled)]
    return _told_apart(found, kind, filled) or (None,)


def read_by(form: SourceFormat | None, kind: AttributeType, text: str) -> str:
    """Give a cell's text in our own form; what cannot be read stays as it is, to be refused."""
    if form is None or not text.strip():
        return text
    if kind in _MOMENTS and not isinstance(coercer(kind)(text), Reason):
        return text
    read = converter(form, kind)(text)
    return text if isinstance(read, Reason) else text_of(read) or text


def _reads(form: SourceFormat, kind: AttributeType, texts: abc.Iterable[str]) -> bool:
    read = converter(form, kind)
    return not any(isinstance(read(text), Reason) for text in texts)


def _told_apart(
    forms: abc.Sequence[SourceFormat | None], kind: AttributeType, texts: abc.Sequence[str]
) -> tuple[SourceFormat | None, ...]:
    """Leave out formats that read every cell as an earlier one does."""
    seen: dict[tuple[object, ...], SourceFormat | None] = {}
    own = coercer(kind)
    for form in forms:
        read = own if form is None else converter(form, kind)
        seen.setdefault(tuple(read(text) for text in texts), form)
    return tuple(seen.values())
