"""Read a segment's text: `Industry = 'Retail' and ARR >= 1000 and state is conflict`.

One grammar for every place that names records by a condition. Names are attributes, by API name or by title
in double quotes; `account.Industry` asks the account that a record belongs to. Values are read by the
attribute's type, an option by value or label. `today` and `now` may be moved by days: `today - 30`.

Must not: read a clock (today comes in), know SQL.
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from lark import Lark, Token, Transformer, Tree, v_args
from lark.exceptions import UnexpectedInput, UnexpectedToken, VisitError

from writeback.errors import MappingError
from writeback.model.attributes import Attribute
from writeback.model.changes import Reason
from writeback.model.segments import (
    STATES,
    All,
    Any,
    Comparison,
    Expression,
    HasText,
    Not,
    Operator,
    Part,
    RecordIs,
    StateIs,
)
from writeback.model.types import AttributeType, Clear, Value
from writeback.planning.coercing import coercer

MOST_TEXT: Final = 20_000
MOST_VALUES: Final = 1_000
MOST_DEPTH: Final = 100
_GRAMMAR: Final = r"""
start: any
any: all (OR all)*
all: one (AND one)*
?one: "(" any ")" | _NOT one -> negated | comparison
comparison: subject OPERATOR value -> compared
    | subject _IN "(" value ("," value)* ")" -> among
    | subject _NOT _IN "(" value ("," value)* ")" -> not_among
    | subject _CONTAINS value -> contained
    | subject _STARTS value -> started
    | subject _ENDS value -> ended
    | subject _IS word -> stands
    | subject _IS _NOT word -> stands_not
    | STATE _OF subject _IS word -> value_stands
    | STATE _OF subject _IS _NOT word -> value_stands_not
    | _ANYTEXT _CONTAINS value -> worded
    | _RECORD _IN "(" value ("," value)* ")" -> named
    | _RECORD _NOT _IN "(" value ("," value)* ")" -> not_named
subject: NAME | TITLE | STATE
word: NAME | BLANK
value: STRING | NUMBER | MOMENT | NAME | TITLE | moved
moved: NAME SIGN NUMBER
OPERATOR: "<=" | ">=" | "!=" | "<>" | "=" | "<" | ">"
SIGN: "+" | "-"
OR.3: /or\b/i
AND.3: /and\b/i
_ANYTEXT.4: /any\s+text\b(?=\s+contains)/i
_RECORD.4: /record\s+id\b/i
_NOT.3: /not\b/i
_IN.3: /in\b/i
_IS.3: /is\b/i
_OF.3: /of\b/i
_CONTAINS.3: /contains\b/i
_STARTS.3: /starts\s+with\b/i
_ENDS.3: /ends\s+with\b/i
STATE.2: /state\b(?!\.)/i
BLANK.3: /blank\b/i
MOMENT.2: /[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9]{2}:?[0-9]{2})?)?/
NUMBER.1: /[+-]?[0-9]+(\.[0-9]+)?\b/
NAME: /[^\W0-9]\w*(\.[^\W0-9]\w*)?/
TITLE: /"[^"]+"(\."[^"]+")?/
STRING: /'([^']|'')*'/
%ignore /\s+/
"""
_SYNONYMS: Final = {"<>": Operator.IS_NOT}
_ORDERED: Final = frozenset({Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST})
_WORDS: Final = frozenset({Operator.CONTAINS, Operator.STARTS, Operator.ENDS})
_NO_ORDER: Final = frozenset(
    {AttributeType.BOOLEAN, AttributeType.LIST, AttributeType.MULTI_LIST, AttributeType.USER_REF}
)
_MOMENTS: Final = frozenset({AttributeType.DATE, AttributeType.DATETIME})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a segment's names may be."""

    attributes: tuple[Attribute, ...]
    """Of the entity itself."""
    related: abc.Mapping[str, tuple[Attribute, ...]]
    """By the name of a relation: those of the entity behind it."""

    def find(self, name: str) -> tuple[str, tuple[Attribute, ...]]:
        """Give relation and attributes of a name, compared without case; the API name before the title.

        A title may be that of several attributes: they are all given.
        """
        relation, dot, bare = name.partition(".")
        known = self.attributes
        if dot:
            found = next((one for one in self.related if one.casefold() == relation.casefold()), None)
            if found is None:
                return "", ()
            relation, known = found, self.related[found]
        else:
            relation, bare = "", name
        wanted = bare.casefold()
        by_name = tuple(one for one in known if one.name.casefold() == wanted)
        return relation, by_name or tuple(one for one in known if one.title.casefold() == wanted)


def read_segment(text: str, vocabulary: Vocabulary, *, now: datetime) -> Expression:
    """Read a segment's text.

    Args:
        text: The expression; blank means every record.
        vocabulary: What names may be.
        now: What `today` and `now` mean; aware.

    Raises:
        MappingError: `segment.…`: it cannot be read; the facts name the place and what stands there.
    """
    if not text.strip():
        return All(())
    return _transformed(_parsed(text), vocabulary, now)


def parts_of(text: str, vocabulary: Vocabulary, *, now: datetime) -> tuple[Part, ...]:
    """Read a segment's text as the parts that must all hold, each as it is written.

    A text whose parts are joined by `or` is one part.

    Raises:
        MappingError: `segment.…`, as `read_segment`.
    """
    if not text.strip():
        return ()
    tree = _parsed(text)
    some = tree.children[0]
    if not isinstance(some, Tree) or len(some.children) > 1:
        return (Part(text.strip(), 0, _transformed(tree, vocabulary, now)),)
    every = some.children[0]
    pieces = every.children if isinstance(every, Tree) else []
    cuts = [piece for piece in pieces if isinstance(piece, Token)]
    starts = [0, *(cut.end_pos or 0 for cut in cuts)]
    ends = [*(cut.start_pos or 0 for cut in cuts), len(text)]
    written = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    read = [_transformed(piece, vocabulary, now) for piece in pieces if isinstance(piece, Tree)]
    return tuple(
        Part(piece.strip(), start + len(piece) - len(piece.lstrip()), expression)
        for piece, start, expression in zip(written, starts, read, strict=True)
    )


def _parsed(text: str) -> Tree[Token]:
    if len(text) > MOST_TEXT or _depth(text) > MOST_DEPTH:
        raise MappingError("segment.too_long", most=MOST_TEXT)
    try:
        return _parser().parse(text)
    except UnexpectedInput as error:
        if isinstance(error, UnexpectedToken) and error.token.type == "$END":
            raise MappingError("segment.unfinished", text=text[-80:]) from error
        place = max(0, error.pos_in_stream if error.pos_in_stream is not None else 0)
        raise MappingError("segment.not_readable", place=place + 1, found=text[place:][:40]) from error


def _transformed(tree: Tree[Token], vocabulary: Vocabulary, now: datetime) -> Expression:
    try:
        return _Reading(vocabulary, now).transform(tree)
    except VisitError as error:
        if isinstance(error.orig_exc, MappingError):
            raise error.orig_exc from None
        raise


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", maybe_placeholders=False)


def _depth(text: str) -> int:
    deepest = depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest


@v_args(inline=True)
class _Reading(Transformer[Token, Expression]):
    """Makes the expression of a parsed text."""

    def __init__(self, vocabulary: Vocabulary, now: datetime) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._now = now

    def start(self, expression: Expression) -> Expression:
        return expression

    def any(self, *found: Expression | Token) -> Expression:
        parts = tuple(one for one in found if not isinstance(one, Token))
        return parts[0] if len(parts) == 1 else Any(parts)

    def all(self, *found: Expression | Token) -> Expression:
        parts = tuple(one for one in found if not isinstance(one, Token))
        return parts[0] if len(parts) == 1 else All(parts)

    def negated(self, part: Expression) -> Expression:
        return Not(part)

    def subject(self, token: Token) -> Token:
        return token

    def word(self, token: Token) -> Token:
        return token

    def value(self, token: Token) -> Token:
        return token

    def moved(self, name: Token, sign: Token, number: Token) -> Token:
        return name.update(value=f"{name} {sign}{number}")

    def compared(self, subject: Token, operator: Token, value: Token) -> Expression:
        kind = _SYNONYMS.get(str(operator)) or Operator(str(operator))
        return self._comparison(subject, kind, (value,))

    def among(self, subject: Token, *values: Token) -> Expression:
        return self._comparison(subject, Operator.ONE_OF, values)

    def not_among(self, subject: Token, *values: Token) -> Expression:
        return self._comparison(subject, Operator.NONE_OF, values)

    def contained(self, subject: Token, value: Token) -> Expression:
        return self._comparison(subject, Operator.CONTAINS, (value,))

    def started(self, subject: Token, value: Token) -> Expression:
        return self._comparison(subject, Operator.STARTS, (value,))

    def ended(self, subject: Token, value: Token) -> Expression:
        return self._comparison(subject, Operator.ENDS, (value,))

    def stands(self, subject: Token, word: Token) -> Expression:
        return self._stands(subject, word, is_not=False)

    def stands_not(self, subject: Token, word: Token) -> Expression:
        return self._stands(subject, word, is_not=True)

    def value_stands(self, _state: Token, subject: Token, word: Token) -> Expression:
        return StateIs(_states(word), self._found(subject)[1].name)

    def value_stands_not(self, state: Token, subject: Token, word: Token) -> Expression:
        return Not(self.value_stands(state, subject, word))

    def worded(self, value: Token) -> Expression:
        return HasText(_bare(value))

    def named(self, *values: Token) -> Expression:
        if len(values) > MOST_VALUES:
            raise MappingError("segment.too_many_values", most=MOST_VALUES)
        return RecordIs(tuple(_bare(one) for one in values))

    def not_named(self, *values: Token) -> Expression:
        return Not(self.named(*values))

    def _stands(self, subject: Token, word: Token, *, is_not: bool) -> Expression:
        if word.casefold() == "blank":
            kind = Operator.IS_SET if is_not else Operator.IS_BLANK
            relation, attribute = self._found(subject)
            return Comparison(attribute.name, kind, (), relation)
        if subject.type != "STATE":
            raise _wrong("segment.not_a_word", word, words="blank")
        found = StateIs(_states(word))
        return Not(found) if is_not else found

    def _comparison(self, subject: Token, operator: Operator, values: abc.Sequence[Token]) -> Expression:
        """Read a comparison; of attributes of one title the only one that can hold the values is meant."""
        if len(values) > MOST_VALUES:
            raise MappingError("segment.too_many_values", most=MOST_VALUES)
        relation, attributes = self._meant(subject)
        fitting: list[Comparison] = []
        wrong: list[MappingError] = []
        for one in attributes:
            try:
                read = self._read_for(one, subject, operator, values)
                fitting.append(Comparison(one.name, operator, read, relation))
            except MappingError as error:
                wrong.append(error)
        if not fitting:
            raise wrong[0]
        if len(fitting) > 1:
            raise _ambiguous(subject, [one.attribute for one in fitting])
        return fitting[0]

    def _read_for(
        self, attribute: Attribute, subject: Token, operator: Operator, values: abc.Sequence[Token]
    ) -> tuple[Value, ...]:
        if operator in _ORDERED and attribute.kind in _NO_ORDER:
            raise _wrong("segment.no_order", subject, attribute=attribute.name, operator=operator.value)
        return tuple(self._value(attribute, operator, token) for token in values)

    def _meant(self, subject: Token) -> tuple[str, tuple[Attribute, ...]]:
        relation, found = self._vocabulary.find(str(subject).replace('"', ""))
        if not found:
            known = ", ".join(one.name for one in self._vocabulary.attributes)[:300]
            raise _wrong("segment.unknown_name", subject, name=str(subject)[:80], known=known)
        return relation, found

    def _found(self, subject: Token) -> tuple[str, Attribute]:
        relation, found = self._meant(subject)
        if len(found) > 1:
            raise _ambiguous(subject, [one.name for one in found])
        return relation, found[0]

    def _value(self, attribute: Attribute, operator: Operator, token: Token) -> Value:
        text = _bare(token)
        if token.type == "NAME" and attribute.kind in _MOMENTS:
            text = self._moved(attribute.kind, text, token)
        if operator in _WORDS:
            return text
        kind = AttributeType.LIST if attribute.kind is AttributeType.MULTI_LIST else attribute.kind
        if kind is AttributeType.EMAIL:
            kind = AttributeType.TEXT
        read = coercer(kind, options=attribute.options, is_restricted=bool(attribute.options))(text)
        if isinstance(read, Reason | Clear):
            raise _wrong("segment.not_a_value", token, attribute=attribute.name, value=text[:80])
        return read

    def _moved(self, kind: AttributeType, text: str, token: Token) -> str:
        word, _, days = text.partition(" ")
        if word.casefold() not in ("today", "now") or "." in days:
            raise _wrong("segment.not_a_value", token, attribute=kind.value, value=text[:80])
        try:
            moment = self._now + timedelta(days=int(days or 0))
        except OverflowError:
            raise _wrong("segment.not_a_value", token, attribute=kind.value, value=text[:80]) from None
        if word.casefold() == "today":
            moment = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        return moment.date().isoformat() if kind is AttributeType.DATE else moment.isoformat()


def _ambiguous(subject: Token, names: abc.Sequence[str]) -> MappingError:
    told = ", ".join(names)[:300]
    return _wrong("segment.ambiguous", subject, name=str(subject)[:80], names=told)


def _bare(token: Token) -> str:
    text = str(token)
    if token.type == "STRING":
        return text[1:-1].replace("''", "'")
    return text.strip('"') if token.type == "TITLE" else text


def _states(word: Token) -> frozenset[str]:
    found = STATES.get(str(word).casefold())
    if found is None:
        raise _wrong("segment.not_a_word", word, words=", ".join(sorted(STATES)))
    return found


def _wrong(code: str, token: Token, **facts: str) -> MappingError:
    return MappingError(code, place=(token.start_pos or 0) + 1, found=str(token)[:80], **facts)
