"""A segment's condition in SQL means what a plain reading of every record means."""

from collections import abc
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gui.seeding import ATTRIBUTES, seed_everything
from writeback.model.segments import STATES, All, Any, Comparison, Expression, Not, Operator, StateIs
from writeback.model.types import AttributeType, RecordId, Value
from writeback.store import drafts, records, segments
from writeback.store.segments import Ground
from writeback.store.workspace import Workspace

KINDS = {one.name: one.kind for one in ATTRIBUTES}
LISTED = {AttributeType.LIST, AttributeType.LIFECYCLE, AttributeType.BOOLEAN, AttributeType.MULTI_LIST}
WORDS = {Operator.CONTAINS, Operator.STARTS, Operator.ENDS}
BLANKS = {Operator.IS_BLANK, Operator.IS_SET}
MANY = {Operator.ONE_OF, Operator.NONE_OF}


class Seeded:
    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        with workspace.reading() as db:
            self.ground: Ground = segments.ground_of(db, "account")
            rids = segments.page(db, self.ground, All(()), after=RecordId(""), most=10_000)
            self.values = {rid: one.values for rid, one in records.get_many(db, "account", rids).items()}
            waiting, after = [], ""
            while True:
                page, after = drafts.waiting(db, after=after)
                waiting += page
                if not after:
                    break
            self.drafts = {(one.change.record, one.change.attribute) for one in waiting}

    def found(self, expression: Expression) -> set[RecordId]:
        with self.workspace.reading() as db:
            page = segments.page(db, self.ground, expression, after=RecordId(""), most=10_000)
            assert segments.count(db, self.ground, expression) == len(page)
            assert list(page) == sorted(page)
            return set(page)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Seeded]:
    workspace = seed_everything(tmp_path_factory.mktemp("segments") / "w.writeback")
    yield Seeded(workspace)
    workspace.close()


def holds(expression: Expression, values: abc.Mapping[str, Value]) -> bool:
    """Say by plain Python whether a record is meant: the oracle."""
    match expression:
        case All(parts):
            return all(holds(part, values) for part in parts)
        case Any(parts):
            return any(holds(part, values) for part in parts)
        case Not(part):
            return not holds(part, values)
        case Comparison(attribute, operator, wanted):
            return compares(values.get(attribute), operator, wanted)
        case _:
            raise AssertionError(expression)


def compares(value: Value, operator: Operator, wanted: tuple[Value, ...]) -> bool:
    if operator in BLANKS:
        return (value is None) is (operator is Operator.IS_BLANK)
    held = value if isinstance(value, tuple) else () if value is None else (value,)
    if operator in (Operator.IS, Operator.ONE_OF):
        return any(one in wanted for one in held)
    if operator in (Operator.IS_NOT, Operator.NONE_OF):
        return not any(one in wanted for one in held)
    if operator in WORDS:
        words = str(wanted[0]).casefold()
        tests = {
            Operator.CONTAINS: lambda text: words in text,
            Operator.STARTS: lambda text: text.startswith(words),
            Operator.ENDS: lambda text: text.endswith(words),
        }
        return any(tests[operator](str(one).casefold()) for one in held)
    if value is None:
        return False
    ours, theirs = (Decimal(one) if isinstance(one, int) else one for one in (value, wanted[0]))
    return {
        Operator.LESS: ours < theirs,  # type: ignore[operator]  # of one kind
        Operator.AT_MOST: ours <= theirs,  # type: ignore[operator]
        Operator.MORE: ours > theirs,  # type: ignore[operator]
        Operator.AT_LEAST: ours >= theirs,  # type: ignore[operator]
    }[operator]


@given(data=st.data())
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_sql_means_what_python_means(seeded: Seeded, data: st.DataObject) -> None:
    rids = sorted(seeded.values)

    def comparison() -> Expression:
        name = data.draw(st.sampled_from(sorted(KINDS)))
        kind = KINDS[name]
        has_words = kind in (AttributeType.TEXT, AttributeType.URL)
        allowed = [one for one in Operator if one not in WORDS or has_words]
        if kind in LISTED or kind is AttributeType.USER_REF:
            allowed = [one for one in allowed if one in BLANKS | MANY | {Operator.IS, Operator.IS_NOT}]
        operator = data.draw(st.sampled_from(allowed))
        if operator in BLANKS:
            return Comparison(name, operator)
        sample = [seeded.values[data.draw(st.sampled_from(rids))].get(name) for _ in range(3)]
        spread = (value if isinstance(value, tuple) else (value,) for value in sample)
        flat = [one for values in spread for one in values if one is not None]
        if not flat:
            return Comparison(name, Operator.IS_BLANK)
        if operator in WORDS:
            text = str(flat[0])
            start = data.draw(st.integers(0, max(0, len(text) - 1)))
            return Comparison(name, operator, (text[start : start + 3],))
        return Comparison(name, operator, tuple(flat) if operator in MANY else (flat[0],))

    def expression(depth: int) -> Expression:
        form = data.draw(st.sampled_from(["one", "one", "all", "any", "not"] if depth else ["one"]))
        if form == "one":
            return comparison()
        if form == "not":
            return Not(expression(depth - 1))
        parts = (expression(depth - 1), expression(depth - 1))
        return All(parts) if form == "all" else Any(parts)

    meant = expression(2)
    expected = {rid for rid, values in seeded.values.items() if holds(meant, values)}
    assert seeded.found(meant) == expected


def test_states_are_those_of_drafts_and_targets(seeded: Seeded) -> None:
    drafted = {record for record, _ in seeded.drafts}
    assert drafted
    assert seeded.found(StateIs(STATES["draft"])) == drafted
    for attribute in {name for _, name in seeded.drafts}:
        mine = {record for record, name in seeded.drafts if name == attribute}
        assert seeded.found(StateIs(STATES["draft"], attribute)) == mine
    pending = seeded.found(StateIs(STATES["pending"]))
    assert pending >= drafted
    assert seeded.found(Not(StateIs(STATES["pending"]))) == set(seeded.values) - pending
    for word in ("conflict", "refused", "queued"):
        assert seeded.found(StateIs(STATES[word])), word


def test_money_is_equal_to_the_last_digit(seeded: Seeded) -> None:
    rid, amount = next(
        (rid, values["arr"])
        for rid, values in seeded.values.items()
        if isinstance(values.get("arr"), Decimal)
    )
    assert rid in seeded.found(Comparison("arr", Operator.IS, (amount,)))
    assert rid not in seeded.found(Comparison("arr", Operator.IS, (amount + Decimal("0.0000000000000001"),)))
