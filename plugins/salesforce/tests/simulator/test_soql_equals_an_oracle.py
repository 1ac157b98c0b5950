# ruff: noqa: E501, S608  the oracle is asked with statements made for it, and a statement stands on one line
"""Generated SOQL gives what SQLite gives for the same question: the parser and the filters have an oracle.

The oracle is written in SQL from the vendor's rules (text without regard to case, null equal to nothing but
null, two-valued logic), not from the simulator's code.
"""

import sqlite3
from collections import abc
from datetime import UTC, datetime

import pytest
import requests
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.doubles.lengths import examples
from writeback.sdk.simulator import Running, serve
from writeback_salesforce.simulator import build

TODAY = "2026-06-11"
ROWS = 300
FIELDS = {
    "Id": "id", "Name": "text", "Industry": "text", "Tier__c": "text", "BillingCity": "text", "Phone": "text",
    "AnnualRevenue": "number", "NumberOfEmployees": "number", "Health__c": "number", "Active__c": "boolean",
    "Renewal_Date__c": "date", "Last_Review__c": "datetime", "SystemModstamp": "datetime",
    "Segments__c": "several", "OwnerId": "id",
    "Owner.Email": "text", "Owner.Manager.LastName": "text", "Parent.Name": "text", "Parent.Industry": "text",
    "Parent.AnnualRevenue": "number", "Parent.Active__c": "boolean",
}  # fmt: skip
Part = tuple[str, str, tuple[object, ...]]  # SOQL, SQL, its parameters


class Both:
    """The simulator, and the same rows in SQLite."""

    def __init__(self, running: Running) -> None:
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {running.token}"
        self.url = f"{running.url}/services/data/v67.0/query"
        self.sql = sqlite3.connect(":memory:")
        self.sql.create_function("lower", 1, lambda text: None if text is None else str(text).lower())
        self.sql.execute("pragma case_sensitive_like = on")
        names = ", ".join(f'"{name}"' for name in FIELDS)
        self.sql.execute(f"create table rows ({names})")
        rows = self.ask(f"SELECT {', '.join(FIELDS)} FROM Account")["records"]
        marks = ", ".join("?" * len(FIELDS))
        values = [[_at(row, name.split(".")) for name in FIELDS] for row in rows]
        self.sql.executemany(f"insert into rows values ({marks})", values)
        self.values = {name: [row[place] for row in values] for place, name in enumerate(FIELDS)}

    def ask(self, soql: str) -> dict[str, object]:
        answer = self.http.get(self.url, params={"q": soql}, timeout=30)
        assert answer.status_code == 200, (soql, answer.text)
        return answer.json()


def _at(row: object, path: list[str]) -> object:
    for step in path:
        row = row.get(step) if isinstance(row, dict) else None
    return row


@pytest.fixture(scope="module")
def both() -> abc.Iterator[Both]:
    crm = build(rows=ROWS, now=lambda: datetime.fromisoformat(f"{TODAY}T09:30:00").replace(tzinfo=UTC))
    with serve(crm) as running:
        made = Both(running)
        yield made
        made.http.close()
        made.sql.close()


def quoted(text: str) -> str:
    for sign, escape in (("\\", "\\\\"), ("'", "\\'"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        text = text.replace(sign, escape)
    return f"'{text}'"


def named(kinds: abc.Container[str]) -> st.SearchStrategy[str]:
    return st.sampled_from([name for name, kind in FIELDS.items() if kind in kinds])


def sample(*names: str) -> list[object]:
    """Give values the rows really hold: only they show what a border does."""
    crm = build(rows=ROWS)
    table = crm.org.tables["account"]
    found = {value for name in names for value in table.column(name, range(ROWS)) if value is not None}
    crm.close()
    return sorted(found, key=str)


TEXTS = [str(text) for text in sample("Name", "Industry", "BillingCity", "Phone", "Tier__c")]
words = st.one_of(
    st.sampled_from(["eNERGY", "bronze", "o'brien", "Line\nbreak", "z", "M", "#N/A", "+44"]),
    st.sampled_from(TEXTS),
)
numbers = st.one_of(
    st.integers(-5, 10_000), st.sampled_from(sample("AnnualRevenue", "NumberOfEmployees", "Health__c"))
)
STAMPS = [str(stamp) for stamp in sample("SystemModstamp", "Last_Review__c")]
DAYS = [f"{day}T00:00:00" for day in sample("Renewal_Date__c")]
moments = st.one_of(
    st.datetimes(datetime(2023, 12, 1), datetime(2026, 1, 1)),  # noqa: DTZ001  made aware in SOQL by its Z
    st.sampled_from([datetime.fromisoformat(text[:19]) for text in (*STAMPS, *DAYS)]),
)
plain_texts = st.sampled_from([text for text in TEXTS if not set(text) & set("\\%_'")])


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """Take a piece out of a real text and put wild cards around and into it."""
    text = draw(plain_texts)
    start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    holes = draw(st.sets(st.integers(0, len(text)), max_size=2))
    inner = "".join("_" if place in holes else text[place] for place in range(start, end))
    ends = st.sampled_from(["", "%", "%%", "_", "\\%"])
    return draw(ends) + draw(st.sampled_from([inner, inner.upper(), text])) + draw(ends)


@st.composite
def text_parts(draw: st.DrawFn) -> Part:
    name = draw(named({"text"}))
    operator = draw(
        st.sampled_from(["=", "!=", "<>", "<", ">", "<=", ">=", "LIKE", "like", "IN", "NOT IN", "in"])
    )
    column = f'lower("{name}")'
    if operator.upper() == "LIKE":
        pattern = draw(patterns())
        sql = f"coalesce({column} like lower(?) escape '\\', 0)"
        return f"{name} {operator} '{pattern}'", sql, (pattern,)
    if operator.upper().endswith("IN"):
        values = draw(st.lists(words, min_size=1, max_size=4))
        sql = f"coalesce({column} in ({', '.join(['lower(?)'] * len(values))}), 0)"
        negated = "not " if operator.upper().startswith("NOT") else ""
        return f"{name} {operator} ({', '.join(map(quoted, values))})", negated + sql, tuple(values)
    value = draw(words)
    if operator in ("!=", "<>"):
        return f"{name} {operator} {quoted(value)}", f"not coalesce({column} = lower(?), 0)", (value,)
    return f"{name} {operator} {quoted(value)}", f"coalesce({column} {operator} lower(?), 0)", (value,)


@st.composite
def number_parts(draw: st.DrawFn) -> Part:
    name, value = draw(named({"number"})), draw(numbers)
    operator = draw(st.sampled_from(["=", "!=", "<", ">", "<=", ">="]))
    if operator == "!=":
        return f"{name} != {value}", f'not coalesce("{name}" = ?, 0)', (value,)
    return f"{name} {operator} {value}", f'coalesce("{name}" {operator} ?, 0)', (value,)


@st.composite
def null_parts(draw: st.DrawFn) -> Part:
    name = draw(named({"text", "number", "date", "datetime", "several", "id"}))
    is_null = draw(st.booleans())
    return f"{name} {'=' if is_null else '!='} null", f'"{name}" is {"" if is_null else "not "}null', ()


@st.composite
def boolean_parts(draw: st.DrawFn) -> Part:
    name, value = draw(named({"boolean"})), draw(st.booleans())
    operator = draw(st.sampled_from(["=", "!="]))
    sql = f'coalesce("{name}" = ?, 0)'
    return f"{name} {operator} {str(value).upper()}", sql if operator == "=" else f"not {sql}", (value,)


@st.composite
def date_parts(draw: st.DrawFn) -> Part:
    operator = draw(st.sampled_from(["=", "!=", "<", ">", "<=", ">="]))
    at = draw(moments).replace(microsecond=0)
    if draw(st.booleans()):
        name, soql, value = draw(named({"date"})), at.date().isoformat(), at.date().isoformat()
    else:
        name, soql = (
            draw(named({"datetime"})),
            at.isoformat() + draw(st.sampled_from(["Z", ".000Z", "+00:00"])),
        )
        value = at.isoformat() + ".000+0000"
    if operator == "!=":
        return f"{name} != {soql}", f'not coalesce("{name}" = ?, 0)', (value,)
    return f"{name} {operator} {soql}", f'coalesce("{name}" {operator} ?, 0)', (value,)


SPANS = {
    "TODAY": ("{d}", "date({d}, '+1 day')"),
    "YESTERDAY": ("date({d}, '-1 day')", "{d}"),
    "last_n_days:400": ("date({d}, '-400 days')", "date({d}, '+1 day')"),
    "THIS_MONTH": ("date({d}, 'start of month')", "date({d}, 'start of month', '+1 month')"),
    "LAST_N_MONTHS:3": ("date({d}, 'start of month', '-3 months')", "date({d}, 'start of month')"),
    "THIS_YEAR": ("date({d}, 'start of year')", "date({d}, 'start of year', '+1 year')"),
    "LAST_YEAR": ("date({d}, 'start of year', '-1 year')", "date({d}, 'start of year')"),
    "NEXT_N_YEARS:2": ("date({d}, 'start of year', '+1 year')", "date({d}, 'start of year', '+3 years')"),
}


@st.composite
def word_parts(draw: st.DrawFn) -> Part:
    days = draw(st.integers(1, 200))
    spans = SPANS | {
        f"LAST_N_DAYS:{days}": (f"date({{d}}, '-{days} days')", "date({d}, '+1 day')"),
        f"next_n_days:{days}": ("date({d}, '+1 day')", f"date({{d}}, '+{days + 1} days')"),
    }
    name, word = draw(named({"date", "datetime"})), draw(st.sampled_from(sorted(spans)))
    operator = draw(st.sampled_from(["=", "!=", "<", ">", "<=", ">="]))
    start, end = (text.format(d=f"'{TODAY}'") for text in spans[word])
    column = f'"{name}"'
    inside = f"coalesce({column} >= {start} and {column} < {end}, 0)"
    sql = {
        "=": inside,
        "!=": f"not {inside}",
        "<": f"coalesce({column} < {start}, 0)",
        "<=": f"coalesce({column} < {end}, 0)",
        ">": f"coalesce({column} >= {end}, 0)",
        ">=": f"coalesce({column} >= {start}, 0)",
    }[operator]
    return f"{name} {operator} {word}", sql, ()


@st.composite
def several_parts(draw: st.DrawFn) -> Part:
    options = ["Retail", "wholesale", "Public sector", "Food & Drink", "R&D", "Export", "None such"]
    groups = draw(
        st.lists(st.lists(st.sampled_from(options), min_size=1, max_size=2), min_size=1, max_size=3)
    )
    column = "(';' || coalesce(lower(\"Segments__c\"), '') || ';')"
    ors = " or ".join(
        "(" + " and ".join(f"{column} like '%;' || lower(?) || ';%'" for _option in group) + ")"
        for group in groups
    )
    listed = ", ".join(quoted(";".join(group)) for group in groups)
    operator = draw(st.sampled_from(["INCLUDES", "EXCLUDES", "includes"]))
    sql = f"({ors})" if operator.upper() == "INCLUDES" else f"not ({ors})"
    return f"Segments__c {operator} ({listed})", sql, tuple(option for group in groups for option in group)


@st.composite
def id_parts(draw: st.DrawFn) -> Part:
    rows = draw(st.lists(st.integers(0, ROWS + 20), min_size=1, max_size=5))
    ids = [f"0015fSim0000{row // 3844 % 62}{_two(row)}ABA" for row in rows]
    ids = [_with_checksum(given[:15]) for given in ids]
    if draw(st.booleans()):
        marks = ", ".join("?" * len(ids))
        return f"Id IN ({', '.join(map(quoted, ids))})", f'"Id" in ({marks})', tuple(ids)
    operator = draw(st.sampled_from(["=", "!=", "<", ">", "<=", ">="]))
    given = ids[0] if draw(st.booleans()) else ids[0][:15]
    return f"Id {operator} {quoted(given)}", f'"Id" {operator} ?', (ids[0],)


def _two(row: int) -> str:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    return digits[row // 62 % 62] + digits[row % 62]


def _with_checksum(short: str) -> str:
    chunks = (short[start : start + 5] for start in (0, 5, 10))
    bits = (
        sum((sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ") << place for place, sign in enumerate(chunk))
        for chunk in chunks
    )
    return short + "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[number] for number in bits)


leaves = st.one_of(
    text_parts(),
    number_parts(),
    null_parts(),
    boolean_parts(),
    date_parts(),
    word_parts(),
    several_parts(),
    id_parts(),
)


def joined(children: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    def join(word: str, parts: list[Part]) -> Part:
        soql = f" {word} ".join(f"({part[0]})" for part in parts)
        sql = f" {word} ".join(f"({part[1]})" for part in parts)
        return soql, sql, tuple(value for part in parts for value in part[2])

    several = st.lists(children, min_size=2, max_size=3)
    return st.one_of(
        st.builds(join, st.sampled_from(["AND", "OR", "and", "Or"]), several),
        children.map(lambda part: (f"NOT ({part[0]})", f"not ({part[1]})", part[2])),
    )


conditions = st.one_of(leaves, st.recursive(leaves, joined, max_leaves=6))


@st.composite
def statements(draw: st.DrawFn) -> tuple[str, str, tuple[object, ...]]:
    part = draw(st.none() | conditions)
    soql, sql, values = " FROM Account", ' from "rows"', ()
    if part is not None:
        soql, sql, values = f"{soql} WHERE {part[0]}", f"{sql} where {part[1]}", part[2]
    orders = draw(st.lists(named({"text", "number", "date", "datetime", "boolean"}), max_size=3, unique=True))
    directions = [draw(st.sampled_from(["", " ASC", " DESC", " desc"])) for _name in orders]
    nulls = [draw(st.sampled_from(["", " NULLS FIRST", " NULLS LAST"])) for _name in orders]
    words_ = [f"{name}{way}{place}" for name, way, place in zip(orders, directions, nulls, strict=True)]
    columns = [
        (f'lower("{name}")' if FIELDS[name] == "text" else f'coalesce("{name}", 0)' if name == "Active__c" else f'"{name}"')
        + way + place
        for name, way, place in zip(orders, directions, nulls, strict=True)
    ]  # fmt: skip
    soql += " ORDER BY " + ", ".join([*words_, "Id"])
    sql += " order by " + ", ".join([*columns, '"Id"'])
    limit, offset = draw(st.none() | st.integers(0, 50)), draw(st.none() | st.integers(0, 100))
    if limit is not None:
        soql += f" LIMIT {limit}"
    if offset is not None:
        soql += f" OFFSET {offset}"
    if limit is not None or offset is not None:
        sql += f" limit {-1 if limit is None else limit} offset {offset or 0}"
    return soql, sql, values


@settings(max_examples=examples(200, nightly=5_000))
@example(statement=(" FROM Account WHERE Industry != 'Retail' ORDER BY Id",
                    ' from "rows" where not coalesce(lower("Industry") = \'retail\', 0) order by "Id"', ()))  # fmt: skip
@given(statement=statements())
def test_five_hundred_generated_statements_give_what_sqlite_gives(both: Both, statement: Part) -> None:
    soql, sql, values = statement
    wanted = [row[0] for row in both.sql.execute(f'select "Id"{sql}', values)]
    told = both.ask(f"SELECT Id{soql}")
    assert [row["Id"] for row in told["records"]] == wanted
    assert told["totalSize"] == len(wanted)


@st.composite
def like_parts(draw: st.DrawFn) -> Part:
    name, pattern = draw(named({"text"})), draw(patterns())
    return f"{name} LIKE '{pattern}'", f"coalesce(lower(\"{name}\") like lower(?) escape '\\', 0)", (pattern,)


@settings(max_examples=150)
@given(part=like_parts())
def test_patterns_find_what_sqlite_finds(both: Both, part: Part) -> None:
    wanted = [
        row[0] for row in both.sql.execute(f'select "Id" from "rows" where {part[1]} order by "Id"', part[2])
    ]
    assert [row["Id"] for row in both.ask(f"SELECT Id FROM Account WHERE {part[0]}")["records"]] == wanted


@st.composite
def indexed_parts(draw: st.DrawFn) -> Part:
    """Conditions for which the simulator does not ask every row."""
    stamp, operator = draw(st.sampled_from(STAMPS)), draw(st.sampled_from(["=", ">", ">=", "<", "<="]))
    moved = f"SystemModstamp {operator} {stamp[:19]}Z", f'"SystemModstamp" {operator} ?', (stamp,)
    return draw(st.one_of(id_parts(), st.just(moved)))


@settings(max_examples=150)
@example(parts=[("Id <= '0015fSim000000A'", '"Id" <= ?', ("0015fSim000000AABQ",))])
@given(parts=st.lists(indexed_parts(), min_size=1, max_size=3))
def test_the_quick_ways_to_rows_give_what_sqlite_gives(both: Both, parts: list[Part]) -> None:
    soql = " AND ".join(part[0] for part in parts)
    sql = " and ".join(f"({part[1]})" for part in parts)
    values = tuple(value for part in parts for value in part[2])
    wanted = [
        row[0] for row in both.sql.execute(f'select "Id" from "rows" where {sql} order by "Id"', values)
    ]
    assert [row["Id"] for row in both.ask(f"SELECT Id FROM Account WHERE {soql}")["records"]] == wanted


@settings(max_examples=60)
@given(part=conditions, name=st.sampled_from(["Id", "Industry", "AnnualRevenue", "Phone"]))
def test_counts_are_those_of_sqlite(both: Both, part: Part, name: str) -> None:
    [[rows, filled]] = both.sql.execute(
        f'select count(*), count("{name}") from "rows" where {part[1]}', part[2]
    )
    assert both.ask(f"SELECT COUNT() FROM Account WHERE {part[0]}")["totalSize"] == rows
    [counted] = both.ask(f"SELECT COUNT({name}) n FROM Account WHERE {part[0]}")["records"]
    assert counted["n"] == filled


def test_the_rows_hold_enough_variety_for_the_oracle_to_mean_something(both: Both) -> None:
    for name in FIELDS:
        distinct = set(both.values[name])
        assert len(distinct) > 1, name
    assert {None} < set(both.values["Parent.Name"])
