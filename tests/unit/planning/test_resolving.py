import pytest

from tests.unit.planning.crm_facts import ACCOUNT, OBJECTS
from writeback.errors import MappingError
from writeback.model.changes import Reason
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ReferenceMode
from writeback.model.types import AttributeType
from writeback.planning.resolving import Aim, Chosen, aim_at, aims_at, choose, moves_hop, refuse_doubles
from writeback.sdk.values import Candidate


def aim(path: str, **options: object) -> Aim:
    return aim_at(FieldPath.parse(path), ACCOUNT, **options)  # type: ignore[arg-type]  its own keywords


def test_a_plain_field_travels_as_itself() -> None:
    found = aim("industry", attribute="branch")
    assert (str(found.column.path), found.column.field) == ("Industry", "Industry")
    assert (found.column.kind, found.column.attribute) == (AttributeType.LIST, "branch")
    assert (found.blocked, found.lookup) == (None, None)


def test_a_path_through_a_reference_re_points_it() -> None:
    found = aim("Owner.Email")
    assert (str(found.column.path), found.column.field, found.column.kind) == (
        "Owner.Email",
        "OwnerId",
        AttributeType.TEXT,
    )
    assert found.lookup is not None
    assert (found.lookup.targets, found.lookup.by, found.lookup.shows) == (("User",), "Email", "Owner.Email")


def test_a_reference_named_by_its_own_field_is_looked_up_by_id() -> None:
    found = aim("OwnerId")
    assert found.lookup is not None
    assert (found.lookup.by, found.lookup.shows) == ("", "")


@pytest.mark.parametrize(("path", "code"), [("Id", "field.read_only"), ("Score", "field.calculated")])
def test_what_cannot_be_written_says_so_before_any_row(path: str, code: str) -> None:
    blocked = aim(path).blocked
    assert blocked is not None
    assert (blocked.code, blocked.facts) == (code, (("field", path),))


def aims(path: str, mode: ReferenceMode, start: str = "Account") -> tuple[Aim, ...]:
    return aims_at(FieldPath.parse(path), OBJECTS[start], describe=OBJECTS.__getitem__, mode=mode)


EDIT, REPOINT = ReferenceMode.EDIT_TARGET, ReferenceMode.REPOINT


@pytest.mark.parametrize(
    ("path", "mode", "written"),
    [
        ("Owner.Email", REPOINT, ("Account", (), "OwnerId")),
        ("Owner.Email", EDIT, ("User", ("Owner",), "Email")),
        ("Owner.Manager.Email", REPOINT, ("User", ("Owner",), "ManagerId")),
        ("Owner.Manager.Title", EDIT, ("User", ("Owner", "Manager"), "Title")),
        ("Owner.Manager.Manager.Email", REPOINT, ("User", ("Owner", "Manager"), "ManagerId")),
        ("Owner.ManagerId", EDIT, ("User", ("Owner",), "ManagerId")),
    ],
)
def test_the_mode_and_the_path_say_which_column_of_which_record_is_written(
    path: str, mode: ReferenceMode, written: tuple[str, tuple[str, ...], str]
) -> None:
    (found,) = aims(path, mode)
    assert (found.object, found.column.via, found.column.field) == written
    assert str(found.column.path) == path
    assert found.blocked is None


def test_pointing_a_far_reference_elsewhere_is_looked_up_as_a_near_one_is() -> None:
    (found,) = aims("Owner.Manager.Email", REPOINT)
    assert found.lookup is not None
    assert (found.lookup.targets, found.lookup.by, found.lookup.shows) == (
        ("User",),
        "Email",
        "Owner.Manager.Email",
    )


def test_of_several_kinds_those_are_written_whose_field_may_be() -> None:
    (found,) = aims("Owner.Name", EDIT, "Lead")
    assert found.object == "User"
    assert [(name, reason.code) for name, reason in found.closed] == [("Queue", "reference.target_read_only")]


def test_a_kind_that_lacks_the_field_is_closed_with_that_reason() -> None:
    (found,) = aims("Owner.Title", EDIT, "Lead")
    assert dict(found.closed)["Queue"].code == "mapping.unknown_field"


@pytest.mark.parametrize(
    ("path", "start", "code"),
    [
        ("Owner.Alias", "Account", "field.read_only"),
        ("What.Name", "Lead", "reference.too_many_kinds"),
    ],
)
def test_what_may_be_written_on_no_kind_says_so_with_the_whole_path(path: str, start: str, code: str) -> None:
    (found,) = aims(path, EDIT, start)
    assert found.blocked is not None
    assert (found.blocked.code, dict(found.blocked.facts)["field"]) == (code, path)


@pytest.mark.parametrize("path", ["Owner.Nothing", "Nobody.Email", "Owner.Nobody.Email"])
def test_a_longer_path_that_leads_nowhere_is_an_error(path: str) -> None:
    with pytest.raises(MappingError) as caught:
        aims(path, EDIT)
    assert caught.value.facts["path"] == path


@pytest.mark.parametrize(
    ("path", "via", "moves"),
    [
        ("Owner.Email", ("Owner",), True),
        ("OwnerId", ("Owner",), True),
        ("owner.Email", ("Owner", "Manager"), True),
        ("Owner.Manager.Email", ("Owner", "Manager"), True),
        ("Owner.Manager.Email", ("Owner",), False),
        ("Name", ("Owner",), False),
    ],
)
def test_a_hop_of_a_way_is_moved_by_what_points_it_elsewhere(
    path: str, via: tuple[str, ...], moves: bool
) -> None:
    assert moves_hop(aims(path, REPOINT)[0], via) is moves


def test_a_path_is_kept_in_the_spelling_of_the_crm() -> None:
    assert str(aims("owner.manager.title", EDIT)[0].column.path) == "Owner.Manager.Title"
    assert str(aims("owner.Email", REPOINT)[0].column.path) == "Owner.Email"


def test_a_field_of_no_type_we_carry_is_blocked() -> None:
    found = aim("Blob")
    assert (found.column.kind, found.blocked and found.blocked.code) == (
        AttributeType.TEXT,
        "field.not_carried",
    )


@pytest.mark.parametrize("path", ["Nothing", "Nobody.Email"])
def test_an_unknown_field_or_reference_is_an_error(path: str) -> None:
    with pytest.raises(MappingError) as caught:
        aim(path)
    assert (caught.value.code, caught.value.facts["path"]) == ("mapping.unknown_field", path)


def test_a_reference_written_by_its_field_is_told_how_it_is_followed() -> None:
    with pytest.raises(MappingError) as caught:
        aim("OwnerId.Email")
    assert (caught.value.code, caught.value.facts["right"]) == ("mapping.path_by_field", "Owner.Email")


def test_two_paths_on_one_crm_field_are_refused_with_both_names() -> None:
    refuse_doubles((aim("Name"), aim("Owner.Email")))
    with pytest.raises(MappingError) as caught:
        refuse_doubles((aim("Owner.Email"), aim("Name"), aim("OwnerId")))
    assert (caught.value.facts["first"], caught.value.facts["second"]) == ("Owner.Email", "OwnerId")


def test_one_active_candidate_is_the_one_meant_whoever_left() -> None:
    ada, gone = Candidate("1", "Ada"), Candidate("2", "Ada", is_active=False)
    assert choose((ada,), field="f", value="v") == Chosen("1", "Ada")
    assert choose((gone, ada), field="f", value="v") == Chosen("1", "Ada")


@pytest.mark.parametrize(
    ("candidates", "code"),
    [
        ((), "reference.not_found"),
        ((Candidate("1", "Ada", is_active=False),), "reference.inactive"),
        (tuple(Candidate(str(n), "Ada") for n in range(7)), "reference.ambiguous"),
    ],
)
def test_a_value_that_means_no_one_record_is_refused_with_the_candidates(
    candidates: tuple[Candidate, ...], code: str
) -> None:
    found = choose(candidates, field="Owner.Email", value="ada@example.com")
    assert isinstance(found, Reason)
    facts = dict(found.facts)
    assert (found.code, facts["field"], facts["value"]) == (code, "Owner.Email", "ada@example.com")
    assert ("candidates" in facts) == bool(candidates)
    assert facts.get("candidates", "").count("Ada") == min(5, len(candidates))
