"""Batch reads: by id or unique property; a merged record is not the one asked for."""

import pytest
from plugins.hubspot.tests.making import record

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback_hubspot.wire import reads
from writeback_hubspot.wire.describes import Association

COMPANY = Association("companies", "company", 1)


def link(target: object, *types: int) -> dict[str, object]:
    kinds = [{"category": "HUBSPOT_DEFINED", "typeId": one, "label": None} for one in types]
    return {"toObjectId": target, "associationTypes": kinds}


def test_a_read_names_the_three_required_keys() -> None:
    body = reads.prepare_read(["1", "2"], ["email"])
    assert body == {
        "properties": ["email"],
        "propertiesWithHistory": [],
        "inputs": [{"id": "1"}, {"id": "2"}],
    }
    assert reads.prepare_read(["a@x"], [], id_property="email")["idProperty"] == "email"
    with pytest.raises(ContractBrokenError):
        reads.prepare_read(["\udcff"], [], id_property="email")


def test_a_record_under_another_id_is_not_the_one_asked_for() -> None:
    body = {"results": [record("3"), record("1"), record("1"), {"properties": {}}]}
    assert [one["id"] for one in reads.parse_read(body, asked={"1", "2"})] == ["1"]
    assert [one["id"] for one in reads.parse_read(body)] == ["3", "1"]


def test_associations_are_asked_for_page_by_page() -> None:
    assert reads.prepare_associations({"1": None, "2": "99"}) == {
        "inputs": [{"id": "1"}, {"id": "2", "after": "99"}]
    }
    page = {"from": {"id": "1"}, "to": [link(7, 279)], "paging": {"next": {"after": "5"}}}
    found = reads.parse_associations({"results": [page, {"from": {"id": "2"}, "to": []}]})
    assert found == {"1": ([link(7, 279)], "5"), "2": ([], None)}
    with pytest.raises(InvalidRequestError):
        reads.parse_associations({"results": [{"to": []}]})


@pytest.mark.parametrize(
    ("links", "primary"),
    [
        ([], None),
        ([link(7, 279)], "7"),
        ([link("7", 279), link(8, 279, 1)], "8"),
        ([link(7, 279), link(8, 279)], None),
    ],
)
def test_the_primary_company_is_the_marked_one_or_the_only_one(
    links: list[dict[str, object]], primary: str | None
) -> None:
    assert reads.primary_of(links, COMPANY) == primary
