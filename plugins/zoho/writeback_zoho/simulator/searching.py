"""Search and count. A search is eventually consistent: it does not see what was written just now.

Source: https://www.zoho.com/crm/developer/docs/api/v8/search-records.html.
"""

import re
from collections import abc

from writeback.sdk.simulator import Answer, json_answer
from writeback_zoho.simulator.conditions import Reach, make_test, reach
from writeback_zoho.simulator.coql import Both, Compare, Condition, Path
from writeback_zoho.simulator.describing import TEXTS
from writeback_zoho.simulator.problems import Problem, bad_param
from writeback_zoho.simulator.showing import show_record
from writeback_zoho.simulator.state import Call, Org
from writeback_zoho.simulator.tables import Maker, Table, Values

MOST = 2_000
MOST_CRITERIA = 15
_ONE = re.compile(r"\(\s*([A-Za-z_$][\w$.]*)\s*:\s*(\w+)\s*:((?:\\.|[^()\\])*)\)", re.DOTALL)
_OPERATORS = {
    "equals": "=",
    "not_equal": "!=",
    "greater_than": ">",
    "less_than": "<",
    "greater_equal": ">=",
    "less_equal": "<=",
    "in": "in",
    "between": "between",
    "starts_with": "like",
}
Test = abc.Callable[[int], bool]


def search(call: Call) -> Answer:
    """GET /{module}/search by criteria, email, phone or word."""
    org, table = call.org, call.org.table(call.found[0])
    page, per_page = max(1, call.whole("page", 1)), call.whole("per_page", 200)
    if not 1 <= per_page <= 200:
        raise bad_param("per_page", maximum_length=200)
    if page * per_page > MOST:
        message = "maximum response iteration limit reached"
        raise Problem("LIMIT_REACHED", message, {"limit": str(MOST)})
    with org.lock:
        found = _found(call, table)
        shown = found[(page - 1) * per_page : page * per_page]
        names = [name for name in call.query.get("fields", "").split(",") if name] or None
        records = [show_record(org, table, row, names) for row in shown if row not in table.deleted]
    if not records:
        return Answer(204)
    info = {
        "per_page": per_page,
        "count": len(records),
        "page": page,
        "sort_by": "id",
        "sort_order": "desc",
        "more_records": page * per_page < len(found),
    }
    return json_answer({"data": records, "info": info})


def count(call: Call) -> Answer:
    """GET /{module}/actions/count."""
    org, table = call.org, call.org.table(call.found[0])
    with org.lock:
        if not {"criteria", "email", "phone", "word"} & {name for name, text in call.query.items() if text}:
            return json_answer({"count": table.count - len(table.deleted)})
        return json_answer({"count": len(_found(call, table))})


def _found(call: Call, table: Table) -> list[int]:
    """Give the rows a search finds, newest first, as it sees them."""
    org, query = call.org, call.query
    view = _View(org, table)
    if query.get("criteria"):
        condition = _Criteria(query["criteria"]).read()
        test = make_test(org, table, condition, read=view.reach)
    elif query.get("email"):
        test = _any_of(table, view, {"email"}, query["email"], whole=True)
    elif query.get("phone"):
        test = _any_of(table, view, {"phone"}, query["phone"], whole=True)
    elif query.get("word"):
        test = _any_of(table, view, TEXTS, query["word"], whole=False)
    else:
        names = ["criteria", "email", "phone", "word"]
        raise Problem(
            "REQUIRED_PARAM_MISSING", "One of the expected parameter is missing", {"param_names": names}
        )
    return [row for row in reversed(range(table.count)) if view.shows(row) and test(row)]


class _View:
    """The rows of a module as a search sees them: some writes late."""

    def __init__(self, org: Org, table: Table) -> None:
        self._org = org
        self._table = table
        self._past = org.still_seen(table.module.name)

    def shows(self, row: int) -> bool:
        """Say whether a row is there."""
        return self._past[row] is not None if row in self._past else row not in self._table.deleted

    def reach(self, path: Path) -> Reach:
        """Find a field by its path; values written too lately are the old ones."""
        target = reach(self._org, self._table, path)
        return Reach(target.field, self.late(target.read, path[0])) if len(path) == 1 else target

    def late(self, read: Maker, name: str) -> Maker:
        """Give a reader that does not see late writes."""
        past, table = self._past, self._table
        if not past:
            return read

        def seen(row: int) -> object:
            values: Values | None = past.get(row)
            if values is None or name in table.seeds.computed:
                return read(row)
            return values[name] if name in values else table.seeded(row, name)

        return seen


def _any_of(table: Table, view: _View, kinds: abc.Set[str], wanted: str, *, whole: bool) -> Test:
    low = wanted.casefold()
    readers = [
        view.late(table.getter(name), name)
        for name, of in table.module.fields.items()
        if of.data_type in kinds
    ]

    def test(row: int) -> bool:
        texts = (str(value).casefold() for read in readers if (value := read(row)) is not None)
        return any(low == text if whole else low in re.split(r"\W+", text) for text in texts)

    return test


class _Criteria:
    """Reads `((A:equals:x)and(B:starts_with:y))`."""

    def __init__(self, text: str) -> None:
        self._text = text.strip()
        self._at = 0
        self._count = 0

    def read(self) -> Condition:
        """Give the condition.

        Raises:
            Problem: INVALID_QUERY, CRITERIA_LIMIT_EXCEEDED.
        """
        text = self._text
        bare = re.fullmatch(r"[A-Za-z_$][\w$.]*:\w+:[^()]*", text)
        if bare:
            self._text = f"({text})"
        condition = self._joined()
        if self._at != len(self._text):
            raise _invalid()
        return condition

    def _joined(self) -> Condition:
        left = self._part()
        while (word := re.compile(r"\s*(and|or)\s*", re.IGNORECASE).match(self._text, self._at)) is not None:
            self._at = word.end()
            left = Both(word[1].lower(), left, self._part())
        return left

    def _part(self) -> Condition:
        one = _ONE.match(self._text, self._at)
        if one is not None:
            self._at = one.end()
            return self._compare(one[1], one[2], re.sub(r"\\(.)", r"\1", one[3]))
        if self._text[self._at : self._at + 1] != "(":
            raise _invalid()
        self._at += 1
        inner = self._joined()
        if self._text[self._at : self._at + 1] != ")":
            raise _invalid()
        self._at += 1
        return inner

    def _compare(self, name: str, operator: str, value: str) -> Compare:
        self._count += 1
        if self._count > MOST_CRITERIA:
            message = f"no of criterium that can be given exceed the limit {MOST_CRITERIA}"
            raise Problem("CRITERIA_LIMIT_EXCEEDED", message)
        known = _OPERATORS.get(operator)
        if known is None:
            raise Problem("INVALID_QUERY", "invalid operator found", {"operator": operator, "api_name": name})
        path = tuple(name.split("."))
        if operator == "starts_with":
            return Compare(path, "like", (f"{value}%",))
        if value == "null" and operator in ("equals", "not_equal"):
            return Compare(path, "is null" if operator == "equals" else "is not null")
        values = (
            tuple(piece.strip() for piece in value.split(",")) if known in ("in", "between") else (value,)
        )
        if known == "between" and len(values) != 2:
            raise _invalid()
        if len(values) > 100:
            message = 'Only 100 values are allowed in "IN" criteria'
            raise Problem("INVALID_QUERY", message, {"api_name": name})
        return Compare(path, known, values)


def _invalid() -> Problem:
    return Problem("INVALID_QUERY", "Invalid query formed", {"reason": "criteria", "api_name": "criteria"})
