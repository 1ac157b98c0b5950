"""What a changed description means for what was built on it, as tables."""

from dataclasses import replace

import pytest

from writeback.model.attributes import Option
from writeback.model.dependencies import Dependency
from writeback.model.drifts import Drift, DriftKind, FixKind, Severity
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration, ReferenceMode
from writeback.model.jobs import Column
from writeback.model.types import AttributeType, ConnectionId, IntegrationId
from writeback.planning.drift_uses import Use, uses_of, uses_of_job
from writeback.planning.drifting import find_drifts
from writeback.sdk.values import FieldInfo, ObjectDescription, ReferenceInfo

T = AttributeType
TIER = (Option("Gold", "Gold"), Option("Silver", "Silver"))
FIELDS = (
    FieldInfo("Id", "Id", T.TEXT, "id", is_nillable=False, is_unique=True, is_lookup_key=True),
    FieldInfo("Name", "Name", T.TEXT, "string", length=80, is_updateable=True),
    FieldInfo("Seats", "Seats", T.NUMBER, "double", length=8, scale=2, is_updateable=True),
    FieldInfo("Tier", "Tier", T.LIST, "picklist", options=TIER, is_restricted=True, is_updateable=True),
    FieldInfo("Since", "Since", T.DATE, "date", is_updateable=True),
    FieldInfo("Erp", "ERP number", T.TEXT, "string", is_unique=True, is_lookup_key=True, is_updateable=True),
    FieldInfo(
        "OwnerId",
        "Owner",
        T.TEXT,
        "reference",
        is_updateable=True,
        reference=ReferenceInfo("Owner", ("User",), is_polymorphic=False),
    ),
    FieldInfo("Other", "Other", T.TEXT, "string", length=20, is_updateable=True),
)
OLD = ObjectDescription("Account", "Account", "Id", "Name", "V", is_updateable=True, fields=FIELDS)
USER = ObjectDescription(
    "User",
    "User",
    "Id",
    "Name",
    "V",
    is_updateable=True,
    fields=(
        FIELDS[0],
        FieldInfo("Email", "E-mail", T.EMAIL, "email", is_lookup_key=True, is_updateable=True),
    ),
)


def changed(name: str, /, **facts: object) -> ObjectDescription:
    fields = tuple(
        replace(one, **facts) if one.name == name else one  # type: ignore[arg-type]  # a field's own facts
        for one in FIELDS
    )
    return replace(OLD, fields=fields)


def without(name: str, *more: FieldInfo) -> ObjectDescription:
    return replace(OLD, fields=(*(one for one in FIELDS if one.name != name), *more))


def drifts(new: ObjectDescription | None, field: str, *, written: bool = True) -> tuple[Drift, ...]:
    return find_drifts(OLD, new, [Use("Account", field, field, f"a_{field.lower()}", is_written=written)])


def told(new: ObjectDescription | None, field: str) -> tuple[DriftKind, Severity, FixKind]:
    (one,) = drifts(new, field)
    assert one.paths == (field,)
    assert one.attributes == (f"a_{field.lower()}",)
    return one.kind, one.severity, one.fix.kind


K, S, F = DriftKind, Severity, FixKind
PULL, SEND, WARN, NONE = S.STOPS_PULL, S.STOPS_SENDING, S.WARNS, S.HARMLESS
TABLE = [
    (None, "Name", (K.OBJECT_GONE, PULL, F.NONE)),
    (replace(OLD, is_updateable=False), "Name", (K.OBJECT_READ_ONLY, SEND, F.SWITCH_OFF)),
    (replace(OLD, key_field="Guid"), "Name", (K.KEY_GONE, PULL, F.NONE)),
    (without("Name"), "Name", (K.FIELD_GONE, PULL, F.DROP_MAPPING)),
    (without("Name", replace(FIELDS[1], name="Title")), "Name", (K.FIELD_RENAMED, PULL, F.MAP_TO)),
    (
        without("Name", replace(FIELDS[1], name="A"), replace(FIELDS[1], name="B")),
        "Name",
        (K.FIELD_GONE, PULL, F.DROP_MAPPING),
    ),
    (
        without("Name", replace(FIELDS[1], name="Title", kind=T.NUMBER)),
        "Name",
        (K.FIELD_GONE, PULL, F.DROP_MAPPING),
    ),
    (changed("Name", kind=T.NUMBER, crm_type="double"), "Name", (K.FIELD_RETYPED, PULL, F.TAKE_TYPE)),
    (changed("Name", kind=None, crm_type="blob"), "Name", (K.FIELD_RETYPED, PULL, F.DROP_MAPPING)),
    (changed("Since", kind=T.DATETIME), "Since", (K.FIELD_RETYPED, PULL, F.TAKE_TYPE)),
    (changed("Name", kind=T.LONG_TEXT), "Name", (K.KIND_WIDENED, WARN, F.ACCEPT)),
    (changed("Seats", kind=T.CURRENCY), "Seats", (K.KIND_WIDENED, WARN, F.ACCEPT)),
    (changed("Name", length=40), "Name", (K.FIELD_SHORTER, SEND, F.ACCEPT)),
    (changed("Other", length=None), "Name", None),
    (changed("Seats", scale=0), "Seats", (K.FEWER_DECIMALS, SEND, F.ACCEPT)),
    (changed("Seats", scale=4), "Seats", None),
    (changed("Name", is_updateable=False), "Name", (K.FIELD_READ_ONLY, SEND, F.SWITCH_OFF)),
    (
        changed("Name", is_updateable=False, is_calculated=True),
        "Name",
        (K.FIELD_CALCULATED, SEND, F.SWITCH_OFF),
    ),
    (changed("Name", is_nillable=False), "Name", (K.FIELD_REQUIRED, SEND, F.ACCEPT)),
    (changed("Other", is_nillable=False), "Name", (K.NEW_REQUIRED, SEND, F.ACCEPT)),
    (
        replace(
            OLD,
            fields=(
                *FIELDS,
                FieldInfo("New", "New", T.TEXT, "string", is_updateable=True, is_nillable=False),
            ),
        ),
        "Name",
        (K.NEW_REQUIRED, SEND, F.ACCEPT),
    ),
    (changed("Tier", options=TIER[1:]), "Tier", (K.OPTION_GONE, SEND, F.TAKE_OPTIONS)),
    (
        changed("Tier", options=(replace(TIER[0], active=False), TIER[1])),
        "Tier",
        (K.OPTION_GONE, SEND, F.TAKE_OPTIONS),
    ),
    (
        changed("Tier", options=TIER[1:], is_restricted=True),
        "Tier",
        (K.OPTION_GONE, SEND, F.TAKE_OPTIONS),
    ),
    (
        changed("Tier", options=(Option("GOLD", "Gold"), TIER[1])),
        "Tier",
        (K.OPTION_RENAMED, SEND, F.TAKE_OPTIONS),
    ),
    (changed("Tier", options=(*TIER, Option("Iron", "Iron"))), "Tier", (K.NEW_OPTION, WARN, F.TAKE_OPTIONS)),
    (
        changed("Tier", options=(Option("Gold", "Golden"), TIER[1])),
        "Tier",
        (K.OPTION_RELABELLED, NONE, F.TAKE_OPTIONS),
    ),
    (
        changed("Tier", dependency=Dependency("Name", (("x", ("Gold",)),))),
        "Tier",
        (K.DEPENDENCY_CHANGED, SEND, F.ACCEPT),
    ),
    (
        changed("OwnerId", reference=ReferenceInfo("Owner", ("Group",), is_polymorphic=False)),
        "OwnerId",
        (K.TARGETS_CHANGED, SEND, F.ACCEPT),
    ),
    (
        changed("OwnerId", reference=ReferenceInfo("Owner", ("User", "Group"), is_polymorphic=True)),
        "OwnerId",
        (K.TARGETS_CHANGED, WARN, F.ACCEPT),
    ),
    (changed("Erp", is_unique=False, is_lookup_key=False), "Erp", (K.NOT_UNIQUE, WARN, F.ACCEPT)),
    (changed("Name", label="Account name"), "Name", (K.RELABELLED, NONE, F.ACCEPT)),
    (changed("Name", name="NAME"), "Name", (K.RECASED, NONE, F.ACCEPT)),
    (changed("Other", label="Else", length=5, is_updateable=False), "Name", None),
    (OLD, "Name", None),
]


@pytest.mark.parametrize(("new", "field", "expected"), TABLE)
def test_each_change_has_one_kind_one_severity_and_one_fix(
    new: ObjectDescription | None, field: str, expected: tuple[DriftKind, Severity, FixKind] | None
) -> None:
    if expected is None:
        assert drifts(new, field) == ()
    else:
        assert told(new, field) == expected


def test_an_open_list_that_lost_an_option_only_warns() -> None:
    old = changed("Tier", is_restricted=False)
    new = changed("Tier", is_restricted=False, options=TIER[1:])
    (one,) = find_drifts(old, new, [Use("Account", "Tier", "Tier", "tier", is_written=True)])
    assert (one.kind, one.severity) == (K.OPTION_GONE, S.WARNS)


def test_a_list_that_became_restricted_stops_sending() -> None:
    old = changed("Tier", is_restricted=False)
    (one,) = find_drifts(old, OLD, [Use("Account", "Tier", "Tier", "tier", is_written=True)])
    assert (one.kind, one.severity, one.fix.kind) == (K.NOW_RESTRICTED, S.STOPS_SENDING, F.ACCEPT)


@pytest.mark.parametrize(
    "new",
    [
        changed("Name", is_updateable=False),
        changed("Name", length=4),
        changed("Name", is_nillable=False),
        changed("Other", is_nillable=False),
        replace(OLD, is_updateable=False),
    ],
)
def test_what_only_hinders_writing_is_none_to_a_mapping_that_is_only_read(new: ObjectDescription) -> None:
    assert drifts(new, "Name", written=False) == ()


def test_a_field_that_is_only_read_still_drifts_when_it_goes_or_changes_its_type() -> None:
    assert [one.kind for one in drifts(without("Name"), "Name", written=False)] == [K.FIELD_GONE]
    retyped = changed("Name", kind=T.BOOLEAN)
    assert [one.kind for one in drifts(retyped, "Name", written=False)] == [K.FIELD_RETYPED]


def test_several_drifts_come_the_worst_first() -> None:
    new = replace(
        changed("Name", label="Account name", length=10),
        fields=tuple(one for one in changed("Name", label="N", length=10).fields if one.name != "Since"),
    )
    uses = [Use("Account", name, name, name, is_written=True) for name in ("Name", "Since")]
    assert [one.kind for one in find_drifts(OLD, new, uses)] == [K.FIELD_GONE, K.FIELD_SHORTER, K.RELABELLED]


def integration(*mappings: FieldMapping, link: str = "") -> Integration:
    return Integration(
        IntegrationId("i1"), ConnectionId("c1"), "Account", "account", "Id", mappings=mappings, link=link
    )


def described(name: str) -> ObjectDescription | None:
    return {"Account": OLD, "User": USER}.get(name)


def mapped(path: str, **facts: object) -> FieldMapping:
    return FieldMapping(FieldPath.parse(path), "csm", write_back=True, **facts)  # type: ignore[arg-type]


def test_a_path_hangs_on_each_hop_and_on_its_end() -> None:
    uses = uses_of(integration(mapped("Owner.Email")), described)
    assert [(one.object, one.field, one.is_written, one.names_record) for one in uses] == [
        ("Account", "Id", False, True),
        ("Account", "OwnerId", True, False),
        ("User", "Email", False, True),
    ]


def test_editing_the_target_writes_its_field() -> None:
    uses = uses_of(integration(mapped("Owner.Email", reference_mode=ReferenceMode.EDIT_TARGET)), described)
    assert [(one.field, one.is_written) for one in uses][1:] == [("OwnerId", False), ("Email", True)]


def test_a_field_at_the_end_of_a_path_that_no_longer_names_a_record_stops_sending() -> None:
    uses = uses_of(integration(mapped("Owner.Email")), described)
    new = replace(USER, fields=(USER.fields[0], replace(USER.fields[1], is_lookup_key=False)))
    (one,) = find_drifts(USER, new, uses)
    assert (one.kind, one.severity, one.paths) == (K.NOT_UNIQUE, S.STOPS_SENDING, ("Owner.Email",))


@pytest.mark.parametrize(
    ("renamed", "moves"),
    [
        (
            replace(FIELDS[6], name="BossId", reference=ReferenceInfo("Boss", ("User",), False)),
            (("Owner.Email", "Boss.Email"),),
        ),
    ],
)
def test_a_renamed_reference_moves_the_paths_through_it(
    renamed: FieldInfo, moves: tuple[tuple[str, str], ...]
) -> None:
    uses = uses_of(integration(mapped("Owner.Email")), described)
    (one,) = find_drifts(OLD, without("OwnerId", renamed), uses)
    assert (one.kind, one.fix.kind, one.fix.moves) == (K.FIELD_RENAMED, F.MAP_TO, moves)


def test_a_renamed_field_of_another_object_moves_the_end_of_the_path() -> None:
    uses = uses_of(integration(mapped("Owner.Email")), described)
    new = replace(USER, fields=(USER.fields[0], replace(USER.fields[1], name="Mail")))
    (one,) = find_drifts(USER, new, uses)
    assert one.fix.moves == (("Owner.Email", "Owner.Mail"),)


def test_a_reference_that_is_followed_and_leads_elsewhere_stops_the_pull() -> None:
    uses = uses_of(integration(mapped("Owner.Email")), described)
    new = changed("OwnerId", reference=ReferenceInfo("Owner", ("Group",), is_polymorphic=False))
    (one,) = find_drifts(OLD, new, uses)
    assert (one.kind, one.severity) == (K.TARGETS_CHANGED, S.STOPS_PULL)


def test_a_key_that_vanished_leaves_nothing_to_pull() -> None:
    keyed = replace(integration(mapped("Name")), key="Erp")
    (one,) = find_drifts(OLD, without("Erp"), uses_of(keyed, described))
    assert (one.kind, one.severity, one.fix.kind) == (K.KEY_GONE, S.STOPS_PULL, F.NONE)


def test_a_job_hangs_on_the_columns_that_travel() -> None:
    column = Column(FieldPath.parse("Owner.Email"), "OwnerId", T.TEXT, "csm")
    (one,) = find_drifts(OLD, changed("OwnerId", is_updateable=False), uses_of_job("Account", [column]))
    assert (one.kind, one.paths) == (K.FIELD_READ_ONLY, ("Owner.Email",))


def test_every_kind_stands_in_the_tables() -> None:
    seen = {expected[0] for _, _, expected in TABLE if expected is not None}
    assert seen | {K.NOW_RESTRICTED} == set(DriftKind)
