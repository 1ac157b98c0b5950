"""Read SOQL by a grammar. What the grammar does not know is refused, never guessed.

Known deviation: GROUP BY, HAVING, TYPEOF, FIELDS(), semi-joins, FOR VIEW, USING SCOPE and geolocation are
valid SOQL of the vendor's and malformed here.
"""

from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args
from lark.exceptions import VisitError

from writeback_salesforce.simulator.problems import Problem
from writeback_salesforce.simulator.queries import (
    All,
    Comparison,
    Count,
    Either,
    Literal,
    Named,
    Negation,
    Ordering,
    Query,
)
from writeback_salesforce.simulator.words import listed

_LONGEST = 100_000
_GRAMMAR = r"""
start: query
query: SELECT items FROM path alias? where? order? limit? offset?
items: item ("," item)*
?item: path | counting | "(" query ")" -> nested
counting: COUNT "(" path? ")" alias?
alias: NAME
where: WHERE condition
?condition: unary | conjunction | disjunction
conjunction: unary (AND unary)+
disjunction: unary (OR unary)+
?unary: NOT unary -> negation | "(" condition ")" | comparison
comparison: path OPERATOR literal
    | path LIKE STRING -> likeness
    | path IN literals -> among
    | path NOT IN literals -> not_among
    | path INCLUDES literals -> includes
    | path EXCLUDES literals -> excludes
literals: "(" literal ("," literal)* ")"
literal: STRING | NUMBER | DATETIME | DATE | TRUE | FALSE | NULL | WORD
order: ORDER BY ordering ("," ordering)*
ordering: path (ASC | DESC)? (NULLS (FIRST | LAST))?
limit: LIMIT WHOLE
offset: OFFSET WHOLE
path: PATH
PATH: /[A-Za-z]\w*(\.[A-Za-z]\w*)*/
NAME: /[A-Za-z]\w*/
WORD: /[A-Za-z][A-Za-z_]*(:\d+)?/
OPERATOR: "=" | "!=" | "<>" | "<=" | ">=" | "<" | ">"
STRING: /'([^'\\]|\\.)*'/s
NUMBER: /[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?/
WHOLE.2: /\d+/
DATETIME.3: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)/i
DATE.2: /\d{4}-\d\d-\d\d/
%s
%%ignore /\s+/
"""
_KEYWORDS = listed(
    """
    SELECT FROM WHERE AND OR NOT LIKE IN INCLUDES EXCLUDES ORDER BY ASC DESC NULLS FIRST LAST LIMIT OFFSET
    TRUE FALSE NULL
    """
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_RESERVED = frozenset(word.lower() for word in _KEYWORDS) | {
    "group",
    "having",
    "using",
    "with",
    "for",
    "update",
}


def parse(text: str) -> Query:
    """Read a statement.

    Raises:
        Problem: MALFORMED_QUERY, or QUERY_TOO_LONG.
    """
    if len(text) > _LONGEST:
        raise Problem("QUERY_TOO_LONG", f"SOQL statements cannot be longer than {_LONGEST} characters.")
    try:
        tree = _parser().parse(text)
        query = _Reading().transform(tree)
    except UnexpectedToken as error:
        shown = "<EOF>" if error.token.type == "$END" else f"'{error.token}'"
        raise _malformed(f"unexpected token: {shown}") from None
    except UnexpectedInput as error:
        sign = getattr(error, "char", "")
        raise _malformed(f"line {error.line}:{error.column} no viable alternative at '{sign}'") from None
    except VisitError as error:
        if isinstance(error.orig_exc, Problem):
            raise error.orig_exc from None
        raise
    if not isinstance(query, Query):
        raise _malformed("unexpected token: <EOF>")
    return query


def decode(raw: str, *, for_like: bool = False) -> str:
    r"""Give the text between quotes; in a LIKE pattern `\%` and `\_` stay as they are.

    Raises:
        Problem: An escape the vendor does not know.
    """
    out: list[str] = []
    place = 0
    while place < len(raw):
        sign = raw[place]
        if sign != "\\":
            out.append(sign)
            place += 1
            continue
        following = raw[place + 1]
        place += 2
        if following == "u":
            out.append(chr(int(raw[place : place + 4], 16)))
            place += 4
        elif following in "%_" and for_like:
            out.append("\\" + following)
        elif following in _ESCAPES:
            out.append(_ESCAPES[following] if not (for_like and following == "\\") else "\\\\")
        else:
            raise _malformed(f"Illegal escape sequence '\\{following}'")
    return "".join(out)


def _malformed(message: str) -> Problem:
    return Problem("MALFORMED_QUERY", message)


@cache
def _parser() -> Lark:
    keywords = [f"{word}.4: /{word}(?![\\w.:])/i" for word in _KEYWORDS]
    keywords.append(r"COUNT.4: /COUNT(?=\s*\()/i")
    return Lark(_GRAMMAR % "\n".join(keywords), parser="lalr", lexer="contextual", propagate_positions=True)


def _plain(children: list[Any]) -> list[Any]:
    return [child for child in children if not (isinstance(child, Token) and child.type in _KEYWORDS)]


class _Reading(Transformer[Token, object]):
    """Tree to values; methods are called by the names of rules."""

    def start(self, children: list[Any]) -> object:
        return children[0]

    def query(self, children: list[Any]) -> Query:
        given: dict[str, Any] = {}
        items: tuple[Any, ...] = ()
        source = Named(())
        for child in _plain(children):
            if isinstance(child, Named):
                source = child
            elif isinstance(child, tuple) and child[0] == "items":
                items = child[1]
            elif isinstance(child, tuple):
                given[str(child[0])] = child[1]
        alias = given.pop("alias", None)
        if isinstance(alias, str) and alias.lower() in _RESERVED:
            raise _malformed(f"unexpected token: '{alias}'")
        return Query(items, source, alias=alias, **given)

    def items(self, children: list[Any]) -> object:
        return "items", tuple(children)

    def nested(self, children: list[Any]) -> object:
        return children[0]

    def counting(self, children: list[Any]) -> Count:
        named, alias = None, None
        for child in children:
            if isinstance(child, Named):
                named = child
            elif isinstance(child, tuple):
                alias = str(child[1])
        return Count(named, alias)

    def alias(self, children: list[Any]) -> object:
        return "alias", str(children[0])

    def path(self, children: list[Any]) -> Named:
        token = children[0]
        return Named(tuple(token.split(".")), token.start_pos or 0)

    def where(self, children: list[Any]) -> object:
        return "where", _plain(children)[0]

    def conjunction(self, children: list[Any]) -> object:
        return All(tuple(_plain(children)))

    def disjunction(self, children: list[Any]) -> object:
        return Either(tuple(_plain(children)))

    def negation(self, children: list[Any]) -> object:
        return Negation(_plain(children)[0])

    @v_args(inline=True)
    def comparison(self, named: Named, operator: Token, literal: Literal) -> Comparison:
        return Comparison(named, "!=" if operator == "<>" else str(operator), (literal,))

    def likeness(self, children: list[Any]) -> Comparison:
        named, text = _plain(children)
        raw = str(text)[1:-1]
        return Comparison(named, "LIKE", (Literal("text", decode(raw, for_like=True), raw),))

    def among(self, children: list[Any]) -> Comparison:
        return _listed("IN", children)

    def not_among(self, children: list[Any]) -> Comparison:
        return _listed("NOT IN", children)

    def includes(self, children: list[Any]) -> Comparison:
        return _listed("INCLUDES", children)

    def excludes(self, children: list[Any]) -> Comparison:
        return _listed("EXCLUDES", children)

    def literals(self, children: list[Any]) -> object:
        return tuple(children)

    def literal(self, children: list[Any]) -> Literal:
        token = children[0]
        text = str(token)
        match token.type:
            case "STRING":
                return Literal("text", decode(text[1:-1]), text[1:-1])
            case "NUMBER":
                return Literal("number", float(text) if set(text) & set(".eE") else int(text), text)
            case "TRUE" | "FALSE":
                return Literal("boolean", token.type == "TRUE", text)
            case "NULL":
                return Literal("null", None, text)
            case kind:
                return Literal(kind.lower(), text, text)

    def order(self, children: list[Any]) -> object:
        return "order", tuple(_plain(children))

    def ordering(self, children: list[Any]) -> Ordering:
        named = children[0]
        words = {child.type for child in children[1:] if isinstance(child, Token)}
        nulls = None if "NULLS" not in words else "FIRST" in words
        return Ordering(named, "DESC" in words, nulls)

    def limit(self, children: list[Any]) -> object:
        return "limit", int(str(_plain(children)[0]))

    def offset(self, children: list[Any]) -> object:
        return "offset", int(str(_plain(children)[0]))


def _listed(operator: str, children: list[Any]) -> Comparison:
    named, literals = _plain(children)
    return Comparison(named, operator, literals)
