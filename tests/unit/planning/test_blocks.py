"""Cells come from a spreadsheet as they are there, and a format is never guessed where two fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.model.source_formats import DateOrder, DecimalMark, SourceFormat
from writeback.model.types import AttributeType
from writeback.planning.blocks import fitting_formats, parse_block, read_by, write_block

DMY, MDY = SourceFormat(order=DateOrder.DMY), SourceFormat(order=DateOrder.MDY)
POINT, COMMA = SourceFormat(decimal=DecimalMark.POINT), SourceFormat(decimal=DecimalMark.COMMA)
CELLS = st.text(st.sampled_from("ab\t\n\r\"' ,;"), max_size=8)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ('"two\nlines"\t"say ""hi"""', [["two\nlines", 'say "hi"']]),
        ('5" pipe\tx', [['5" pipe', "x"]]),
        ('"open\tx', [['"open', "x"]]),
        ("\t", [["", ""]]),
    ],
)
def test_a_clipboard_is_read_as_spreadsheets_write_it(text: str, rows: list[list[str]]) -> None:
    assert parse_block(text) == rows


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_is_copied_is_pasted_again(rows: list[list[str]]) -> None:
    if rows == [[""]]:
        return  # nothing copied is nothing pasted
    found = parse_block(write_block(rows))
    if rows[-1] == [""]:  # an empty last line is the end of the one before
        rows = rows[:-1]
    assert found == rows


@pytest.mark.parametrize(
    ("texts", "kind", "forms"),
    [
        (["2026-12-31", ""], AttributeType.DATE, (None,)),
        (["31.12.2026", "2026-01-02"], AttributeType.DATE, (DMY,)),
        (["03/04/2026", "05/06/2026"], AttributeType.DATE, (DMY, MDY)),
        (["03/04/2026", "05/16/2026"], AttributeType.DATE, (MDY,)),
        (["soon"], AttributeType.DATE, (None,)),
        (["1200.5", "7"], AttributeType.NUMBER, (None,)),
        (["1.200,50", "7"], AttributeType.CURRENCY, (COMMA,)),
        (["1,200.50"], AttributeType.NUMBER, (POINT,)),
        (["1.200"], AttributeType.NUMBER, (None, COMMA)),
        (["1,200"], AttributeType.INTEGER, (POINT,)),
        (["x"], AttributeType.TEXT, (None,)),
    ],
)
def test_a_format_is_asked_for_exactly_where_several_fit(
    texts: list[str], kind: AttributeType, forms: tuple[SourceFormat | None, ...]
) -> None:
    assert fitting_formats(texts, kind) == forms


def test_cells_are_put_into_our_own_form_by_their_format() -> None:
    assert read_by(DMY, AttributeType.DATE, "03/04/2026") == "2026-04-03"
    assert read_by(MDY, AttributeType.DATE, "03/04/2026") == "2026-03-04"
    assert read_by(DMY, AttributeType.DATE, "2026-03-04") == "2026-03-04"
    assert read_by(COMMA, AttributeType.CURRENCY, "1.200,50 €") == "1200.50"
    assert read_by(DMY, AttributeType.DATE, "soon") == "soon"
