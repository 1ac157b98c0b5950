"""Result files: joined by id, streamed, hostile ones refused."""

import io
import zipfile

import pytest
from plugins.zoho.tests.making import record_id

from writeback.errors import InvalidRequestError
from writeback.model.jobs import Outcome
from writeback.sdk.capabilities import BulkRefusal
from writeback_zoho.limits import UPLOAD_ROWS
from writeback_zoho.wire.bulk_results import pages_of, parse_errors, read_zip

HEADER = "id,Phone,STATUS,RECORD_ID,ERRORS"


def zipped(*texts: str) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for at, text in enumerate(texts):
            archive.writestr(f"Leads-Leads{at}.csv", text)
    file.seek(0)
    return file


def read(*lines: str) -> tuple[list[str], list[BulkRefusal]]:
    pages = list(read_zip(zipped("\ufeff" + "\r\n".join((HEADER, *lines)) + "\r\n")))
    return [key for page in pages for key in page.applied], [row for page in pages for row in page.refused]


def test_rows_are_joined_by_the_record_id_in_any_order() -> None:
    applied, refused = read(
        f'{record_id(3)},"+1 ""x"", 2\nsecond line",UPDATED,{record_id(3)},',
        f"{record_id(1)},+1,SKIPPED,,INVALID_DATA-Phone",
        f",+1,UPDATED,{record_id(2)},",
    )
    assert applied == [record_id(3), record_id(2)]
    assert [row.record_id for row in refused] == [record_id(1)]


def test_a_refused_row_tells_code_and_fields() -> None:
    _, (row,) = read(f'{record_id(1)},,SKIPPED,,"MANDATORY_NOT_FOUND-Company,Last_Name:DUPLICATE_DATA-Email"')
    assert (row.outcome, row.code, row.again) == (Outcome.REJECTED, "zoho.mandatory_not_found", False)
    assert row.fields == ("Company", "Last_Name", "Email")
    assert row.message == "MANDATORY_NOT_FOUND-Company,Last_Name:DUPLICATE_DATA-Email"


def test_what_was_not_reached_may_go_again_and_what_is_odd_is_unknown() -> None:
    _, refused = read(
        f"{record_id(1)},,UNPROCESSED,,",
        f"{record_id(2)},,UNPROCESSED,,CANNOT_PROCESS-id",
        f"{record_id(3)},,ADDED,{record_id(9)},",
        f"{record_id(4)},,SKIPPED,,",
        f"{record_id(5)},,???,,",
    )
    assert [(row.outcome, row.code, row.again) for row in refused] == [
        (Outcome.REJECTED, "zoho.unprocessed", True),
        (Outcome.REJECTED, "zoho.cannot_process", False),
        (Outcome.UNKNOWN, "zoho.unexpected_status", False),
        (Outcome.REJECTED, "zoho.skipped", False),
        (Outcome.UNKNOWN, "zoho.unexpected_status", False),
    ]


def test_a_row_that_fits_nothing_is_told_of_nowhere() -> None:
    assert read("x,,UPDATED,,", f"{record_id(1)},UPDATED", "") == ([], [])


@pytest.mark.parametrize(
    ("text", "code", "fields"),
    [
        ("", "", ()),
        ("INVALID_DATA-A", "INVALID_DATA", ("A",)),
        ("NOT_APPROVED", "NOT_APPROVED", ()),
        ("A-x,y:B-x,z", "A", ("x", "y", "z")),
    ],
)
def test_errors_are_split_as_documented(text: str, code: str, fields: tuple[str, ...]) -> None:
    assert parse_errors(text) == (code, fields)


def test_more_rows_than_were_sent_are_not_read_on() -> None:
    lines = (f"{record_id(number)},,UPDATED,,\n" for number in range(UPLOAD_ROWS + 1))
    with pytest.raises(InvalidRequestError, match=r"zoho\.unreadable_answer"):
        for _page in pages_of([HEADER + "\n", *lines]):
            pass


@pytest.mark.parametrize(
    "file",
    [
        io.BytesIO(b""),
        io.BytesIO(b"PK\x03\x04 broken"),
        zipped(),
        zipped("a", "b"),
        zipped("id,Phone\n1,2\n"),
        zipped(""),
    ],
)
def test_a_file_that_is_no_result_is_refused(file: io.BytesIO) -> None:
    file.seek(0)
    with pytest.raises(InvalidRequestError, match=r"zoho\.unreadable_answer"):
        list(read_zip(file))


def test_a_folder_beside_the_file_does_not_matter() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("folder/", "")
        archive.writestr("folder/x.csv", HEADER + "\n")
    file.seek(0)
    assert [list(page.applied) for page in read_zip(file)] == []
