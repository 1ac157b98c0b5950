"""Result files: every id once, whatever the cells hold and wherever the pieces are cut."""

import csv
import io
from collections import abc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from writeback.errors import InvalidRequestError
from writeback.model.jobs import Outcome
from writeback_salesforce.wire.bulk_results import applied_ids, parse_error, refused_rows, unprocessed_rows

cells = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=12
) | st.sampled_from(['\n"001A0000006Vm9uIAC","true"', "\n", '"', '\n"', ',"\n"', "a\nb\n"])
quotings = st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC])


def made(rows: abc.Iterable[tuple[str, ...]], header: tuple[str, ...], quoting: int = csv.QUOTE_ALL) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]  # a constant of csv
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@given(st.lists(st.tuples(st.booleans(), cells), max_size=30), st.integers(1, 400), quotings, st.booleans())
@example([(True, "a")] * 3 + [(False, "x\ny")] + [(True, "b")] * 3, 64, csv.QUOTE_ALL, True)
@example([(True, '\n"001A0000006Vm9uIAC","true"')], 7, csv.QUOTE_ALL, False)
def test_each_applied_row_gives_its_id_once_wherever_the_pieces_are_cut(
    told: list[tuple[bool, str]], size: int, quoting: int, is_cut_at_end: bool
) -> None:
    ids = [f"001{place:012d}AAA" for place in range(len(told))]
    rows = [(i, str(created).lower(), i, text) for i, (created, text) in zip(ids, told, strict=True)]
    data = made(rows, ("sf__Id", "sf__Created", "Id", "Industry"), quoting)
    data = data[:-1] if is_cut_at_end else data
    assert [i for page in applied_ids(pieces(data, size)) for i in page] == ids


def test_a_big_plain_file_is_given_in_pages_without_reading_cells() -> None:
    ids = [f"001{place:012d}AAA" for place in range(30_000)]
    data = made([(i, "false", i, "Retail") for i in ids], ("sf__Id", "sf__Created", "Id", "Industry"))
    pages = list(applied_ids(pieces(data, 1 << 18)))
    assert [i for page in pages for i in page] == ids
    assert len(pages) > 3


def test_the_vendors_mixed_quoting_of_the_header_is_read() -> None:
    error = "STRING_TOO_LONG:Phone: data value too large:Phone --"
    data = (
        f'"sf__Id","sf__Error",Id,Phone\n"001A0000006Vm9uIAC","{error}","001A0000006Vm9uIAC","1"\n'.encode()
    )
    ((row,),) = refused_rows([data])
    assert (row.record_id, row.outcome, row.code) == (
        "001A0000006Vm9uIAC",
        Outcome.REJECTED,
        "salesforce.string_too_long",
    )
    assert (row.message, row.fields, row.again) == ("Phone: data value too large", ("Phone",), False)


@pytest.mark.parametrize("read", [applied_ids, refused_rows, unprocessed_rows])
def test_an_empty_file_holds_no_rows(read: object) -> None:
    assert list(read([])) == []  # type: ignore[operator]  # one of three functions


@pytest.mark.parametrize("read", [applied_ids, refused_rows, unprocessed_rows])
def test_a_file_that_does_not_begin_with_the_id_is_refused(read: object) -> None:
    with pytest.raises(InvalidRequestError):
        list(read([b"<html>\n<body>\n"]))  # type: ignore[operator]  # one of three functions


def test_only_a_header_means_no_rows() -> None:
    assert list(applied_ids([b'"sf__Id","sf__Created",Id\n'])) == []
    assert list(refused_rows([b'"sf__Id","sf__Error",Id'])) == []


def test_a_locked_row_may_be_sent_again_and_so_may_an_unprocessed_one() -> None:
    text = "UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or 200 records: 001x:--"
    ((locked,),) = refused_rows([made([("001A0000006Vm9uIAC", text, "x")], ("sf__Id", "sf__Error", "Id"))])
    assert (locked.code, locked.again) == ("salesforce.unable_to_lock_row", True)
    ((left,),) = unprocessed_rows([b"Id,Phone\n001A0000006Vm9uIAC,1\n"])
    assert (left.record_id, left.code, left.again) == ("001A0000006Vm9uIAC", "salesforce.unprocessed", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "DUPLICATE_VALUE:duplicate value found: X__c duplicates value on record with id: 006Ov:--",
            ("DUPLICATE_VALUE", "duplicate value found: X__c duplicates value on record with id: 006Ov", ()),
        ),
        (
            "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --",
            ("REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]", ("LastName",)),
        ),
        ("A:b:F1 F2 --", ("A", "b", ("F1", "F2"))),
        ("A:no fields at its end: x", ("A", "no fields at its end: x", ())),
        ("", ("", "", ())),
    ],
)
def test_an_error_is_split_at_its_first_and_last_colon(
    text: str, expected: tuple[str, str, tuple[str, ...]]
) -> None:
    assert parse_error(text) == expected


def test_a_line_break_inside_a_refused_cell_keeps_the_row_whole() -> None:
    rows = [("001A0000006Vm9uIAC", "X:a\nb:--", "y\nz"), ("001A0000006Vm9vIAC", "X:c:--", "")]
    data = made(rows, ("sf__Id", "sf__Error", "Id"))
    (found,) = refused_rows(pieces(data, 5))
    assert [row.message for row in found] == ["a\nb", "c"]
