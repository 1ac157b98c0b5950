"""Read a COQL statement into a tree; refuse what the vendor refuses, with the vendor's code.

Grammar (https://www.zoho.com/crm/developer/docs/api/v8/COQL-Overview.html): `select` with dotted joins,
`from`, `where` (mandatory), `order by`, `limit`, `offset`. More than two criteria have to be bracketed in
pairs: `((a and b) and c)`. Quotes inside a text are doubled. Must not know any module.
"""

import re
from collections import abc
from dataclasses import dataclass

from writeback_zoho.simulator.problems import Problem

Literal = str | int | float | bool
Path = tuple[str, ...]
MOST_CRITERIA = 25
MOST_ORDERS = 10
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>'(?:[^']|'')*'|"(?:[^"]|"")*")
    |(?P<number>[+-]?\d+(?:\.\d+)?(?![\w.]))
    |(?P<name>!?[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)
    |(?P<sign>>=|<=|!=|<>|=|>|<|\(|\)|,)
    )""",
    re.VERBOSE,
)
_KEYWORDS = frozenset(
    (
        "select",
        "from",
        "where",
        "and",
        "or",
        "not",
        "in",
        "like",
        "between",
        "is",
        "null",
        "order",
        "by",
        "asc",
        "desc",
        "limit",
        "offset",
        "as",
        "group",
        "having",
    )
)
_SIGNS = frozenset({"=", "!=", "<>", ">", "<", ">=", "<="})


@dataclass(frozen=True, slots=True)
class Column:
    """What a row is asked for."""

    path: Path
    alias: str = ""

    @property
    def key(self) -> str:
        """Give the name of the value in the answer."""
        return self.alias or ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Compare:
    """One criterion."""

    path: Path
    operator: str
    values: tuple[Literal, ...] = ()


@dataclass(frozen=True, slots=True)
class Both:
    """Two conditions, joined."""

    word: str  # and, or
    left: "Compare | Both"
    right: "Compare | Both"


Condition = Compare | Both


@dataclass(frozen=True, slots=True)
class Query:
    """One statement."""

    columns: tuple[Column, ...]
    module: str
    where: Condition
    orders: tuple[tuple[Path, bool], ...] = ()  # column, ascending
    limit: int = 200
    offset: int = 0


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # text, number, name, sign, end
    text: str
    at: int

    @property
    def word(self) -> str:
        return self.text.lower() if self.kind == "name" else ""


def parse(text: str) -> Query:
    """Read a statement.

    Raises:
        Problem: SYNTAX_ERROR, LIMIT_EXCEEDED or DUPLICATE_DATA.
    """
    return _Parser(text).query()


def conjuncts(condition: Condition) -> abc.Iterator[Compare]:
    """Give the criteria that every matching row has to meet."""
    if isinstance(condition, Compare):
        yield condition
    elif condition.word == "and":
        yield from conjuncts(condition.left)
        yield from conjuncts(condition.right)


def criteria(condition: Condition) -> abc.Iterator[Compare]:
    """Give all criteria."""
    if isinstance(condition, Compare):
        yield condition
    else:
        yield from criteria(condition.left)
        yield from criteria(condition.right)


def missing_clause(clause: str) -> Problem:
    """A clause that has to be there is not."""
    return Problem("SYNTAX_ERROR", "missing clause", {"clause": clause})


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._cut()
        self._place = 0

    def query(self) -> Query:
        if not self._took("select"):
            raise missing_clause("select")
        columns = self._columns()
        if not self._took("from"):
            raise missing_clause("from") if self._next.kind == "end" else self._error()
        module = self._name().removeprefix("!")
        if not self._took("where"):
            raise missing_clause("where") if self._at_clause() else self._error()
        where = self._condition()
        if sum(1 for _ in criteria(where)) > MOST_CRITERIA:
            raise Problem(
                "LIMIT_EXCEEDED", "criteria limit exceeded", {"limit": MOST_CRITERIA, "clause": "where"}
            )
        orders = self._orders()
        limit, offset = self._window()
        if self._next.kind != "end":
            raise self._error()
        return Query(columns, module, where, orders, limit, offset)

    def _cut(self) -> list[_Token]:
        tokens, at, text = [], 0, self._text.rstrip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                start = len(text) - len(text[at:].lstrip())
                raise self._error(_Token("sign", text[start : start + 10], start))
            kind = found.lastgroup or "sign"
            tokens.append(_Token(kind, found[kind], found.start(kind)))
            at = found.end()
        tokens.append(_Token("end", "", len(text)))
        return tokens

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place]

    def _took(self, *words: str) -> bool:
        for step, word in enumerate(words):
            token = self._tokens[min(self._place + step, len(self._tokens) - 1)]
            if token.word != word and not (token.kind == "sign" and token.text == word):
                return False
        self._place += len(words)
        return True

    def _at_clause(self) -> bool:
        return self._next.kind == "end" or self._next.word in ("order", "limit", "offset")

    def _error(self, token: _Token | None = None) -> Problem:
        token = token or self._next
        line = self._text.count("\n", 0, token.at) + 1
        column = token.at - (self._text.rfind("\n", 0, token.at) + 1) + 1
        details = {"line": line, "column": column, "near": token.text[:50]}
        return Problem("SYNTAX_ERROR", "error occured while parsing the query", details)

    def _name(self) -> str:
        token = self._next
        if token.kind == "text" and re.fullmatch(r"['\"][\w.]+['\"]", token.text):
            self._place += 1  # a reserved word as a name stands in quotes
            return token.text[1:-1]
        if token.kind != "name" or token.word in _KEYWORDS:
            raise self._error()
        self._place += 1
        return token.text

    def _columns(self) -> tuple[Column, ...]:
        columns = []
        while True:
            path = tuple(self._name().split("."))
            alias = self._name() if self._took("as") else ""
            columns.append(Column(path, alias))
            if not self._took(","):
                return tuple(columns)

    def _condition(self) -> Condition:
        left = self._part()
        for word in ("and", "or"):
            if self._took(word):
                joined = Both(word, left, self._part())
                if self._next.word in ("and", "or"):
                    raise self._error()  # a third criterion needs brackets
                return joined
        return left

    def _part(self) -> Condition:
        if self._took("("):
            inner = self._condition()
            if not self._took(")"):
                raise self._error()
            return inner
        return self._criterion()

    def _criterion(self) -> Compare:
        path = tuple(self._name().split("."))
        token = self._next
        if token.kind == "sign" and token.text in _SIGNS:
            self._place += 1
            return Compare(path, "!=" if token.text == "<>" else token.text, (self._literal(),))
        if self._took("is", "not", "null"):
            return Compare(path, "is not null")
        if self._took("is", "null"):
            return Compare(path, "is null")
        negated = "not " if self._took("not") else ""
        if self._took("like"):
            return Compare(path, f"{negated}like", (self._literal(),))
        if self._took("between"):
            low = self._literal()
            if not self._took("and"):
                raise self._error()
            return Compare(path, f"{negated}between", (low, self._literal()))
        if self._took("in"):
            return Compare(path, f"{negated}in", self._list())
        raise self._error()

    def _list(self) -> tuple[Literal, ...]:
        if not self._took("("):
            raise self._error()
        values = [self._literal()]
        while self._took(","):
            values.append(self._literal())
        if not self._took(")"):
            raise self._error()
        return tuple(values)

    def _literal(self) -> Literal:
        token = self._next
        if token.kind in ("end", "sign") or token.word in _KEYWORDS:
            raise self._error()
        self._place += 1
        if token.kind == "text":
            quote = token.text[0]
            return token.text[1:-1].replace(quote * 2, quote)
        if token.kind == "number":
            return float(token.text) if "." in token.text else int(token.text)
        return {"true": True, "false": False}.get(token.word, token.text)

    def _orders(self) -> tuple[tuple[Path, bool], ...]:
        if not self._took("order", "by"):
            return ()
        orders: list[tuple[Path, bool]] = []
        while True:
            name = self._name()
            path = tuple(name.split("."))
            if any(path == known for known, _ in orders):
                raise Problem("DUPLICATE_DATA", "duplicate column", {"column_name": name})
            ascending = not self._took("desc")
            if ascending:
                self._took("asc")
            orders.append((path, ascending))
            if not self._took(","):
                break
        if len(orders) > MOST_ORDERS:
            raise Problem(
                "LIMIT_EXCEEDED", "order by limit exceeded", {"limit": MOST_ORDERS, "clause": "order by"}
            )
        return tuple(orders)

    def _window(self) -> tuple[int, int]:
        limit, offset = 200, 0
        if self._took("limit"):
            limit = self._whole()
            if self._took(","):
                offset, limit = limit, self._whole()
        if self._took("offset"):
            offset = self._whole()
        return limit, offset

    def _whole(self) -> int:
        token = self._next
        if token.kind != "number" or not token.text.isdigit():
            raise self._error()
        self._place += 1
        return int(token.text)
