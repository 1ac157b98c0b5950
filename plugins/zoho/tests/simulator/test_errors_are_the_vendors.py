"""Codes, messages, detail keys and statuses equal the transcription of the vendor's example files."""

import pytest
from plugins.zoho.tests.simulator.conftest import STAMP


def same_shape(told: object, example: object) -> None:
    """Compare what is the vendor's: keys, codes, messages, types; ids, names and times are invented."""
    assert type(told) is type(example) or None in (told, example), (told, example)
    if isinstance(example, dict):
        assert told.keys() == example.keys()
        for key, value in example.items():
            if key in ("code", "message", "status", "action", "more_records", "$approval_state"):
                assert told[key] == value
            else:
                same_shape(told[key], value)
    elif isinstance(example, list) and example and isinstance(example[0], dict):
        for one in told:
            same_shape(one, example[0])


ROWS = {
    "wrong_type": {"Seats": "many"},
    "too_long": {"Account_Name": "x" * 201},
    "not_in_picklist": {"Tier": "Platinum"},
    "unknown_field": {"Nope": 1},
    "mandatory": {"Account_Name": None},
    "duplicate": {"External_Id": "A-0000001"},
}


@pytest.mark.parametrize("name", ROWS)
def test_a_refused_row_is_told_as_in_the_examples(org, examples, name) -> None:
    answer = org.put("Accounts", {"id": org.id(), **ROWS[name]})
    assert answer.status_code == 400
    [told] = answer.json()["data"]
    same_shape(told, examples["record_errors"][name])
    [field] = ROWS[name]
    assert (told["details"]["api_name"], told["details"]["json_path"]) == (field, f"$.data[0].{field}")
    assert org.applied() == []


def test_the_facts_of_a_refusal_are_those_of_the_field(org) -> None:
    answer = org.put(
        "Accounts",
        {"id": org.id(), "Seats": "many"},
        {"id": org.id(), "Account_Name": "x" * 201},
        {"id": org.id(), "Tier": "Platinum"},
    )
    integer, text, picklist = (row["details"] for row in answer.json()["data"])
    assert integer["expected_data_type"] == "integer"
    assert text["maximum_length"] == 200
    assert picklist["supported_values"] == ["Gold", "Silver", "Bronze"]
    assert picklist["json_path"] == "$.data[2].Tier"


def test_several_errors_of_a_row_stand_in_one(org, examples) -> None:
    [told] = org.put("Accounts", {"id": org.id(), "Seats": "x", "Nope": 1}).json()["data"]
    assert told["code"] == examples["record_errors"]["multiple"]["code"]
    assert told["message"] == examples["record_errors"]["multiple"]["message"]
    assert [error["code"] for error in told["details"]["errors"]] == ["INVALID_DATA", "INVALID_DATA"]
    assert {frozenset(error) for error in told["details"]["errors"]} == {
        frozenset({"code", "details", "message", "status"})
    }


@pytest.mark.parametrize(
    ("fault", "name"), [("lock_row", "locked"), ("review_row", "in_review"), ("forbid_row", "no_privilege")]
)
def test_a_row_somebody_holds_is_refused_alone(org, examples, fault, name) -> None:
    org.arm(kind=fault, object="Accounts", id=org.id(row=1))
    answer = org.put("Accounts", {"id": org.id(), "Seats": 1}, {"id": org.id(row=1), "Seats": 2})
    assert answer.status_code == 207
    good, bad = answer.json()["data"]
    assert good["status"] == "success"
    expected = examples["record_errors"][name]
    assert (bad["code"], bad["message"]) == (expected["code"], expected["message"])
    assert bad["details"].keys() == expected["details"].keys()
    assert [entry["id"] for entry in org.applied()] == [org.id()]


def test_a_hundred_and_one_rows_are_too_many(org, examples) -> None:
    answer = org.put("Accounts", *({"id": org.id(row=row % 60), "Seats": 1} for row in range(101)))
    assert answer.status_code == 400
    assert answer.json() == {"data": [examples["record_errors"]["too_many_rows"]]}
    assert org.applied() == []


def test_a_stale_row_is_a_412(org, examples) -> None:
    headers = {"If-Unmodified-Since": "2020-01-01T00:00:00+00:00"}
    answer = org.put("Accounts", {"id": org.id(), "Seats": 1}, headers=headers)
    assert answer.status_code == 412
    same_shape(answer.json()["data"][0], examples["record_errors"]["stale_if_unmodified_since_http_412"])
    assert org.applied() == []


def test_success_is_told_as_in_the_examples(org, examples) -> None:
    updated = org.put("Accounts", {"id": org.id(), "Seats": 1})
    assert updated.status_code == examples["update_all_ok"]["http"]
    same_shape(updated.json(), examples["update_all_ok"]["body"])
    assert updated.json()["data"][0]["details"]["Modified_Time"] == STAMP
    created = org.call("POST", "/Accounts", json={"data": [{"Account_Name": "New"}]})
    assert created.status_code == examples["create_all_ok"]["http"]
    same_shape(created.json(), examples["create_all_ok"]["body"])
    mixed = org.put("Accounts", {"id": org.id(), "Seats": 1}, {"id": org.id(), "Nope": 1})
    assert mixed.status_code == examples["mixed"]["http"]
    for told, example in zip(mixed.json()["data"], examples["mixed"]["body"]["data"], strict=True):
        same_shape(told, example)


LISTED = "/Accounts?fields=Account_Name"
ADDRESSES = {
    "INVALID_MODULE": ("GET", "/Nothing?fields=id"),
    "INVALID_REQUEST_METHOD": ("DELETE", "/org"),
    "REQUIRED_PARAM_MISSING": ("GET", "/Accounts"),
    "LIMIT_EXCEEDED": ("GET", "/Accounts?fields=" + ",".join(f"f{number}" for number in range(51))),
    "TOKEN_BOUND_DATA_MISMATCH": ("GET", f"{LISTED}&per_page=20&page_token={{token}}"),
    "EXPIRED_VALUE": ("GET", f"{LISTED}&per_page=10&page_token={{token}}"),
    "DISCRETE_PAGINATION_LIMIT_EXCEEDED": ("GET", f"{LISTED}&page=11"),
    "PAGINATION_LIMIT_EXCEEDED": ("GET", f"{LISTED}&per_page=10&page_token={{token}}"),
    "INVALID_URL_PATTERN": ("GET", "/Accounts/1/2/3"),
}
FAULTS = {
    "OAUTH_SCOPE_MISMATCH": {"kind": "scope_mismatch"},
    "INVALID_TOKEN": {"kind": "session_invalid"},
    "NO_PERMISSION": {"kind": "forbid_module", "object": "Accounts"},
    "INTERNAL_ERROR": {"kind": "status", "status": 500},
}


def flat(org, code):
    """Provoke a flat error."""
    method, path = ADDRESSES.get(code, ("GET", LISTED))
    if "{token}" in path:
        told = org.call("GET", f"{LISTED}&per_page=10").json()
        path = path.format(token=told["info"]["next_page_token"])
    if code == "EXPIRED_VALUE":
        org.clock.pass_by(hours=25)
    if code in FAULTS:
        org.arm(**FAULTS[code])
    return org.call(method, path)


def test_every_flat_error_is_told_as_in_the_examples(make, examples) -> None:
    told = 0
    for example in examples["flat_errors"]:
        code = example["body"]["code"]
        answer = flat(make(token_rows="10" if code == "PAGINATION_LIMIT_EXCEEDED" else "100000"), code)
        body = example["body"]
        if code == "NO_PERMISSION":
            body = {**body, "details": {"permissions": ["Crm_Implied_View_Accounts"]}}
        assert (answer.status_code, answer.json()) == (example["http"], body)
        assert answer.headers["Content-Type"] == "application/json;charset=UTF-8"
        told += 1
    assert told == 13


def test_uploads_and_bulk_jobs_are_told_as_in_the_examples(org, examples) -> None:
    uploaded = org.upload("id,Seats\n")
    example = examples["bulk"]["upload_ok"]
    assert uploaded.status_code == example["http"]
    same_shape(uploaded.json(), example["body"])
    resource = {
        "type": "data",
        "module": {"api_name": "Accounts"},
        "file_id": uploaded.json()["details"]["file_id"],
        "find_by": "id",
    }
    made = org.call("POST", "/crm/bulk/v8/write", json={"operation": "update", "resource": [resource]})
    assert made.status_code == examples["bulk"]["write_created"]["http"]
    same_shape(made.json(), examples["bulk"]["write_created"]["body"])
    query = {"module": {"api_name": "Accounts"}, "fields": ["Account_Name"]}
    read = org.call("POST", "/crm/bulk/v8/read", json={"query": query})
    assert read.status_code == examples["bulk"]["read_created"]["http"]
    same_shape(read.json(), examples["bulk"]["read_created"]["body"])


def test_refused_uploads_are_told_as_in_the_examples(org, examples) -> None:
    big = b"x" * 25_000_001

    def post(data, **headers):
        return org.call("POST", "/upload", files={"file": ("rows.zip", data)}, headers=headers)

    zgid = {"X-CRM-ORG": org.org.zgid}
    answers = [
        post(b"", feature="bulk-write", **{"X-CRM-ORG": "1"}),
        post(big, feature="bulk-write", **zgid),
        post(b"", **zgid),
        post(b"no zip", feature="bulk-write", **zgid),
        post(b"", feature="documents", **zgid),
    ]
    for answer, (code, message) in zip(answers, examples["bulk"]["upload_errors"], strict=True):
        assert answer.status_code == 400
        assert answer.json()["code"] == code
        assert message in (None, answer.json()["message"])
