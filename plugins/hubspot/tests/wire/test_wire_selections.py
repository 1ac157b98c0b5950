"""Dotted paths: what is asked of which object, and how a row comes together."""

import pytest
from plugins.hubspot.tests.making import described, record

from writeback.errors import InvalidRequestError
from writeback.runtime.sentences import sentence_of
from writeback_hubspot.wire.describes import COMPANY_FIELD
from writeback_hubspot.wire.selections import select


def test_own_properties_are_asked_for_once() -> None:
    found = select("contacts", ("email", "EMAIL", "score"), described)
    assert found.properties == ("email", "score")
    assert found.association is None
    assert found.is_versioned
    raw = found.own_values(record("1", email="a@x", score="1.50"), None)
    (row,) = found.rows([raw], [])
    assert [str(value) for value in row] == ["a@x", "a@x", "1.50"]


def test_paths_behind_one_reference_share_its_hop_to_any_depth() -> None:
    paths = ("owner.email", "company.name", "company.owner.email", "company.owner.firstName", "company.name")
    found = select("contacts", paths, described)
    assert found.properties == ("hubspot_owner_id",)
    owner, company = found.hops
    assert (owner.target, owner.paths, owner.selection) == ("owners", ("email",), None)
    assert company.paths == ("name", "owner.email", "owner.firstName")
    assert company.selection is not None
    assert company.selection.properties == ("name", "hubspot_owner_id")
    assert company.selection.hops[0].paths == ("email", "firstName")
    assert found.association is not None
    assert found.association.type_id == 1
    assert found.is_versioned
    linked = [[("o@x",), None], [("Acme", "c@x", "Ada"), None]]
    assert found.rows([{}, {}], linked) == [("o@x", "Acme", "c@x", "Ada", "Acme"), (None,) * 5]


def test_rows_of_no_columns_are_still_rows() -> None:
    assert select("contacts", (), described).rows([{}, {}], []) == [(), ()]


def test_the_company_itself_is_a_column_that_no_version_tells_of() -> None:
    found = select("contacts", (COMPANY_FIELD,), described)
    assert found.properties == ()
    assert not found.is_versioned
    assert found.rows([found.own_values(record("1"), "77")], []) == [("77",)]


@pytest.mark.parametrize(
    "path",
    [
        "nope",
        "nope.email",
        "email.x",
        "owner.salary",
        "company.nope",
        "company.owner.salary",
        "company.company.name",
    ],
)
def test_a_path_that_leads_nowhere_is_named(path: str) -> None:
    with pytest.raises(InvalidRequestError, match=r"hubspot\.unknown_property"):
        select("contacts", (path,), described)


def test_a_type_we_do_not_carry_is_named() -> None:
    with pytest.raises(InvalidRequestError, match=r"hubspot\.unreadable_property"):
        select("contacts", ("where",), described)


def test_a_value_against_its_definition_names_its_property() -> None:
    found = select("contacts", ("score",), described)
    with pytest.raises(InvalidRequestError) as caught:
        found.rows([{"score": "1"}, {"score": "many"}], [])
    assert caught.value.facts["field"] == "score"
    assert select("contacts", ("email",), described).own_values({"id": "1"}, None) == {COMPANY_FIELD: None}


@pytest.mark.parametrize(
    ("path", "instead"),
    [("hubspot_owner_id.email", "owner.email"), (f"{COMPANY_FIELD}.owner.email", "company.owner.email")],
)
def test_a_path_by_a_propertys_name_is_refused_with_the_one_that_leads_there(path: str, instead: str) -> None:
    with pytest.raises(InvalidRequestError, match=r"hubspot\.path_by_property") as caught:
        select("contacts", (path,), described)
    assert caught.value.facts["instead"] == instead
    assert instead in sentence_of(caught.value.code, caught.value.facts).advice
