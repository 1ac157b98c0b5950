"""Field paths: what is expanded, selected and read for them."""

import pytest
from plugins.dynamics.tests.making import described

from writeback.errors import InvalidRequestError
from writeback.model.types import AttributeType
from writeback_dynamics.wire.paths import Found, expand_of, resolve, value_at


def found(path: str, start: str = "account") -> Found:
    return resolve(start, path, described)


def test_a_column_of_the_table_itself_is_one_place_without_hops() -> None:
    name = found("Name")
    assert (name.path, name.kind) == ("Name", AttributeType.TEXT)
    assert [(place.hops, place.name) for place in name.places] == [((), "name")]
    (lookup,) = found("primarycontactid").places
    assert lookup.name == "_primarycontactid_value"


def test_a_hop_is_a_lookup_or_its_navigation_property() -> None:
    (place,) = found("primarycontactid.emailaddress1").places
    assert (place.hops, place.name, place.keys) == (("primarycontactid",), "emailaddress1", ("contactid",))
    assert found("PRIMARYCONTACTID.EmailAddress1").places == (place,)
    assert found("primarycontactid.emailaddress1").kind is AttributeType.EMAIL


def test_a_polymorphic_hop_leads_to_each_target_that_has_the_rest_people_first() -> None:
    both = found("new_customerid.emailaddress1")
    assert [place.hops for place in both.places] == [("new_CustomerId_account",), ("new_CustomerId_contact",)]
    assert [place.hops for place in found("ownerid.internalemailaddress").places] == [("owninguser",)]
    assert [place.hops for place in found("ownerid.name").places] == [("owningteam",)]


def test_paths_go_to_any_depth_and_share_what_they_have_in_common() -> None:
    deep = found("primarycontactid.ownerid.parentsystemuserid.fullname")
    assert [place.hops for place in deep.places] == [("primarycontactid", "owninguser", "parentsystemuserid")]
    near = found("primarycontactid.fullname")
    assert expand_of((*deep.places, *near.places)) == (
        "primarycontactid($select=fullname;$expand=owninguser($select=systemuserid;"
        "$expand=parentsystemuserid($select=fullname)))"
    )
    assert expand_of(found("name").places) == ""


def test_more_joins_than_a_query_takes_are_refused_before_asking() -> None:
    deepest = found("parentsystemuserid." * 15 + "fullname", "systemuser").places
    assert expand_of(deepest).count("$expand=") == 14
    with pytest.raises(InvalidRequestError, match=r"dynamics\.too_many_expands"):
        expand_of((*deepest, *found("ownerid.name").places))


@pytest.mark.parametrize(
    "path",
    [
        "nope",
        "nope.name",
        "name.nope",
        "primarycontactid.nope",
        "primarycontactid.ownerid.nope",
        "new_nowhere.name",
        "entityimage",
    ],
)
def test_a_path_that_leads_nowhere_is_refused(path: str) -> None:
    with pytest.raises(InvalidRequestError):
        found(path)


def test_a_value_is_read_where_the_row_holds_one() -> None:
    places = found("new_customerid.emailaddress1").places
    account, contact = "new_CustomerId_account", "new_CustomerId_contact"
    assert value_at({account: None, contact: {"emailaddress1": "c"}}, places) == "c"
    assert value_at({account: {"emailaddress1": "a"}, contact: None}, places) == "a"
    assert value_at({account: None}, places) is None
    assert value_at({"name": False}, found("name").places) is False
