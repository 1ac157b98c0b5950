"""Search: wire contract, section 8."""

import pytest
from plugins.hubspot.tests.simulator.conftest import FIRST, D, ids


def where(name: str, operator: str, value: object = None, **more: object) -> dict[str, object]:
    made = {"propertyName": name, "operator": operator} | more
    return made if value is None else made | {"value": value}


def rows(portal, name: str) -> dict[str, str | None]:
    told = portal.get(f"{D}/companies", limit=100, properties=name)["results"]
    return {each["id"]: each["properties"][name] for each in told}


OPERATORS = [
    (where("industry", "EQ", "RETAIL"), lambda held: held["industry"] == "RETAIL"),
    (where("industry", "NEQ", "RETAIL"), lambda held: held["industry"] != "RETAIL"),
    (where("numberofemployees", "GT", "2000"), lambda held: float(held["numberofemployees"] or -1) > 2000),
    (where("numberofemployees", "LTE", "2000"), lambda held: float(held["numberofemployees"] or 9e9) <= 2000),
    (
        where("annualrevenue", "BETWEEN", "1000000", highValue="50000000"),
        lambda held: 1_000_000 <= float(held["annualrevenue"] or -1) <= 50_000_000,
    ),
    (where("city", "IN", values=["brno", "york"]), lambda held: held["city"] in ("Brno", "York")),
    (where("city", "IN", values=["Brno"]), lambda _held: False),  # values of IN have to be in lower case
    (where("city", "NOT_IN", values=["brno"]), lambda held: held["city"] != "Brno"),
    (where("tier", "HAS_PROPERTY"), lambda held: held["tier"] is not None),
    (where("tier", "NOT_HAS_PROPERTY"), lambda held: held["tier"] is None),
    (where("address", "CONTAINS_TOKEN", "mil*"), lambda held: "Mill" in held["address"]),
    (where("address", "CONTAINS_TOKEN", "mil"), lambda _held: False),
    (where("address", "NOT_CONTAINS_TOKEN", "Lane"), lambda held: "Lane" not in held["address"]),
    (where("segments", "IN", values=["export"]), lambda held: "export" in (held["segments"] or "")),
    (where("contract_end", "GTE", "2026-06-01"), lambda held: (held["contract_end"] or "") >= "2026-06-01"),
    (
        where("contract_end", "LT", "1780272000000"),
        lambda held: "" < (held["contract_end"] or "") < "2026-06-01",
    ),
    (where("hs_object_id", "GT", str(FIRST + 40)), lambda held: int(held["hs_object_id"]) > FIRST + 40),
    (where("is_public", "EQ", "true"), lambda held: held["is_public"] == "true"),
]


@pytest.mark.parametrize(("condition", "fits"), OPERATORS, ids=[str(condition) for condition, _ in OPERATORS])
def test_an_operator_finds_what_it_should(portal, condition, fits) -> None:
    names = "industry,numberofemployees,annualrevenue,city,tier,address,segments,contract_end,is_public"
    held = portal.get(f"{D}/companies", limit=100, properties=names)["results"]
    wanted = {each["id"] for each in held if fits(each["properties"])}
    told = portal.search(condition)
    assert set(ids(told)) == wanted
    assert told["total"] == len(wanted)


def test_groups_are_alternatives_and_their_filters_are_not(portal) -> None:
    retail, energy = where("industry", "EQ", "RETAIL"), where("industry", "EQ", "ENERGY")
    one, other = set(ids(portal.search(retail))), set(ids(portal.search(energy)))
    groups = {"filterGroups": [{"filters": [retail]}, {"filters": [energy]}], "limit": 100}
    assert set(ids(portal.post(f"{D}/companies/search", groups))) == one | other
    assert one
    assert portal.search(retail, energy)["total"] == 0


def test_pages_follow_each_other_in_the_order_asked_for(portal) -> None:
    modified = {"propertyName": "hs_lastmodifieddate", "direction": "DESCENDING"}
    seen, after = [], "0"
    while after:
        told = portal.post(
            f"{D}/companies/search", {"sorts": [modified], "limit": 25, "after": after, "properties": []}
        )
        seen += [each["updatedAt"] for each in told["results"]]
        after = told.get("paging", {}).get("next", {}).get("after")
    assert len(seen) == told["total"] == 60
    assert seen == sorted(seen, reverse=True)
    told = portal.post(f"{D}/companies/search", {"sorts": ["-hs_object_id"], "limit": 1})
    assert ids(told) == [str(FIRST + 59)]


def test_a_bound_on_the_last_change_finds_what_was_changed(portal) -> None:
    since = {"sorts": [{"propertyName": "hs_lastmodifieddate", "direction": "ASCENDING"}]}
    condition = where("hs_lastmodifieddate", "GTE", "1795521600000")  # 2026-11-24
    assert portal.search(condition, **since)["total"] == 0
    portal.patch(f"{D}/companies/{FIRST + 5}", city="Oslo")
    portal.clock.go(1)
    portal.patch(f"{D}/companies/{FIRST + 2}", city="Oslo")
    assert ids(portal.search(condition, **since)) == [str(FIRST + 5), str(FIRST + 2)]
    all_of_them = rows(portal, "hs_lastmodifieddate")
    middle = sorted(all_of_them.values())[30]
    found = portal.search(where("hs_lastmodifieddate", "GT", middle))
    assert set(ids(found)) == {key for key, value in all_of_them.items() if value > middle}


def test_the_index_lags_and_then_catches_up(make) -> None:
    portal = make(search_lag_s="5")
    oslo = where("city", "EQ", "Oslo")
    portal.patch(f"{D}/companies/{FIRST}", city="Oslo")
    portal.call("DELETE", f"{D}/companies/{FIRST + 1}")
    portal.post(f"{D}/companies", {"properties": {"name": "Ny", "city": "Oslo"}}, 201)
    assert portal.get(f"{D}/companies/{FIRST}", properties="city")["properties"]["city"] == "Oslo"
    assert portal.search(oslo)["total"] == 0
    assert portal.search()["total"] == 60
    portal.clock.go(5)
    assert portal.search(oslo)["total"] == 2
    assert str(FIRST + 1) not in ids(portal.search())
    portal.arm(kind="search_lag", seconds=9)
    portal.patch(f"{D}/companies/{FIRST}", city="Bergen")
    portal.clock.go(8)
    assert portal.search(oslo)["total"] == 2


def test_a_search_ends_at_ten_thousand(make) -> None:
    portal = make(rows=10_050)
    told = portal.post(f"{D}/companies/search", {"limit": 200, "after": "9900"})
    assert (told["total"], len(told["results"])) == (10_050, 100)
    portal.post(f"{D}/companies/search", {"limit": 200, "after": "10000"}, 400)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"limit": 201}, "limit"),
        ({"filterGroups": [{"filters": [where("nope", "EQ", "1")]}]}, "nope"),
        ({"filterGroups": [{"filters": [where("city", "LIKE", "1")]}]}, "LIKE"),
        ({"filterGroups": [{"filters": [where("city", "EQ")]}]}, "requires a value"),
        ({"filterGroups": [{"filters": [where("city", "IN", "x")]}]}, "requires values"),
        ({"filterGroups": [{"filters": [where("city", "BETWEEN", "x")]}]}, "highValue"),
        ({"filterGroups": [{"filters": [where("annualrevenue", "GT", "many")]}]}, "many"),
        ({"filterGroups": [{"filters": [where("city", "HAS_PROPERTY")] * 7}]}, "7 filters"),
        ({"filterGroups": [{"filters": [where("city", "HAS_PROPERTY")]}] * 6}, "6 filter groups"),
        ({"filterGroups": [{"filters": [where("city", "HAS_PROPERTY")] * 5}] * 4}, "20 filters"),
        ({"sorts": ["city", "name"]}, "2 sorts"),
        ({"sorts": ["nope"]}, "nope"),
        ({"query": "x" * 3000}, "3000"),
        ({"after": "soon"}, "after"),
        ({"filterGroups": {"filters": []}}, "filterGroups"),
    ],
)
def test_what_search_does_not_know_is_refused(portal, body, word) -> None:
    told = portal.post(f"{D}/companies/search", body, 400)
    assert told["category"] == "VALIDATION_ERROR"
    assert word in told["message"]


def test_a_query_looks_into_the_objects_own_properties(portal) -> None:
    found = portal.post(f"{D}/contacts/search", {"query": "people.example 7", "limit": 100})
    assert found["total"] > 0
    assert all("7" in each["properties"]["email"] for each in found["results"])
