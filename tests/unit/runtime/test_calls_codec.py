import json

import pytest

from writeback import errors
from writeback.errors import Cancelled, InternalError, LinkLostError, RetryableError, WritebackError
from writeback.model.changes import Origin
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, ReferenceMode
from writeback.model.jobs import Route
from writeback.model.types import RecordId
from writeback.model.value_rules import Pair, TransformUse, UnknownRule, ValueRules
from writeback.runtime import calls
from writeback.runtime.facade import Edit, PlanSource


def test_arguments_arrive_equal_and_of_their_own_types() -> None:
    given = {
        "integration": "i1",
        "mappings": (FieldMapping(FieldPath.parse("Owner.Email"), "csm", write_back=True),),
        "act": "a1",
    }
    plain = calls.arguments_to_plain("map_fields", given)
    assert calls.arguments_from_plain("map_fields", plain) == given


def test_value_rules_arrive_as_what_they_are() -> None:
    rules = ValueRules((Pair("a", "b"),), UnknownRule.DEFAULT, "b", (TransformUse("date", "dd.mm.yyyy"),))
    mapping = FieldMapping(FieldPath.parse("Tier"), "tier", values=rules)
    sent = {"integration": "i1", "mappings": (mapping,), "act": "x"}
    arrived = calls.arguments_from_plain(
        "map_fields", json.loads(json.dumps(calls.arguments_to_plain("map_fields", sent)))
    )
    assert arrived == sent
    (back,) = arrived["mappings"]  # type: ignore[misc]  one mapping
    assert isinstance(back.values.pairs[0], Pair)
    assert isinstance(back.values.transforms[0], TransformUse)


def test_a_plan_source_keeps_its_enums() -> None:
    source = PlanSource(
        kind="file", route=Route.BULK, reference_modes=(("Owner.Email", ReferenceMode.EDIT_TARGET),)
    )
    plain = calls.arguments_to_plain("propose", {"source": source, "act": "a"})
    assert calls.arguments_from_plain("propose", plain)["source"] == source


def test_a_clear_is_not_a_blank() -> None:
    edits = (Edit(RecordId("r"), "a", None), Edit(RecordId("r"), "b", ""))
    plain = calls.arguments_to_plain("save_edits", {"edits": edits, "origin": Origin.CLI})
    assert calls.arguments_from_plain("save_edits", plain)["edits"] == edits


@pytest.mark.parametrize(
    ("call", "plain"),
    [
        ("no_such_call", {}),
        ("__init__", {}),
        ("pull", {"integration": "i1", "other": 1}),
        ("pull", {"integration": ["i1"]}),
        ("pull", {"return": None}),
    ],
)
def test_what_is_no_call_is_refused(call: str, plain: dict[str, object]) -> None:
    with pytest.raises(InternalError):
        calls.arguments_from_plain(call, plain)


def test_every_error_arrives_as_itself() -> None:
    for name in errors.__all__:
        kind = getattr(errors, name)
        if not (isinstance(kind, type) and issubclass(kind, WritebackError)):
            continue
        sent = kind("area.what", row=3)
        if isinstance(sent, RetryableError):
            sent.after = 2.5
        back = calls.error_from_plain(calls.error_to_plain(sent))
        assert type(back) is kind
        assert isinstance(back, WritebackError)
        assert (back.code, back.facts) == ("area.what", {"row": 3})
        assert getattr(back, "after", None) == getattr(sent, "after", None)


def test_an_error_that_knows_no_wait_tells_none() -> None:
    assert calls.error_to_plain(LinkLostError("link.lost", after=None))["after"] is None


def test_cancelled_arrives_as_cancelled() -> None:
    assert isinstance(calls.error_from_plain(calls.error_to_plain(Cancelled())), Cancelled)


def test_an_error_of_an_unknown_kind_is_our_bug_not_a_crash() -> None:
    assert type(calls.error_from_plain({"kind": "os.system", "code": "x"})) is InternalError
