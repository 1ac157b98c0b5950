"""How a value of several CRMs stands as a whole, and in each."""

from dataclasses import replace

from writeback.model.connections import Connection
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.types import ConnectionId, IntegrationId
from writeback.runtime.fanning import target_states, with_targets, worst
from writeback.runtime.views import Mark, Target
from writeback.store.records import Link


def target(number: int, *, write_back: bool = True) -> Target:
    mapping = FieldMapping(FieldPath.parse("Industry"), "industry", write_back=write_back)
    name = f"i{number}"
    return Target(
        Integration(IntegrationId(name), ConnectionId(f"c{number}"), "Account", "account", "Id"),
        Connection(ConnectionId(f"c{number}"), f"CRM {number}", "x", "o", "token_file"),
        mapping,
    )


def link(number: int, value: str, *, is_gone: bool = False) -> Link:
    return Link(IntegrationId(f"i{number}"), f"K{number}", is_gone, {"industry": value})


TARGETS = (target(1), target(2), target(3))
LINKS = (link(1, "New"), link(2, "Old"), link(3, "New"))


def states(**options: object) -> dict[str, str]:
    told: dict[str, object] = {"draft": None, "reasons": {}, "marks": {}} | options
    marks = told.pop("marks")
    found = target_states(TARGETS, LINKS, marks, **told)  # type: ignore[arg-type]
    return {one.connection: one.state for one in found}


def test_a_target_without_a_mark_is_confirmed() -> None:
    assert states() == {"CRM 1": "confirmed", "CRM 2": "confirmed", "CRM 3": "confirmed"}
    assert states(marks={"i2": Mark("queued")})["CRM 2"] == "queued"


def test_a_draft_waits_where_the_crm_does_not_hold_the_wish_yet() -> None:
    assert states(draft=Mark("draft", new="New")) == {
        "CRM 1": "confirmed",
        "CRM 2": "draft",
        "CRM 3": "confirmed",
    }


def test_only_live_links_that_are_written_are_targets() -> None:
    some = (target(1, write_back=False), target(2), target(3))
    links = (LINKS[0], link(2, "Old", is_gone=True), LINKS[2])
    found = target_states(some, links, {}, draft=None, reasons={})
    assert [(one.connection, one.key, one.value) for one in found] == [("CRM 3", "K3", "New")]


def test_the_reason_of_the_job_is_told_where_the_row_has_none() -> None:
    marks = {"i2": Mark("queued", job_id="j1"), "i3": Mark("refused", code="x.y", job_id="j2")}
    found = target_states(TARGETS, LINKS, marks, draft=None, reasons={"j1": "link.lost", "j2": "z"})
    assert [one.code for one in found] == ["", "link.lost", "x.y"]


def test_the_worst_stands_for_the_whole() -> None:
    order = ("queued", "sent", "unknown", "refused", "conflict")
    for place in range(1, len(order) + 1):
        found = worst(Mark(state) for state in order[:place])
        assert found is not None
        assert found.state == order[place - 1]
    assert worst(()) is None


def test_a_mark_counts_what_is_written_only_where_there_are_several() -> None:
    found = target_states(TARGETS, LINKS, {"i2": Mark("queued")}, draft=None, reasons={})
    mark = with_targets(Mark("queued"), found)
    assert (mark.written, len(mark.targets)) == (2, 3)
    assert with_targets(Mark("queued"), found[:1]) == replace(mark, targets=())
