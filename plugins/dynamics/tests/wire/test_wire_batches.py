"""$batch: exact bytes out, one result a row back, whatever the answer looks like."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.dynamics.tests.making import BASE, described, pointing, record_id, request, write

from writeback.errors import ConnectorError, ContractBrokenError, InvalidRequestError, OutcomeUnknownError
from writeback.model.jobs import Outcome
from writeback.sdk.connector import Prepared, WriteRequest
from writeback_dynamics.limits import BATCH_PARTS, MULTIPLE_ROWS
from writeback_dynamics.wire.answers import Answer
from writeback_dynamics.wire.batches import parse_batch, prepare_batch
from writeback_dynamics.wire.multipart import Part, pack, unpack

TYPE = "multipart/mixed; boundary=batchresponse_1"


def prepared(asked: WriteRequest, **steer: str) -> Prepared:
    return prepare_batch(asked, described("account"), pointing(), steer=tuple(steer.items()))


def answered(*parts: tuple[int, str] | tuple[int, str, str], status: int = 200, kind: str = TYPE) -> Answer:
    pieces = [
        "--batchresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        f"HTTP/1.1 {number} Words\r\n{''.join(more) or 'OData-Version: 4.0'}\r\n\r\n{told}\r\n"
        for number, told, *more in parts
    ]
    return Answer(status, ("".join(pieces) + "--batchresponse_1--\r\n").encode(), {"content-type": kind})


def error(code: str) -> str:
    return json.dumps({"error": {"code": code, "message": "Words."}})


def test_each_row_is_a_part_with_its_own_condition_in_exact_bytes() -> None:
    asked = request(write(1, name="a"), write(2, base='W/"9"', name="b\r\n--x"), is_conditional=True)
    made = prepared(asked, CallerObjectId="c")
    assert made == prepared(asked, CallerObjectId="c")
    boundary = made.headers[0][1].partition('boundary="')[2].rstrip('"')
    part = (
        "--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        "PATCH /api/data/v9.2/accounts({row}) HTTP/1.1\r\nContent-Type: application/json; type=entry\r\n"
        "If-Match: {base}\r\nCallerObjectId: c\r\n\r\n{body}\r\n"
    )
    assert made.body.decode() == (
        part.format(boundary=boundary, row=record_id(1), base=BASE, body='{"name":"a"}')
        + part.format(boundary=boundary, row=record_id(2), base='W/"9"', body='{"name":"b\\r\\n--x"}')
        + f"--{boundary}--\r\n"
    )
    assert (made.method, made.path) == ("POST", "$batch")
    assert dict(made.headers)["Prefer"] == "odata.continue-on-error"
    assert b"\n" not in made.body.replace(b"\r\n", b"")


def test_without_a_check_a_deleted_row_is_still_never_made_again() -> None:
    body = prepared(request(write(1, name="a"), write(2, name="b"))).body
    assert body.count(b"If-Match: *\r\n") == 2


def test_a_batch_holds_so_many_rows_and_no_more() -> None:
    many = [write(number, name="x") for number in range(MULTIPLE_ROWS + 1)]
    assert prepared(request(*many[:BATCH_PARTS], is_conditional=True)).body.count(b"PATCH ") == BATCH_PARTS
    for rows, is_conditional in ((many[: BATCH_PARTS + 1], True), (many, False), ([], False)):
        with pytest.raises(ContractBrokenError, match=r"dynamics\.too_many_writes"):
            prepared(request(*rows, is_conditional=is_conditional))


def test_results_are_those_of_the_parts_in_their_order() -> None:
    asked = request(*(write(number, name="x") for number in range(1, 6)), is_conditional=True)
    answer = answered(
        (204, ""),
        (412, error("0x80060882")),
        (400, error("0x80044331")),
        (429, error("0x80072322")),
        (500, ""),
    )
    results = parse_batch(answer, asked).results
    assert [(one.key, one.outcome.value, one.again) for one in results] == [
        ("key1", "applied", False),
        ("key2", "conflict", False),
        ("key3", "rejected", False),
        ("key4", "rejected", True),
        ("key5", "unknown", False),
    ]
    assert (results[2].code, results[2].message) == ("dynamics.string_length_too_long", "Words.")


@pytest.mark.parametrize("status", [200, 400])
def test_a_batch_that_ends_early_leaves_the_rest_unknown(status: int) -> None:
    asked = request(write(1, name="x"), write(2, name="x"), write(3, name="x"))
    answer = answered((204, ""), (400, error("0x80044331")), status=status)
    results = parse_batch(answer, asked).results
    assert [one.outcome.value for one in results] == ["applied", "rejected", "unknown"]
    assert results[2].code == "dynamics.answer_incomplete"


def test_parts_that_name_other_rows_are_given_to_the_rows_they_name() -> None:
    asked = request(*(write(number, name="x") for number in (1, 2, 3)))

    def named(number: int) -> str:
        return f"OData-EntityId: https://org/api/data/v9.2/accounts({record_id(number)})"

    kept = parse_batch(answered((204, "", named(1)), (400, "{}"), (204, "")), asked).results
    assert [one.outcome.value for one in kept] == ["applied", "rejected", "applied"]
    shuffled = parse_batch(answered((204, "", named(3)), (400, "{}"), (204, "", named(1))), asked).results
    assert [one.outcome.value for one in shuffled] == ["applied", "unknown", "applied"]


@pytest.mark.parametrize(
    "answer",
    [
        answered((204, ""), (204, ""), (204, "")),
        answered((204, ""), kind="text/html"),
        answered((204, ""), kind="multipart/mixed"),
        answered((204, ""), kind='multipart/mixed; boundary="other"'),
        Answer(
            200, b"--batchresponse_1\r\n\r\nnonsense\r\n--batchresponse_1\r\n\r\nx", {"content-type": TYPE}
        ),
    ],
)
def test_an_answer_that_fits_nothing_proves_nothing(answer: Answer) -> None:
    asked = request(write(1, name="x"), write(2, name="x"))
    assert {one.outcome for one in parse_batch(answer, asked).results} == {Outcome.UNKNOWN}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(400, error("0x80048d19").encode()), InvalidRequestError),
        (Answer(502, b"<html>"), OutcomeUnknownError),
    ],
)
def test_a_batch_refused_as_a_whole_is_an_error(answer: Answer, kind: type[ConnectorError]) -> None:
    with pytest.raises(kind):
        parse_batch(answer, request(write(1, name="x"), write(2, name="x")))


bodies = st.binary(max_size=60) | st.sampled_from([b"--batch_", b"\r\n--batch_\r\n", b"\r\n\r\n"])
headers = st.lists(
    st.tuples(st.sampled_from(["If-Match", "X"]), st.text("aW/\"1'", min_size=1)),
    max_size=2,
    unique_by=lambda h: h[0],
).map(tuple)
parts = st.lists(st.builds(Part, st.just("PATCH"), st.just("/x"), headers, bodies), max_size=5)


@given(parts)
def test_whatever_the_parts_hold_they_are_read_back_one_by_one(made: list[Part]) -> None:
    boundary, body = pack(made)
    assert pack(made) == (boundary, body)
    as_answer = body.replace(b"PATCH /x HTTP/1.1\r\n", b"HTTP/1.1 200 OK\r\n")
    found = unpack(f'Multipart/Mixed;BOUNDARY="{boundary}"', as_answer)
    assert len(found) == len(made)
    for one, part in zip(found, made, strict=True):
        assert one is not None
        assert one.status == 200
        expected = {name.lower(): value for name, value in part.headers}
        assert one.headers == expected
        if b"\r\n\r\n" not in part.body and not part.body.endswith(b"\r\n"):
            assert one.content == part.body


def test_the_vendors_forms_of_an_answer_are_read() -> None:
    leading = (
        b"\r\n--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\nbroken\r\n\r\n\r\n--b--"
    )
    (one,) = unpack("multipart/mixed;boundary=b", leading)
    assert one == Answer(204, b"", {})
