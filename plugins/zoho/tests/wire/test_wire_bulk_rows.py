"""The CSV of an upload: read back by a foreign reader it holds what was meant, and nothing clears."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.zoho.tests.making import record_id

from writeback.errors import ContractBrokenError
from writeback.model.canonical import UNSET, row_to_text
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Column
from writeback.model.types import CLEAR, AttributeType, Clear, Value
from writeback_zoho.wire.bulk_rows import UploadEncoder

T = AttributeType
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), min_size=1).filter(
    str.strip
)


def columns(*kinds: AttributeType) -> list[Column]:
    return [Column(FieldPath.parse(f"F{at}"), f"F{at}", kind) for at, kind in enumerate(kinds)]


def read_back(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@given(st.lists(st.tuples(texts, texts), min_size=1))
def test_any_text_comes_back_as_it_was(values: list[tuple[str, str]]) -> None:
    encoder = UploadEncoder(columns(T.TEXT, T.LONG_TEXT))
    rows = [(record_id(at), row_to_text(pair)) for at, pair in enumerate(values)]
    told = read_back(encoder.header() + encoder.encode(rows))
    assert told == [["id", "F0", "F1"], *([record_id(at), *pair] for at, pair in enumerate(values))]


def test_every_type_has_its_form() -> None:
    kinds = (T.BOOLEAN, T.INTEGER, T.NUMBER, T.DATE, T.DATETIME, T.MULTI_LIST, T.TEXT)
    encoder = UploadEncoder(columns(*kinds))
    moment = datetime(2026, 1, 15, 9, 56, 49, 500, tzinfo=UTC)
    values: list[Value] = [True, 7, Decimal("1.50"), moment.date(), moment, ("a", 'b"'), "x\r\ny"]
    (row,) = read_back(encoder.encode([(record_id(1), row_to_text(values))]))
    assert row == [
        record_id(1),
        "true",
        "7",
        "1.50",
        "2026-01-15",
        "2026-01-15T09:56:49+00:00",
        'a;b"',
        "x\ny",
    ]


def test_an_untouched_field_is_an_empty_cell() -> None:
    encoder = UploadEncoder(columns(T.TEXT, T.TEXT))
    assert encoder.encode([("5", row_to_text([UNSET, "x"]))]) == b'"5",,"x"\n'
    assert encoder.encode([]) == b""


@pytest.mark.parametrize("value", [CLEAR, "", " ", (), ("a;b",), "a\rb", ("a\rb",)])
def test_no_cell_ever_clears_or_says_something_else(value: Value | Clear) -> None:
    with pytest.raises(ContractBrokenError):
        UploadEncoder(columns(T.TEXT)).encode([("5", row_to_text([value]))])


def test_half_a_character_is_not_sent_and_an_id_stays_in_its_cell() -> None:
    encoder = UploadEncoder(columns(T.TEXT))
    with pytest.raises(ContractBrokenError, match=r"zoho\.not_text"):
        encoder.encode([("5", '["\\ud800"]')])
    assert read_back(encoder.encode([('5,"6\n', '["x"]')])) == [['5,"6\n', "x"]]


def test_columns_stand_once_and_are_not_more_than_zoho_takes() -> None:
    for bad in (columns(T.TEXT) * 2, [Column(FieldPath.parse("id"), "ID", T.TEXT)], columns(*[T.TEXT] * 200)):
        with pytest.raises(ContractBrokenError, match=r"zoho\.field_twice"):
            UploadEncoder(bad)
    assert UploadEncoder(columns(*[T.TEXT] * 199)).header().count(b",") == 199


def test_a_number_that_is_nothing_has_no_sign_and_a_text_keeps_its_own() -> None:
    encoder = UploadEncoder(columns(T.NUMBER, T.CURRENCY, T.TEXT))
    row = row_to_text([Decimal("-0"), Decimal("-0.00"), "-0"])
    assert read_back(encoder.encode([("5", row)])) == [["5", "0", "0.00", "-0"]]
