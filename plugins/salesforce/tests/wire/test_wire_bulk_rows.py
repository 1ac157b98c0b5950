"""The upload: what the fast path passes on must be what the careful path would have written."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from writeback.errors import ContractBrokenError
from writeback.model.canonical import UNSET, Unset, number_text, row_to_text
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Column
from writeback.model.types import CLEAR, AttributeType, Clear, Value
from writeback_salesforce.wire.bulk_rows import UploadEncoder
from writeback_salesforce.wire.values import CLEAR_CELL, cell_text, encode_json

A = AttributeType
ID = "001A0000006Vm9uIAC"
KINDS = (A.TEXT, A.LONG_TEXT, A.BOOLEAN, A.INTEGER, A.CURRENCY)


def columns(*kinds: AttributeType) -> list[Column]:
    names = [f"Field{place}__c" for place, _ in enumerate(kinds)]
    return [Column(FieldPath.parse(n), n, kind) for n, kind in zip(names, kinds, strict=True)]


def read(encoder: UploadEncoder, rows: list[tuple[str, str]]) -> list[list[str]]:
    data = encoder.header() + encoder.encode(rows)
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(
    lambda text: text.strip() != "#N/A" and "\r" not in text.replace("\r\n", "")
)
hostile = st.sampled_from(
    ['a"b', "a,b", "a\nb", "a\r\nb", "null", "{}", '""', "[x]", "\\", "#N/A!", "Ä €", ""]
)
ROWS = st.tuples(
    texts | hostile | st.just(CLEAR) | st.just(UNSET),
    texts | hostile | st.just(CLEAR) | st.just(UNSET),
    st.booleans() | st.just(CLEAR) | st.just(UNSET),
    st.integers(-(10**15), 10**15) | st.just(CLEAR) | st.just(UNSET),
    st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.just(CLEAR) | st.just(UNSET),
)


def cell(value: Value | Clear | Unset, kind: AttributeType) -> str:
    if isinstance(value, Unset):
        return ""
    wish = CLEAR if value is None else value
    plain = encode_json(kind, wish)
    if plain is None:
        return CLEAR_CELL
    if isinstance(plain, str):
        return cell_text(plain)
    return number_text(wish) if isinstance(wish, Decimal) else str(plain).lower()


@given(st.lists(ROWS, min_size=1, max_size=8))
@example([("plain", "text", True, 5, Decimal("1.50"))])
@example([("-0", "-0.0", True, 5, Decimal("-0.00")), ("a", "[", UNSET, CLEAR, Decimal("-0.5"))])
@example([("plain", "text", True, 5, Decimal("1.50")), ("", "[", UNSET, CLEAR, Decimal(0))])
def test_every_cell_is_what_the_codec_says_whichever_path_the_row_took(
    rows: list[tuple[Value | Clear | Unset, ...]],
) -> None:
    given_rows = [(ID, row_to_text(row)) for row in rows]
    header, *found = read(UploadEncoder(columns(*KINDS)), given_rows)
    assert header == ["Id", *[f"Field{place}__c" for place in range(len(KINDS))]]
    assert found == [[ID, *[cell(v, k) for v, k in zip(row, KINDS, strict=True)]] for row in rows]


def test_a_plain_row_is_passed_on_as_it_stands() -> None:
    data = UploadEncoder(columns(A.TEXT, A.INTEGER)).encode([(ID, '["Größe, 5",7]')])
    assert data == f'"{ID}","Größe, 5",7\n'.encode()


def test_options_of_a_multi_list_are_joined_by_semicolons() -> None:
    encoder = UploadEncoder(columns(A.MULTI_LIST, A.TEXT))
    assert encoder.encode([(ID, '[["a","b"],"x"]')]) == f'"{ID}","a;b","x"\n'.encode()
    assert encoder.encode([(ID, '[[],"x"]')]) == f'"{ID}",#N/A,"x"\n'.encode()


def test_clear_untouched_and_blank_are_told_apart() -> None:
    encoder = UploadEncoder(columns(A.TEXT, A.TEXT, A.TEXT, A.BOOLEAN))
    assert encoder.encode([(ID, '[null,{},"",false]')]) == f'"{ID}",#N/A,,#N/A,false\n'.encode()


def test_the_file_has_no_byte_order_mark_and_ends_lines_with_lf() -> None:
    encoder = UploadEncoder(columns(A.TEXT))
    data = encoder.header() + encoder.encode([(ID, '["a\\r\\nb"]')])
    assert data.startswith(b"Id,")
    assert b"\r" not in data
    assert data.endswith(b"\n")


@pytest.mark.parametrize("text", ["#N/A", " #N/A ", "a\\rb", "a\\r\\r\\nb"])
def test_the_mark_that_clears_and_a_lone_carriage_return_are_never_written(text: str) -> None:
    with pytest.raises(ContractBrokenError):
        UploadEncoder(columns(A.TEXT)).encode([(ID, f'["{text}"]')])


@pytest.mark.parametrize("row", ['["\ud800"]', '["\ud800","\\n"]', '["\\ud800"]'])
def test_half_a_character_is_refused(row: str) -> None:
    with pytest.raises(ContractBrokenError):
        UploadEncoder(columns(A.TEXT)).encode([(ID, row)])


def test_a_value_that_is_not_canonical_is_refused() -> None:
    with pytest.raises(ContractBrokenError):
        UploadEncoder(columns(A.TEXT)).encode([(ID, "[1.5,null]")])


def test_a_column_may_not_stand_twice_nor_be_the_id() -> None:
    twice = [Column(FieldPath.parse("Name"), name, A.TEXT) for name in ("Name", "name")]
    with pytest.raises(ContractBrokenError):
        UploadEncoder(twice)
    with pytest.raises(ContractBrokenError):
        UploadEncoder([Column(FieldPath.parse("Id"), "ID", A.TEXT)])


def test_lines_from_the_database_become_the_rows_of_their_ids() -> None:
    ids = [f"001{place:012d}AAA" for place in range(4)]
    rows = ['["100 % of %s","a"]', '["say \\"ä\\"","\\\\"]', '[null,"b"]', '["c,d","\\"\\""]']
    encoder = UploadEncoder(columns(A.TEXT, A.TEXT))
    data = encoder.encode_lines(ids, "\n".join(rows).encode())
    assert list(csv.reader(io.StringIO(data.decode(), newline=""))) == [
        [ids[0], "100 % of %s", "a"],
        [ids[1], 'say "ä"', "\\"],
        [ids[2], "#N/A", "b"],
        [ids[3], "c,d", '""'],
    ]


def test_lines_and_ids_that_do_not_match_in_number_are_never_paired() -> None:
    with pytest.raises(TypeError):
        UploadEncoder(columns(A.TEXT)).encode_lines([ID, ID], b'["one row"]')


def test_a_number_that_is_nothing_has_no_sign_and_a_text_keeps_its_own() -> None:
    encoder = UploadEncoder(columns(A.NUMBER, A.TEXT))
    rows = [(ID, '["-0","-0"]'), (ID, '["-0.00","x"]'), (ID, '["-0.5","x"]'), (ID, '[{},"-0"]')]
    told = read(encoder, rows)[1:]
    assert told == [[ID, "0", "-0"], [ID, "0.00", "x"], [ID, "-0.5", "x"], [ID, "", "-0"]]
    assert read(UploadEncoder(columns(A.NUMBER, A.MULTI_LIST)), [(ID, '["-0",["a"]]')])[1][1] == "0"
