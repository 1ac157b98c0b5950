"""Read the text of `$filter`: tokens, then a tree. Syntax only; nothing here knows a table.

The grammar is the part of OData 4.0 that section 6 of the wire contract lists. Whatever else is written is
refused with the place where it stands.
"""

import re
from collections import abc
from dataclasses import dataclass
from decimal import Decimal
from json import loads

from writeback_dynamics.simulator.problems import bad_query

COMPARISONS = frozenset({"eq", "ne", "gt", "ge", "lt", "le"})
TEXT_FUNCTIONS = frozenset({"contains", "startswith", "endswith"})
_NAMESPACE = "Microsoft.Dynamics.CRM."
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<string>'(?:[^']|'')*')
    | (?P<quoted>"(?:[^"\\]|\\.)*")
    | (?P<guid>[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![\w-]))
    | (?P<datetime>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)
    | (?P<date>\d{4}-\d\d-\d\d(?!\w))
    | (?P<number>[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?!\w))
    | (?P<alias>@\w+)
    | (?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
    | (?P<sign>[(),/:=\[\]])
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the query."""

    kind: str  # null, boolean, number, string, guid, date, datetime, enum
    value: object


@dataclass(frozen=True, slots=True)
class Path:
    """A property, perhaps reached over navigation properties."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """`left eq right`."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Logic:
    """`one and two and three`: flat, since clients join hundreds of ids by `or`."""

    operator: str
    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """`not (…)`."""

    inner: "Node"


@dataclass(frozen=True, slots=True)
class TextCall:
    """`contains(property,'text')`."""

    function: str
    subject: "Node"
    text: "Node"


@dataclass(frozen=True, slots=True)
class Lambda:
    """`collection/any(x:x/name eq 'a')`."""

    path: tuple[str, ...]
    quantifier: str
    variable: str
    inner: "Node | None"


@dataclass(frozen=True, slots=True)
class QueryFunction:
    """`Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=['a'])`."""

    name: str  # without the namespace
    arguments: abc.Mapping[str, object]  # texts, or lists of texts


Node = Literal | Path | Compare | Logic | Not | TextCall | Lambda | QueryFunction


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def read_filter(text: str, aliases: abc.Mapping[str, str]) -> Node:
    """Read a filter.

    Args:
        text: What `$filter` says, decoded.
        aliases: The parameters of the URL whose names start with @.

    Raises:
        Problem: It is no filter.
    """
    return _Reader(text, aliases).whole()


class _Reader:
    def __init__(self, text: str, aliases: abc.Mapping[str, str]) -> None:
        self._text = text
        self._aliases = aliases
        self._tokens = list(_tokens(text))
        self._place = 0

    def whole(self) -> Node:
        node = self._either()
        if self._next.kind != "end":
            raise self._wrong()
        return node

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place]

    def _take(self) -> _Token:
        token = self._next
        self._place += 1
        return token

    def _is_word(self, *words: str) -> bool:
        return self._next.kind == "name" and self._next.text in words

    def _is_sign(self, sign: str) -> bool:
        return self._next.kind == "sign" and self._next.text == sign

    def _expect(self, sign: str) -> None:
        if not self._is_sign(sign):
            raise self._wrong()
        self._take()

    def _wrong(self) -> Exception:
        return bad_query(f"Syntax error at position {self._next.at} in '{self._text}'.")

    def _either(self) -> Node:
        parts = [self._both()]
        while self._is_word("or"):
            self._take()
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Logic("or", tuple(parts))

    def _both(self) -> Node:
        parts = [self._negated()]
        while self._is_word("and"):
            self._take()
            parts.append(self._negated())
        return parts[0] if len(parts) == 1 else Logic("and", tuple(parts))

    def _negated(self) -> Node:
        if self._is_word("not"):
            self._take()
            return Not(self._negated())
        left = self._primary()
        if self._next.kind == "name" and self._next.text in COMPARISONS:
            operator = self._take().text
            return Compare(operator, left, self._primary())
        return left

    def _primary(self) -> Node:
        token = self._next
        if self._is_sign("("):
            self._take()
            node = self._either()
            self._expect(")")
            return node
        if token.kind in ("string", "guid", "datetime", "date", "number"):
            return _literal(self._take())
        if token.kind == "alias":
            return self._aliased(self._take())
        if token.kind == "name":
            return self._named()
        raise self._wrong()

    def _aliased(self, token: _Token) -> Node:
        given = self._aliases.get(token.text)
        if given is None:
            raise bad_query(f"The parameter alias '{token.text}' is not defined.")
        return _Reader(given, {}).whole()

    def _named(self) -> Node:
        name = self._take().text
        if name in ("null", "true", "false"):
            return Literal("null", None) if name == "null" else Literal("boolean", name == "true")
        if self._next.kind == "string" and name.startswith(_NAMESPACE):
            return Literal("enum", str(_literal(self._take()).value))
        if self._is_sign("("):
            return self._called(name)
        return self._path(name)

    def _path(self, first: str) -> Node:
        names = [first]
        while self._is_sign("/"):
            self._take()
            if self._next.kind != "name":
                raise self._wrong()
            name = self._take().text
            if name in ("any", "all") and self._is_sign("("):
                return self._lambda(tuple(names), name)
            names.append(name)
        return Path(tuple(names))

    def _lambda(self, path: tuple[str, ...], quantifier: str) -> Node:
        self._expect("(")
        if self._is_sign(")") and quantifier == "any":
            self._take()
            return Lambda(path, quantifier, "", None)
        if self._next.kind != "name":
            raise self._wrong()
        variable = self._take().text
        self._expect(":")
        inner = self._either()
        self._expect(")")
        return Lambda(path, quantifier, variable, inner)

    def _called(self, name: str) -> Node:
        if name in TEXT_FUNCTIONS:
            self._expect("(")
            subject = self._primary()
            self._expect(",")
            text = self._primary()
            self._expect(")")
            return TextCall(name, subject, text)
        if not name.startswith(_NAMESPACE):
            message = f"An unknown function with name '{name}' was found. This may also be a function import"
            raise bad_query(f"{message} or a key lookup on a navigation property, which is not allowed.")
        return QueryFunction(name.removeprefix(_NAMESPACE), self._arguments())

    def _arguments(self) -> dict[str, object]:
        self._expect("(")
        found: dict[str, object] = {}
        while not self._is_sign(")"):
            if found:
                self._expect(",")
            if self._next.kind != "name":
                raise self._wrong()
            name = self._take().text
            self._expect("=")
            found[name] = self._argument()
        self._take()
        return found

    def _argument(self) -> object:
        if self._next.kind == "alias":
            token = self._take()
            given = self._aliases.get(token.text)
            if given is None:
                raise bad_query(f"The parameter alias '{token.text}' is not defined.")
            inner = _Reader(given, {})
            value = inner.argument()
            if inner._next.kind != "end":
                raise inner._wrong()
            return value
        return self.argument()

    def argument(self) -> object:
        """Read a value or a list of values."""
        if not self._is_sign("["):
            return self._value()
        self._take()
        values: list[object] = []
        while not self._is_sign("]"):
            if values:
                self._expect(",")
            values.append(self._value())
        self._take()
        return values

    def _value(self) -> object:
        if self._next.kind == "quoted":  # lists are JSON in the OData grammar, single quotes in Microsoft's
            return loads(self._take().text)
        node = self._primary()
        if not isinstance(node, Literal):
            raise self._wrong()
        return node.value


def _tokens(text: str) -> abc.Iterator[_Token]:
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise bad_query(
                f"Syntax error: character '{text[at]}' is not valid at position {at} in '{text}'."
            )
        yield _Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup))
        at = match.end()
    yield _Token("end", "", len(text))


def _literal(token: _Token) -> Literal:
    if token.kind == "string":
        return Literal("string", token.text[1:-1].replace("''", "'"))
    if token.kind == "number":
        return Literal("number", Decimal(token.text))
    if token.kind == "guid":
        return Literal("guid", token.text.lower())
    return Literal(token.kind, token.text)
