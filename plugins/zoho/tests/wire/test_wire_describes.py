"""Metadata in our words: what is writable, what a path means."""

import pytest
from plugins.zoho.tests.making import EDITABLE, FIELDS, described, field, lookup

from writeback.errors import InvalidRequestError
from writeback.model.types import AttributeType
from writeback.sdk.values import FieldInfo, ObjectInfo
from writeback_zoho.wire.describes import (
    parse_fields,
    parse_modules,
    prepare_fields,
    prepare_modules,
    resolve,
)

MODULE = ObjectInfo("Leads", "Leads", custom=False, updateable=True, queryable=True)
T = AttributeType


def read(told: dict[str, object], module: ObjectInfo = MODULE) -> FieldInfo:
    found = parse_fields({"fields": [told]}, module).info.field(str(told["api_name"]))
    assert found is not None
    return found


def test_the_owner_is_writable_though_its_field_is_read_only_on_screens() -> None:
    owner = read(field("Owner", "ownerlookup", field_read_only=True))
    assert owner.is_updateable
    assert owner.reference is not None
    assert (owner.reference.relationship, owner.reference.targets) == ("Owner", ("users",))


@pytest.mark.parametrize(
    "told",
    [
        field("A", operation_type=EDITABLE | {"api_update": False}),
        field("A", read_only=True),
        field("A", "formula"),
        field("A", "rollup_summary"),
        field("A", "autonumber"),
        field("A", "fileupload"),
        field("A", "subform"),
        field("A", operation_type=None),
    ],
)
def test_what_the_api_does_not_update_is_read_only(told: dict[str, object]) -> None:
    assert not read(told).is_updateable


def test_no_field_of_a_module_that_cannot_be_edited_is_writable() -> None:
    assert not read(field("A"), ObjectInfo("L", "L", False, False, True)).is_updateable


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (field("A", "text"), T.TEXT),
        (field("A", "multiselectpicklist"), T.MULTI_LIST),
        (field("A", "bigint"), T.INTEGER),
        (field("A", "formula", json_type="double"), T.NUMBER),
        (field("A", "formula", json_type="jsonobject"), T.TEXT),
        (field("A", "rollup_summary", json_type="integer"), T.INTEGER),
        (field("A", "subform"), None),
        (field("A", "multiselectlookup"), None),
        (field("A", "lookup"), None),
        (field("A", "lookup", lookup={"module": {"api_name": "se_module"}}), None),
        (lookup("A", "Accounts"), T.TEXT),
    ],
)
def test_types_are_carried_or_left_alone(told: dict[str, object], kind: AttributeType | None) -> None:
    assert read(told).kind is kind


def test_a_lookup_leads_to_its_module_and_one_of_users_to_the_users() -> None:
    account, person = read(lookup("Account_Name", "Accounts")), read(lookup("Person", "Users"))
    assert account.reference is not None
    assert person.reference is not None
    assert account.reference.targets == ("Accounts",)
    assert person.reference.targets == ("users",)
    text = read(field("A", lookup={"module": "Accounts"}))
    assert text.reference is None


def test_facts_of_a_field_are_kept() -> None:
    told = field(
        "Stage",
        "picklist",
        system_mandatory=True,
        pick_list_values=[
            {"actual_value": "-None-", "display_value": "-None-"},
            {"actual_value": "won", "display_value": "Won", "type": "used"},
            {"display_value": "Old", "type": "unused"},
            {"display_value": ""},
        ],
        tooltip={"name": "info_icon", "value": "How far it is"},
    )
    stage = read(told)
    assert [(one.value, one.label, one.active) for one in stage.options] == [
        ("won", "Won", True),
        ("Old", "Old", False),
    ]
    assert (stage.is_nillable, stage.is_restricted, stage.help) == (False, True, "How far it is")
    price = read(field("Price", "currency", length=16, decimal_place="2"))
    assert (price.length, price.scale) == (None, 2)
    assert read(field("A", length=40)).length == 40
    assert read(field("A", unique={"casesensitive": "true"})).is_lookup_key
    assert read(field("A", pick_list_values=None, profiles=None)).options == ()


def test_hidden_fields_are_left_out_and_the_id_is_always_there() -> None:
    hidden = field("Secret", profiles=[{"permission_type": "hidden"}])
    info = parse_fields({"fields": [hidden, field("Name"), {"data_type": "text"}]}, MODULE).info
    assert [one.name for one in info.fields] == ["id", "Name"]
    assert (info.key_field, info.name_field, info.version_field) == ("id", "Name", "")
    own = parse_fields({"fields": [field("id", "bigint")]}, MODULE).info
    assert [(one.name, one.is_updateable) for one in own.fields] == [("id", False)]
    assert own.name_field == "id"


def test_known_modules_have_their_own_title_field() -> None:
    assert described("Accounts").info.name_field == "Account_Name"
    assert described("Contacts").info.name_field == "Last_Name"
    assert described("Accounts").info.version_field == "Modified_Time"


def test_modules_without_an_api_are_left_out_and_the_users_join() -> None:
    told = [
        {
            "api_name": "Leads",
            "plural_label": "Leads",
            "api_supported": True,
            "editable": True,
            "viewable": True,
        },
        {"api_name": "C_1", "module_name": "Mine", "api_supported": True, "generated_type": "custom"},
        {"api_name": "Sub", "api_supported": True, "generated_type": "subform"},
        {"api_name": "Home", "api_supported": False},
        {"api_name": "Users", "api_supported": True},
        {"api_supported": True},
        "nonsense",
    ]
    found = parse_modules({"modules": told})
    assert [(one.name, one.label, one.custom, one.updateable) for one in found] == [
        ("Leads", "Leads", False, True),
        ("C_1", "Mine", True, False),
        ("users", "Users", False, False),
    ]
    with pytest.raises(InvalidRequestError):
        parse_modules({"modules": None})


def test_what_is_asked() -> None:
    assert prepare_modules() == ("settings/modules", {})
    assert prepare_fields("Leads") == ("settings/fields", {"module": "Leads", "type": "all"})


def test_a_path_is_followed_to_any_depth_in_zohos_own_spelling() -> None:
    found = resolve("Contacts", "account_name.parent_account.owner.EMAIL", described)
    assert found.name == "Account_Name.Parent_Account.Owner.email"
    assert found.targets == ("Accounts", "Accounts", "users")
    assert found.kind is T.EMAIL


@pytest.mark.parametrize("path", ["Nope", "Owner.Nope", "Last_Name.x", "Account_Name.Nope.x"])
def test_a_path_that_leads_nowhere_is_refused(path: str) -> None:
    with pytest.raises(InvalidRequestError, match=r"zoho\.no_such_field"):
        resolve("Contacts", path, described)


def test_a_type_that_is_not_carried_cannot_be_read() -> None:
    odd = parse_fields({"fields": [field("Rows", "subform")]}, MODULE)
    with pytest.raises(InvalidRequestError, match=r"zoho\.unreadable_field"):
        resolve("Leads", "Rows", lambda _name: odd)


def test_the_type_of_an_unknown_field_is_blank() -> None:
    assert described("Accounts").crm_type("serial") == "bigint"
    assert described("Accounts").crm_type("Nope") == ""
    assert len(described("Accounts").info.fields) == len(FIELDS["Accounts"]) + 1


def test_an_owner_is_never_empty_and_another_user_may_be() -> None:
    assert not read(field("Owner", "ownerlookup", system_mandatory=False)).is_nillable
    assert read(field("Person", "userlookup", system_mandatory=False)).is_nillable


@pytest.mark.parametrize("crm_type", ["picklist", "multiselectpicklist"])
def test_a_list_holds_only_its_options_unless_the_connection_says_otherwise(crm_type: str) -> None:
    listed = field("Stage", crm_type, pick_list_values=[{"actual_value": "won", "display_value": "Won"}])
    for is_strict in (True, False):
        info = parse_fields({"fields": [listed]}, MODULE, is_strict=is_strict).info.field("Stage")
        assert info is not None
        assert info.is_restricted is is_strict
    assert not read(field("Stage", crm_type, pick_list_values=[])).is_restricted
