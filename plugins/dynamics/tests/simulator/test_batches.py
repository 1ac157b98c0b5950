"""$batch: both failure modes, change sets, boundaries and line endings (contract, section 12)."""

import re
from collections import abc

import pytest
from plugins.dynamics.tests.simulator.conftest import FREE, Client, problem

GOES_ON = "odata.continue-on-error"
STATUS = re.compile(r"HTTP/1\.1 (\d{3}) ")


def statuses(text: str) -> list[int]:
    return [int(found) for found in STATUS.findall(text)]


def updates(org: Client, *bodies: dict[str, object]) -> list[str]:
    return [
        org.part("PATCH", org.path("account", row), body, If_Match="*") for row, body in enumerate(bodies)
    ]


def test_parts_are_answered_in_order_and_an_error_stops_the_rest(org: Client) -> None:
    parts = updates(org, {"name": "one"}, {"wb_tier": 7}, {"name": "three"})
    answer = org.batch(*parts)
    assert (answer.status_code, statuses(answer.text)) == (400, [204, 400])
    assert [entry["id"] for entry in org.applied()] == [org.id("account", 0)]
    boundary = answer.headers["Content-Type"].partition("boundary=")[2]
    assert boundary.startswith("batchresponse_")
    assert answer.text.startswith(f"--{boundary}\r\n")
    assert answer.text.endswith(f"--{boundary}--\r\n")
    assert "REQ_ID: " in answer.text
    assert f"OData-EntityId: {org.root}{org.path('account')}" in answer.text


def test_asked_to_go_on_it_does_every_part(org: Client) -> None:
    answer = org.batch(*updates(org, {"name": "one"}, {"wb_tier": 7}, {"name": "three"}), prefer=GOES_ON)
    assert (answer.status_code, statuses(answer.text)) == (200, [204, 400, 204])
    assert [entry["route"] for entry in org.applied()] == ["batch", "batch"]


def test_each_part_checks_its_own_version(org: Client) -> None:
    parts = [
        org.part("PATCH", org.path("account", 0), {"name": "x"}, If_Match=org.etag("account", 0)),
        org.part("PATCH", org.path("account", 1), {"name": "x"}, If_Match='W/"1"'),
        org.part("PATCH", f"accounts({FREE})", {"name": "x"}, If_Match="*"),
        org.part("PATCH", org.path("account", 0), {"name": "y"}, If_Match=org.etag("account", 0)),
    ]
    answer = org.batch(*parts, prefer=GOES_ON)
    assert statuses(answer.text) == [204, 412, 404, 412]


def test_reads_stand_between_writes_and_see_them(org: Client) -> None:
    read = f"{org.path('account')}?$select=name"
    parts = [*updates(org, {"name": "Zoë 株式会社"}), org.part("GET", read)]
    answer = org.batch(*parts)
    assert statuses(answer.text) == [204, 200]
    assert '"name":"Zoë 株式会社"' in answer.content.decode()
    assert "application/json; odata.metadata=minimal; odata.streaming=true" in answer.text


def test_inner_addresses_are_relative_absolute_or_bare(org: Client) -> None:
    path = f"{org.path('account')}?$select=name"
    urls = (f"/api/data/v9.2/{path}", f"{org.root}{path}", path)
    parts = [f"GET {url} HTTP/1.1\r\nAccept: application/json\r\n\r\n" for url in urls]
    assert statuses(org.batch(*parts).text) == [200, 200, 200]


@pytest.mark.parametrize(
    ("head", "start"),
    [
        ('multipart/mixed; boundary="b_1"', ""),
        ("multipart/mixed;boundary=b_1", "\r\n"),
        ("multipart/mixed; boundary=b_1", "preamble\r\n"),
    ],
)
def test_boundaries_come_quoted_and_not_and_after_an_empty_line(org: Client, head: str, start: str) -> None:
    [part] = updates(org, {"name": "x"})
    lines = [
        "--b_1",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        "",
        part,
        "",
        "--b_1--",
    ]
    body = start + "\r\n".join([*lines, ""])
    answer = org.call("POST", "$batch", data=body.encode(), headers={"Content-Type": head})
    assert statuses(answer.text) == [204]
    assert org.applied()[0]["fields"] == {"name": "x"}


def test_bare_line_feeds_are_tolerated_unless_the_switch_says_no(make: abc.Callable[..., Client]) -> None:
    for lines, status in (("tolerant", 200), ("strict", 400)):
        org = make(batch_lines=lines)
        [part] = updates(org, {"name": "x"})
        body = f"--b\r\nContent-Type: application/http\r\n\r\n{part}\r\n--b--\r\n"
        headers = {"Content-Type": "multipart/mixed; boundary=b"}
        assert org.call("POST", "$batch", data=body.encode(), headers=headers).status_code == 200
        bare = body.replace("\r\n", "\n").encode()
        answer = org.call("POST", "$batch", data=bare, headers=headers)
        assert answer.status_code == status
        if status == 400:
            assert "System.ArgumentException: Stream was not readable." in problem(answer)[2]
            assert org.call("POST", "$batch", data=body.encode()[:-2], headers=headers).status_code == 400


@pytest.mark.parametrize(
    "body",
    [b"", b"--b\r\n", b"--b--\r\n", b"--b\r\nContent-Type: application/http\r\n\r\nrubbish\r\n--b--\r\n"],
)
def test_what_is_no_batch_is_refused(org: Client, body: bytes) -> None:
    answer = org.call("POST", "$batch", data=body, headers={"Content-Type": "multipart/mixed; boundary=b"})
    assert problem(answer)[:2] == (400, "0x80048d19")
    answer = org.call("POST", "$batch", data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


def test_a_batch_holds_a_thousand_operations_and_no_batch(org: Client) -> None:
    part = org.part("GET", "WhoAmI")
    assert len(statuses(org.batch(*[part] * 1000).text)) == 1000
    assert org.batch(*[part] * 1001).status_code == 400
    assert statuses(org.batch(org.part("POST", "$batch", {})).text) == [400]


def test_a_change_set_is_kept_whole_and_echoes_its_ids(org: Client) -> None:
    parts = [
        ("100001", org.part("POST", "contacts", {"lastname": "Ø'Neill"})),
        ("100002", org.part("POST", "accounts", {"name": "x", "primarycontactid@odata.bind": "$100001"})),
        ("100003", org.part("PATCH", "$100002", {"telephone1": "1"}, If_Match="*")),
        ("100004", org.part("PUT", "$100001/jobtitle", {"value": "Buyer"})),
    ]
    answer = org.change_set(*parts)
    assert (answer.status_code, statuses(answer.text)) == (200, [204, 204, 204, 204])
    assert re.findall(r"Content-ID: (\d+)", answer.text) == ["100001", "100002", "100003", "100004"]
    assert "boundary=changesetresponse_" in answer.text
    accounts = org.org.tables["account"]
    assert accounts.value(60, "primarycontactid").id == org.id("contact", 45)
    assert accounts.value(60, "telephone1") == "1"
    assert org.value("contact", 45, "jobtitle") == "Buyer"
    assert [entry["operation"] for entry in org.applied()] == ["create", "create", "update", "update"]


def test_a_failed_change_set_leaves_nothing_and_is_one_part(
    org: Client, make: abc.Callable[..., Client]
) -> None:
    def fail(org: Client) -> str:
        before = org.etag("account", 0), org.value("account", 0, "name")
        parts = [
            ("1", org.part("PATCH", org.path("account", 0), {"name": "x"}, If_Match="*")),
            ("2", org.part("POST", "contacts", {"lastname": "y"})),
            ("3", org.part("DELETE", org.path("account", 2))),
            ("4", org.part("PATCH", org.path("account", 1), {"wb_tier": 7}, If_Match="*")),
        ]
        answer = org.change_set(*parts)
        assert answer.status_code == 400
        assert statuses(answer.text) == [400]
        assert org.applied() == []
        assert (org.etag("account", 0), org.value("account", 0, "name")) == before
        assert org.get(org.path("account", 2)).status_code == 200
        assert len(org.rows("contacts?$select=lastname&$filter=lastname eq 'y'")) == 0
        return answer.text

    assert "changesetresponse" not in fail(org)
    assert "changesetresponse" in fail(make(failed_change_set="multipart"))


def test_a_change_set_may_not_read_or_name_what_is_not_there(org: Client) -> None:
    assert statuses(org.change_set(("1", org.part("GET", "accounts"))).text) == [400]
    unknown = org.change_set(("1", org.part("POST", "accounts", {"primarycontactid@odata.bind": "$7"})))
    assert "Content-ID Reference: '$7' does not exist in the batch context." in unknown.text
    unknown = org.change_set(("1", org.part("PATCH", "$7", {"name": "x"})))
    assert "Content-ID Reference: '$7' does not exist in the batch context." in unknown.text


def test_annotations_asked_of_the_batch_hold_for_its_parts(org: Client) -> None:
    wanted = f'{GOES_ON},odata.include-annotations="*"'
    answer = org.batch(
        *updates(org, {"wb_tier": 7}), org.part("GET", "accounts?$select=statecode&$top=1"), prefer=wanted
    )
    assert "@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus" in answer.text
    assert "statecode@OData.Community.Display.V1.FormattedValue" in answer.text
