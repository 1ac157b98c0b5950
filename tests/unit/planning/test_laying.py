"""What is laid over what a CRM holds, and the questions that can be asked only then."""

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.planning.crm_facts import field
from writeback.model.attributes import Option
from writeback.model.changes import Reason
from writeback.model.deltas import Delta
from writeback.model.types import CLEAR, AttributeType
from writeback.planning.checking import check_wish
from writeback.planning.coercing import coercer, text_of
from writeback.planning.laying import checks_of, first_refusal, lay

OPTIONS = st.lists(st.sampled_from("abcde"), unique=True).map(tuple)
STAGES = tuple(Option(one, one.title()) for one in ("lead", "opportunity", "customer"))


@given(OPTIONS, OPTIONS, OPTIONS, OPTIONS)
def test_two_deltas_are_one_after_the_other(
    held: tuple[str, ...], add: tuple[str, ...], taken: tuple[str, ...], more: tuple[str, ...]
) -> None:
    first, second = Delta(add=add), Delta(add=more, remove=tuple(one for one in taken if one not in more))
    both = first.then(second)
    assert set(both.over(held)) == set(second.over(first.over(held)))
    assert not set(both.add) & set(both.remove)
    assert both.over(both.over(held)) == both.over(held)


def test_a_delta_takes_what_the_crm_holds_for_its_base() -> None:
    deltas = {1: Delta(add=("c",), remove=("a",)), 2: Delta(remove=("x",))}
    olds, wishes = lay(deltas, ("seen", ("a",), ()), ("new", ("c",), ("x",)), ("now", ("a", "b"), ("x",)))
    assert olds == ["seen", ("a", "b"), ("x",)]
    assert wishes == ["new", ("b", "c"), CLEAR]


def test_a_list_that_must_not_be_empty_is_not_emptied() -> None:
    checks = checks_of([field("Tags", AttributeType.MULTI_LIST, is_nillable=False), None])
    assert first_refusal(checks, (CLEAR, "x"), (("a",), None)) == (
        0,
        Reason("value.required", (("field", "Tags"),)),
    )
    assert first_refusal(checks, (("b",), "x"), (("a",), None)) is None


def test_a_stage_moves_on_and_not_back_where_the_crm_forbids_it() -> None:
    stage = field("Stage", AttributeType.LIST, options=STAGES, is_forward_only=True)
    checks = checks_of([stage])
    assert first_refusal(checks, ("customer",), ("lead",)) is None
    assert first_refusal(checks, ("lead",), (None,)) is None
    assert first_refusal(checks, (CLEAR,), ("customer",)) is None
    refused = first_refusal(checks, ("lead",), ("customer",))
    assert refused is not None
    assert (refused[1].code, dict(refused[1].facts)) == (
        "value.moves_back",
        {"field": "Stage", "value": "Lead", "held": "Customer"},
    )
    assert checks_of([field("Stage", AttributeType.LIST, options=STAGES)]) == ()


def test_an_option_that_holds_the_separator_is_refused_before_it_is_sent() -> None:
    tags = field("Tags", AttributeType.MULTI_LIST, separator=";")
    refused = check_wish(tags, ("fine", "a;b"))
    assert refused is not None
    assert (refused.code, dict(refused.facts)["field"]) == ("value.holds_separator", "Tags")
    assert check_wish(field("Tags", AttributeType.MULTI_LIST), ("a;b",)) is None


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=6), unique=True))
def test_options_as_text_read_back_as_themselves(options: list[str]) -> None:
    value = tuple(option for option in options if option.strip() == option)
    if value:
        assert coercer(AttributeType.MULTI_LIST)(text_of(value) or "") == value
