# ruff: noqa: S608  statements are what is tested
"""COQL: answers equal those of a few lines of Python over the same rows; what is no COQL is refused."""

import pytest

ROWS = 60


def found(org, text: str) -> list[str]:
    answer = org.coql(text)
    if answer.status_code == 204:
        assert answer.content == b""
        return []
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["data"]]


def expected(org, test, module: str = "Accounts") -> list[str]:
    table = org.org.tables[module]

    class Row:
        def __init__(self, number: int) -> None:
            self.number = number

        def __getattr__(self, name: str) -> object:
            return table.value(self.number, name)

    return [table.ids.of(row) for row in range(table.count) if test(Row(row))]


CASES = {
    "Tier = 'Gold'": lambda row: row.Tier == "Gold",
    "Tier = Gold": lambda row: row.Tier == "Gold",
    "Tier != 'Gold'": lambda row: row.Tier not in ("Gold", None),
    "Tier is null": lambda row: row.Tier is None,
    "Tier is not null": lambda row: row.Tier is not None,
    "Tier in ('Gold', 'Silver')": lambda row: row.Tier in ("Gold", "Silver"),
    "Tier not in ('Gold', \"Silver\")": lambda row: row.Tier == "Bronze",
    "Account_Name like '%Mills%'": lambda row: "mills" in row.Account_Name.lower(),
    "Account_Name like 'R%'": lambda row: row.Account_Name.lower().startswith("r"),
    "Account_Name not like '%ltd'": lambda row: not row.Account_Name.lower().endswith("ltd"),
    "Account_Name = 'Alder, Basalt & \"Daughters\" Ltd'": lambda row: row.number == 7,
    "Seats between 10 and 200": lambda row: row.Seats is not None and 10 <= row.Seats <= 200,
    "Seats not between 10 and 200": lambda row: row.Seats is not None and not 10 <= row.Seats <= 200,
    "Seats >= 100": lambda row: (row.Seats or 0) >= 100,
    "Seats < 100": lambda row: row.Seats is not None and row.Seats < 100,
    "Contract_Value > 40000.5": lambda row: (row.Contract_Value or 0) > 40000.5,
    "Value_per_Seat > 10": lambda row: (row.Value_per_Seat or 0) > 10,
    "Active = true": lambda row: row.Active,
    "Active = 'false'": lambda row: not row.Active,
    "Renewal_Date > '2026-06-30'": lambda row: (row.Renewal_Date or "") > "2026-06-30",
    "Modified_Time >= '2024-01-02T18:30:00+00:00'": lambda row: (
        row.Modified_Time >= "2024-01-03T00:00:00+05:30"
    ),
    "Segments = 'Wholesale;Food & Drink'": lambda row: set(row.Segments) == {"Wholesale", "Food & Drink"},
    "Segments is null": lambda row: row.Segments == (),
    "External_Id in ('A-0000003', 'a-0000009', 'zzz')": lambda row: row.number in (3, 9),
    "Tier = 'Gold' and Active = true": lambda row: row.Tier == "Gold" and row.Active,
    "(Tier = 'Gold' and Active = true) or Seats = 17": lambda row: (
        (row.Tier == "Gold" and row.Active) or row.Seats == 17
    ),
    "((Tier = 'Gold' or Tier = 'Silver') and Active = true)": lambda row: (
        row.Tier in ("Gold", "Silver") and row.Active
    ),
    "Account_Number > 100050": lambda row: int(row.Account_Number) > 100050,
}


@pytest.mark.parametrize("where", CASES)
def test_a_condition_finds_what_the_oracle_finds(org, where) -> None:
    wanted = expected(org, CASES[where])
    assert wanted, "a case that finds nothing tests nothing"
    assert len(wanted) < ROWS
    assert found(org, f"select id from Accounts where {where}") == wanted


def test_joins_reach_over_two_lookups(org) -> None:
    columns = "Last_Name, Account_Name.Account_Name, Owner.email"
    text = f"select {columns} from Contacts where Owner.status = 'active' limit 3"
    rows = org.coql(text).json()["data"]
    for number, row in enumerate(rows):
        account = org.org.tables["Accounts"].row(org.value("Contacts", number, "Account_Name"))
        owner = org.org.users.row(org.value("Contacts", number, "Owner"))
        assert row == {
            "Last_Name": org.value("Contacts", number, "Last_Name"),
            "Account_Name.Account_Name": org.value("Accounts", account, "Account_Name"),
            "Owner.email": org.value("Users", owner, "email"),
            "id": org.id("Contacts", number),
        }
    path = "Account_Name.Parent_Account"
    deep = f"select {path}.Account_Name from Contacts where {path} is not null"
    assert all(row[f"{path}.Account_Name"] for row in org.coql(deep).json()["data"])


def test_a_lookup_selected_as_a_whole_is_a_switch(make) -> None:
    text = "select Account_Name, Owner as who from Contacts where id is not null limit 1"
    [row] = make().coql(text).json()["data"]
    assert row["Account_Name"].keys() == row["who"].keys() == {"id"}
    [row] = make(coql_lookup="name_and_id").coql(text).json()["data"]
    assert row["Account_Name"].keys() == row["who"].keys() == {"name", "id"}


def test_walking_by_id_sees_each_row_once(make) -> None:
    org = make(rows=4_500)
    seen, last = [], "0"
    while True:
        rows = found(org, f"select id from Accounts where id > {last} order by id asc limit 2000")
        if not rows:
            break
        seen += rows
        last = rows[-1]
    assert seen == [org.id(row=row) for row in range(4_500)]
    assert [found(org, f"select id from Accounts where id = '{last}'")] == [[last]]
    assert found(org, f"select id from Accounts where id between {seen[3]} and {seen[5]}") == seen[3:6]
    assert found(org, f"select id from Accounts where id < {seen[2]} order by id desc") == [seen[1], seen[0]]
    assert found(org, f"select id from Accounts where id in ({seen[9]}, {seen[4]}, 5)") == [seen[4], seen[9]]


def test_order_limit_and_offset(org) -> None:
    text = "select Seats from Accounts where Seats is not null order by Seats desc, id asc limit 5, 10"
    told = org.coql(text).json()
    seats = sorted((org.value("Accounts", row, "Seats") for row in range(60) if row % 7 != 3), reverse=True)
    assert [row["Seats"] for row in told["data"]] == seats[5:15]
    assert told["info"] == {"count": 10, "more_records": True}
    same = org.coql(text.replace("limit 5, 10", "limit 10 offset 5")).json()
    assert same["data"] == told["data"]
    last = org.coql("SELECT id FROM Accounts WHERE id is not null LIMIT 40 OFFSET 50").json()
    assert last["info"] == {"count": 10, "more_records": False}
    assert found(org, "select id from Accounts where id is not null offset 60") == []


def test_deleted_rows_are_not_found_and_new_ones_are(org) -> None:
    org.call("DELETE", f"/Accounts/{org.id(row=1)}")
    org.call("POST", "/Accounts", json={"data": [{"Account_Name": "New", "External_Id": "N-1"}]})
    org.put("Accounts", {"id": org.id(row=2), "External_Id": "N-2"})
    assert found(org, "select id from Accounts where External_Id = 'A-0000001'") == []
    assert found(org, "select id from Accounts where External_Id = 'A-0000002'") == []
    assert found(org, "select id from Accounts where External_Id in ('N-1','N-2')") == [
        org.id(row=2),
        org.id(row=60),
    ]


def test_hostile_text_comes_back_unchanged(org) -> None:
    text = 'O\'Brien "x"; \\ % _\n株式会社 🙂'
    org.put("Accounts", {"id": org.id(), "Account_Name": text})
    quoted = text.replace("'", "''")
    [row] = org.coql(f"select Account_Name from Accounts where Account_Name = '{quoted}'").json()["data"]
    assert row["Account_Name"] == text


SYNTAX = [
    "",
    "select",
    "select * from Accounts where id is not null",
    "select id from Accounts",
    "select id from Accounts limit 5",
    "select id from Accounts where",
    "select id from Accounts where id is not null and Tier = 'x' and Seats = 1",
    "select id from Accounts where id is not null or Tier = 'x' or Seats = 1",
    "select id from Accounts where (id is not null",
    "select id from Accounts where id is not null)",
    "select id from Accounts where Tier = 'O'Brien'",
    "select id from Accounts where Tier = 'open",
    "select id from Accounts where Tier == 'x'",
    "select id from Accounts where Tier in ()",
    "select id from Accounts where Tier in 'x'",
    "select id from Accounts where Tier = null",
    "select id from Accounts where id is not null order by",
    "select id from Accounts where id is not null limit x",
    "select id from Accounts where id is not null limit -1",
    "select id from Accounts where id is not null group by Tier",
    "select count(id) from Accounts where id is not null",
    "select id from Accounts where id is not null; drop table Accounts",
    "select id from Accounts where id is not null -- x",
    "select id, from Accounts where id is not null",
    "delete from Accounts where id is not null",
    "update Accounts set Tier = 'x' where id is not null",
    "select id from Accounts a join Contacts c where id is not null",
    "select id from Accounts where id is not null limit 1 limit 2",
    "select id from Accounts where Seats between 1",
]


@pytest.mark.parametrize("text", SYNTAX)
def test_what_is_no_coql_is_a_syntax_error(org, text) -> None:
    answer = org.coql(text)
    assert answer.status_code == 400
    told = answer.json()
    assert (told["code"], told["status"]) == ("SYNTAX_ERROR", "error")
    assert set(told["details"]) in ({"clause"}, {"line", "column", "near"})


def test_a_syntax_error_names_its_place(org) -> None:
    told = org.coql("select id\nfrom Accounts where Tier ~ 'x'").json()
    assert told["details"] == {"line": 2, "column": 26, "near": "~ 'x'"}
    assert org.coql("select id from Accounts").json()["details"] == {"clause": "where"}


INVALID = [
    ("select Nope from Accounts where id is not null", "column_name"),
    ("select id from Accounts where Nope = 1", "column_name"),
    ("select Tier.x from Accounts where id is not null", "column_name"),
    ("select id from Accounts where id is not null order by Nope", "column_name"),
    ("select id from Accounts where Description like '%x%'", "reason"),
    ("select id from Accounts where Tier > 'x'", "reason"),
    ("select id from Accounts where Active != true", "reason"),
    ("select id from Accounts where Seats like '1%'", "reason"),
    ("select id from Accounts where Seats = 'many'", "reason"),
    ("select id from Accounts where Renewal_Date > 'soon'", "reason"),
    ("select id from Accounts where Modified_Time > '2026-01-01T00:00:00'", "reason"),
    ("select id from Accounts where Owner = 'somebody'", "reason"),
    ("select id from Accounts where Account_Name like 'x'", "reason"),
    ("select Sites from Accounts where id is not null", "column_name"),
]


@pytest.mark.parametrize(("text", "key"), INVALID)
def test_what_cannot_be_asked_is_an_invalid_query(org, text, key) -> None:
    answer = org.coql(text)
    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["message"]) == ("INVALID_QUERY", "Invalid query formed")
    assert key in answer.json()["details"]


def test_limits_of_a_statement(org) -> None:
    many = ",".join(f"f{number}" for number in range(51))
    values = ",".join(f"'{number}'" for number in range(51))
    pairs = "Tier = 'x'"
    for number in range(25):
        pairs = f"({pairs} or Seats = {number})"
    for text in (
        "select id from Accounts where id is not null limit 2001",
        "select id from Accounts where id is not null limit 0",
        "select id from Accounts where id is not null limit 99000, 2000",
        f"select {many} from Accounts where id is not null",
        f"select id from Accounts where Tier in ({values})",
        f"select id from Accounts where {pairs}",
        "select Owner.email, Parent_Account.id, Primary_Contact.id from Accounts where id is not null",
    ):
        assert org.coql(text).json()["code"] == "LIMIT_EXCEEDED", text
    twice = "select id from Accounts where id is not null order by id,id"
    assert org.coql(twice).json()["code"] == "DUPLICATE_DATA"
    assert org.coql("select id from Nothing where id is not null").json()["code"] == "INVALID_MODULE"
    assert org.call("POST", "/coql", json={}).json()["code"] == "MANDATORY_NOT_FOUND"
    assert org.call("POST", "/coql", json={"select_query": 5}).json()["code"] == "INVALID_DATA"
