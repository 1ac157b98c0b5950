"""Candidates: who answers to a value, compared as Dataverse compares."""

from plugins.dynamics.tests.making import described, record_id

from writeback.sdk.values import FieldInfo
from writeback_dynamics.wire.finds import group_candidates, select_candidates


def field(table: str, name: str) -> FieldInfo:
    found = described(table).info.field(name)
    assert found is not None
    return found


def test_a_candidate_shows_its_name_and_a_user_whether_it_is_switched_off() -> None:
    users = select_candidates("systemuser", field("systemuser", "internalemailaddress"), described)
    assert users.paths == ("internalemailaddress", "fullname", "isdisabled")
    teams = select_candidates("team", field("team", "name"), described)
    assert teams.paths == ("name", "name")


def test_values_are_compared_without_case_and_every_one_has_an_answer() -> None:
    by = field("systemuser", "internalemailaddress")
    rows = [
        (record_id(1), None, ("A@x.example", "Ann", False)),
        (record_id(2), None, ("a@X.example", None, True)),
    ]
    found = group_candidates(
        rows, ["a@x.example", "A@X.EXAMPLE ", "b@x.example", ""], object_name="systemuser", by=by
    )
    assert [one.id for one in found["a@x.example"]] == [record_id(1), record_id(2)]
    assert [(one.title, one.is_active, one.object) for one in found["A@X.EXAMPLE "]] == [
        ("Ann", True, "systemuser"),
        ("", False, "systemuser"),
    ]
    assert found["b@x.example"] == found[""] == ()


def test_ids_are_compared_as_ids_and_booleans_as_words() -> None:
    by = field("account", "accountid")
    found = group_candidates(
        [(record_id(1), None, (record_id(1), "Acme"))],
        ["{" + record_id(1).upper() + "}", "x"],
        object_name="account",
        by=by,
    )
    assert [len(found[value]) for value in found] == [1, 0]
    flag = group_candidates(
        [(record_id(1), None, (True, "Acme"))],
        ["TRUE"],
        object_name="account",
        by=field("account", "donotemail"),
    )
    assert len(flag["TRUE"]) == 1
