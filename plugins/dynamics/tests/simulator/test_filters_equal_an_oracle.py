"""`$filter` answers what a reading of the rows in plain Python answers; nothing compares as in SQL."""

from collections import abc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plugins.dynamics.tests.simulator.conftest import Client, Clock

from writeback.sdk.simulator import serve
from writeback_dynamics.simulator import build

Row = abc.Callable[[str], object]
ROWS = 80


def reader(org: Client, name: str, row: int) -> Row:
    return lambda column: org.value(name, row, column)


def account_of(org: Client, row: Row, column: str) -> object:
    held = row("primarycontactid")
    contacts = org.org.tables["contact"]
    return None if held is None else contacts.value(contacts.row(held.id), column)


def text(value: object) -> str:
    return "" if value is None else str(value).casefold()


CASES: tuple[tuple[str, abc.Callable[[Row], bool]], ...] = (
    ("name eq 'FALCON optics'", lambda row: text(row("name")) == "falcon optics"),
    ("contains(name,'an')", lambda row: "an" in text(row("name"))),
    (
        "startswith(name,'C') and endswith(name,'gmbh')",
        lambda row: text(row("name"))[0] == "c" and text(row("name")).endswith("gmbh"),
    ),
    ("contains(name,'O''Leary''s')", lambda row: "o'leary's" in text(row("name"))),
    (
        "not contains(telephone1,'4')",
        lambda row: row("telephone1") is not None and "4" not in row("telephone1"),
    ),
    ("industrycode eq 4 or industrycode eq 5", lambda row: row("industrycode") in (4, 5)),
    ("industrycode ne 4", lambda row: row("industrycode") not in (4, None)),
    ("industrycode eq null", lambda row: row("industrycode") is None),
    (
        "industrycode ne null and creditonhold eq true",
        lambda row: row("industrycode") is not None and row("creditonhold"),
    ),
    ("creditonhold", lambda row: bool(row("creditonhold"))),
    ("revenue gt 5000000.5", lambda row: row("revenue") is not None and float(row("revenue")) > 5000000.5),
    (
        "1000 ge numberofemployees",
        lambda row: row("numberofemployees") is not None and row("numberofemployees") <= 1000,
    ),
    ("wb_growth lt -50", lambda row: row("wb_growth") is not None and row("wb_growth") < -50),
    ("wb_renewaldate ge 2026-03-01", lambda row: (row("wb_renewaldate") or "") >= "2026-03-01"),
    (
        "wb_lastreview lt 2024-03-01T00:00:00+02:00",
        lambda row: "0" < (row("wb_lastreview") or "") < "2024-02-29T22",
    ),
    (
        "wb_tier eq 100000001 and (statecode eq 1 or wb_segments ne null)",
        lambda row: row("wb_tier") == 100000001 and (row("statecode") == 1 or row("wb_segments") is not None),
    ),
    (
        "Microsoft.Dynamics.CRM.ContainValues(PropertyName='wb_segments',PropertyValues=['2','9'])",
        lambda row: bool({"2", "9"} & set((row("wb_segments") or "").split(","))),
    ),
    (
        "Microsoft.Dynamics.CRM.DoesNotContainValues(PropertyName='wb_segments',PropertyValues=['2'])",
        lambda row: "2" not in (row("wb_segments") or "").split(","),
    ),
    (
        "Microsoft.Dynamics.CRM.In(PropertyName='accountnumber',PropertyValues=['A-0000003','a-0000007','x'])",
        lambda row: row("accountnumber") in ("A-0000003", "A-0000007"),
    ),
    (
        "Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2)&@p1='industrycode'&@p2=['1','2']",
        lambda row: row("industrycode") in (1, 2),
    ),
    (
        'Microsoft.Dynamics.CRM.NotIn(PropertyName=\'industrycode\',PropertyValues=["1","2"])',
        lambda row: row("industrycode") not in (1, 2, None),
    ),
    (
        "Microsoft.Dynamics.CRM.Between(PropertyName='numberofemployees',PropertyValues=['100','900'])",
        lambda row: 100 <= (row("numberofemployees") or 0) <= 900,
    ),
    (
        "Microsoft.Dynamics.CRM.OnOrAfter(PropertyName='createdon',PropertyValue='2023-06-17')",
        lambda row: row("createdon") >= "2023-06-17",
    ),
    ("name eq @p1&@p1='x'", lambda row: row("name") == "x"),
)


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Client]:
    clock = Clock()
    with serve(build(rows=ROWS, now=clock), folder=tmp_path_factory.mktemp("still")) as running:
        client = Client(running, clock)
        yield client
        client.http.close()


def found(org: Client, where: str, *, name: str = "account") -> list[str]:
    entity = org.org.tables[name].entity
    query, _, aliases = where.partition("&")
    params = {"$select": entity.primary_id, "$filter": query}
    params |= dict(piece.split("=", 1) for piece in aliases.split("&") if piece)
    answer = org.call("GET", entity.set_name, params=params)
    assert answer.status_code == 200, answer.text
    return [row[entity.primary_id] for row in answer.json()["value"]]


@pytest.mark.parametrize(("where", "holds"), CASES)
def test_a_filter_finds_the_rows_that_a_plain_reading_finds(
    still: Client, where: str, holds: abc.Callable[[Row], bool]
) -> None:
    wanted = [still.id("account", row) for row in range(ROWS) if holds(reader(still, "account", row))]
    assert found(still, where) == wanted


def test_filters_follow_lookups_and_look_into_collections(still: Client) -> None:
    name = still.value("contact", 3, "firstname")
    wanted = [
        still.id("account", row)
        for row in range(ROWS)
        if account_of(still, reader(still, "account", row), "firstname") == name
    ]
    assert found(still, f"primarycontactid/firstname eq '{name}'") == wanted
    assert wanted
    child = f"contact_customer_accounts/any(c:c/firstname eq '{name}' and c/statecode eq 0)"
    parents = {
        still.value("contact", row, "parentcustomerid").id
        for row in range(60)
        if still.value("contact", row, "firstname") == name and still.value("contact", row, "statecode") == 0
    }
    assert set(found(still, child)) == parents & {still.id("account", row) for row in range(ROWS)}
    with_none = set(found(still, "not contact_customer_accounts/any()"))
    assert still.id("account", ROWS - 1) in with_none
    assert set(found(still, "contact_customer_accounts/all(c:c/statecode eq 0)")) >= with_none


def test_owners_are_found_by_guid_and_by_oneself(still: Client) -> None:
    owner = still.value("account", 0, "ownerid").id
    wanted = [
        still.id("account", row) for row in range(ROWS) if still.value("account", row, "ownerid").id == owner
    ]
    assert found(still, f"_ownerid_value eq {owner}") == wanted
    disabled = found(still, "isdisabled eq true", name="systemuser")
    assert disabled == [still.id("systemuser", 23)]


def test_hundreds_of_ids_joined_by_or_find_their_rows(still: Client) -> None:
    where = " or ".join(f"accountid eq {still.id('account', row % ROWS)}" for row in range(1500))
    part = f"GET /api/data/v9.2/accounts?$select=name&$filter={where.replace(' ', '%20')} HTTP/1.1\r\n\r\n"
    answer = still.batch(part)
    assert answer.status_code == 200
    assert answer.text.count('"accountid"') == ROWS


_ATOMS = st.sampled_from(
    (
        ("industrycode eq 4", lambda row: _eq(row("industrycode"), 4)),
        ("statecode eq 0", lambda row: _eq(row("statecode"), 0)),
        ("creditonhold eq true", lambda row: _eq(row("creditonhold"), True)),
        ("telephone1 eq null", lambda row: row("telephone1") is None),
        (
            "contains(websiteurl,'3')",
            lambda row: None if row("websiteurl") is None else "3" in row("websiteurl"),
        ),
    )
)


def _eq(one: object, other: object) -> bool | None:
    return None if one is None else one == other


def _and(one: bool | None, other: bool | None) -> bool | None:
    return False if one is False or other is False else None if one is None or other is None else True


def _not(one: bool | None) -> bool | None:
    return None if one is None else not one


def _joined(pair: tuple[object, object, object]) -> tuple[str, object]:
    word, (left, ask), (right, other) = pair
    if word == "and":
        return f"({left}) and ({right})", lambda row: _and(ask(row), other(row))
    if word == "or":
        return f"({left}) or ({right})", lambda row: _not(_and(_not(ask(row)), _not(other(row))))
    return f"not ({left})", lambda row: _not(ask(row))


_TREES = st.recursive(
    _ATOMS,
    lambda inner: st.tuples(st.sampled_from(("and", "or", "not")), inner, inner).map(_joined),
    max_leaves=6,
)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tree=_TREES)
def test_any_nesting_of_and_or_and_not_is_three_valued(still: Client, tree: tuple[str, object]) -> None:
    where, holds = tree
    wanted = [still.id("account", row) for row in range(ROWS) if holds(reader(still, "account", row)) is True]
    assert found(still, where) == wanted
