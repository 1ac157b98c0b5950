"""Mutants that write wrongly, or say something else than what they wrote."""

from collections import abc
from dataclasses import replace
from typing import Any

from writeback.conformance.mutants.bending import (
    TEXTS,
    Kind,
    applied,
    requesting,
    resulting,
    wishing,
)
from writeback.conformance.mutants.making import Methods, Mutant, session_mutant
from writeback.errors import (
    InvalidRequestError,
)
from writeback.model.jobs import Outcome, Result
from writeback.model.types import CLEAR, AttributeType
from writeback.sdk.connector import FieldWish, Prepared, Write, WriteAnswer, WriteRequest
from writeback.sdk.values import ObjectDescription, Page


def _calls_while_preparing(kind: Kind) -> Methods:
    def prepare(self: object, request: WriteRequest) -> Prepared:
        kind.whoami(self)
        prepared: Prepared = kind.prepare(self, request)
        return prepared

    return {"prepare": prepare}


def _other_bytes(kind: Kind) -> Methods:
    def write(self: object, prepared: Prepared) -> WriteAnswer:
        answer: WriteAnswer = kind.write(self, replace(prepared, body=prepared.body + b" "))
        return answer

    return {"write": write}


def _writes_twice(kind: Kind) -> Methods:
    def write(self: object, prepared: Prepared) -> WriteAnswer:
        answer: WriteAnswer = kind.write(self, prepared)
        kind.write(self, prepared)
        return answer

    return {"write": write}


def _says_written(kind: Kind) -> Methods:
    del kind

    def write(_self: object, prepared: Prepared) -> WriteAnswer:
        return WriteAnswer(tuple(applied(each) for each in prepared.request.writes))

    return {"write": write}


def _clears_nothing(kind: Kind) -> Methods:
    def write(self: object, prepared: Prepared) -> WriteAnswer:
        wishes = [each.wish for one in prepared.request.writes for each in one.fields]
        if all(wish is CLEAR for wish in wishes):
            return WriteAnswer(tuple(applied(each) for each in prepared.request.writes))
        answer: WriteAnswer = kind.write(self, prepared)
        return answer

    return {"write": write}


def _raises_for_a_row(kind: Kind) -> Methods:
    def write(self: object, prepared: Prepared) -> WriteAnswer:
        answer: WriteAnswer = kind.write(self, prepared)
        if any(each.outcome is Outcome.REJECTED for each in answer.results):
            raise InvalidRequestError("mutant.refused")
        return answer

    return {"write": write}


def _touches_more(kind: Kind) -> Methods:
    """Sends every text field of the object along, emptied."""

    def prepare(self: object, request: WriteRequest) -> Prepared:
        fields = [
            info.name
            for info in kind.describe(self, request.object).fields
            if info.is_updateable and info.is_nillable and info.kind in TEXTS
        ]

        def more(write: Write) -> Write:
            named = {each.field for each in write.fields}
            added = [FieldWish(name, AttributeType.TEXT, CLEAR) for name in fields if name not in named]
            return replace(write, fields=(*write.fields, *added))

        prepared: Prepared = kind.prepare(self, replace(request, writes=tuple(map(more, request.writes))))
        return prepared

    return {"prepare": prepare}


def _takes_the_first(kind: Kind) -> Methods:
    """Passes over what is beyond the limit, without a word."""

    def prepare(self: object, request: WriteRequest) -> Prepared:
        left = request.writes
        while True:
            try:
                prepared: Prepared = kind.prepare(self, replace(request, writes=left))
            except Exception:  # noqa: BLE001  a mutant: whatever it was, one row less
                left = left[:-1]
            else:
                return prepared

    return {"prepare": prepare}


def _looks_away() -> abc.Callable[[Kind], Methods]:
    """Tells of each record what it saw first, and writes without a condition."""

    def spoil(kind: Kind) -> Methods:
        def fetch(self: object, object_name: str, **asked: object) -> Page:
            page: Page = kind.fetch(self, object_name, **asked)
            rows = [
                (
                    one,
                    seen.setdefault((one, ""), version),
                    tuple(
                        seen.setdefault((one, path), value)
                        for path, value in zip(page.columns, values, strict=True)
                    ),
                )
                for one, version, values in page.rows
            ]
            return replace(page, rows=rows)

        return {"fetch": fetch, **requesting(_unchecked)(kind)}

    seen: dict[tuple[str, str], Any] = {}
    return spoil


def _last_first(kind: Kind) -> Methods:
    def write(self: object, prepared: Prepared) -> WriteAnswer:
        answer: WriteAnswer = kind.write(self, prepared)
        return WriteAnswer(answer.results[::-1])

    return {"write": write}


def _by_place(kind: Kind) -> Methods:
    """Gives each write the outcome that stands at its place in another order."""

    def write(self: object, prepared: Prepared) -> WriteAnswer:
        answer: WriteAnswer = kind.write(self, prepared)
        shifted = (*answer.results[1:], *answer.results[:1])
        pairs = zip(prepared.request.writes, shifted, strict=True)
        return WriteAnswer(tuple(replace(result, key=one.key) for one, result in pairs))

    return {"write": write}


def _rounds(kind: Kind) -> Methods:
    """Tells of no decimals and rounds to two."""
    rounding = wishing(AttributeType.NUMBER, change=lambda number: round(number, 2))
    return {
        **rounding(kind),
        "describe": lambda self, name: _without_scale(kind.describe(self, name)),
    }


def _without_scale(told: ObjectDescription) -> ObjectDescription:
    return replace(told, fields=tuple(replace(info, scale=None) for info in told.fields))


def _as_written(result: Result) -> Result:
    return replace(result, outcome=Outcome.APPLIED) if result.outcome is Outcome.REJECTED else result


def _unchecked(request: WriteRequest) -> WriteRequest:
    return replace(request, is_conditional=False)


DYING = tuple(
    f"dying.{name}"
    for name in (
        "01_claimed",
        "02_compared",
        "03_before_intent",
        "04_intent",
        "05_mid_request",
        "06_request_complete",
        "07_answer_read",
        "08_settled",
    )
)
SURVIVING_WRITES = (
    "surviving.single_job_is_done",
    "surviving.batch_job_is_done",
    "surviving.one_row_more_than_a_request_holds",
)

_VALUES = (
    session_mutant("small_letters", "values.text_round_trips", spoil=wishing(*TEXTS, change=str.lower)),
    session_mutant(
        "ascii_only",
        "values.emoji_and_scripts_survive",
        spoil=wishing(*TEXTS, change=lambda text: text.encode("ascii", "ignore").decode()),
    ),
    session_mutant(
        "escapes_markup",
        "values.markup_and_quotes_survive",
        spoil=wishing(*TEXTS, change=lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    ),
    session_mutant(
        "one_line",
        "values.line_breaks_survive",
        spoil=wishing(*TEXTS, change=lambda text: text.replace("\n", " ")),
    ),
    session_mutant(
        "blanks_are_dots",
        "values.blanks_at_the_ends_are_understood",
        spoil=wishing(*TEXTS, change=lambda text: text.replace("  ", "..")),
    ),
    session_mutant(
        "one_short", "values.longest_text_fits", spoil=wishing(*TEXTS, change=lambda text: text[:-1])
    ),
    session_mutant(
        "cuts_long_text",
        "values.longer_text_is_never_cut",
        "writing.refused_field_is_named",
        spoil=wishing(*TEXTS, change=lambda text: text[:10]),
    ),
    session_mutant(
        "drops_nul",
        "values.nul_is_never_lost",
        spoil=wishing(*TEXTS, change=lambda text: text.replace("\0", "")),
    ),
    session_mutant(
        "rounds",
        "values.too_many_decimals_are_never_rounded",
        spoil=_rounds,
    ),
    session_mutant(
        "swaps_letters", "values.options_round_trip", spoil=wishing(AttributeType.LIST, change=str.swapcase)
    ),
    session_mutant(
        "first_option_only",
        "values.several_options_round_trip",
        spoil=wishing(AttributeType.MULTI_LIST, change=lambda values: values[:1]),
    ),
    session_mutant(
        "other_address",
        "values.addresses_round_trip",
        spoil=wishing(
            AttributeType.URL, AttributeType.EMAIL, change=lambda text: text.replace("example", "elsewhere")
        ),
    ),
    session_mutant("clears_nothing", "values.clear_empties_every_type", spoil=_clears_nothing),
    session_mutant("touches_more", "values.untouched_fields_stay", spoil=_touches_more),
    session_mutant(
        "all_the_same",
        "values.same_value_is_a_comparison",
        spoil=lambda _kind: {"same_value": lambda _self, _type, _ours, _theirs: True},
    ),
)

_WRITES = (
    session_mutant("calls_while_preparing", "writing.preparing_makes_no_call", spoil=_calls_while_preparing),
    session_mutant("other_bytes", "writing.prepared_bytes_are_what_is_sent", spoil=_other_bytes),
    session_mutant("writes_twice", "writing.write_is_applied_once", spoil=_writes_twice),
    session_mutant("raises_for_a_row", "writing.missing_record_is_an_outcome", spoil=_raises_for_a_row),
    session_mutant(
        "all_written",
        "values.options_that_are_none_are_refused",
        "writing.read_only_field_is_refused",
        "writing.one_bad_row_leaves_the_others",
        "writing.reference_to_nobody_is_refused",
        spoil=resulting(_as_written),
    ),
    session_mutant(
        "takes_the_first",
        "writing.single_takes_one",
        "writing.batch_takes_n_and_refuses_one_more",
        "writing.conditional_requests_keep_their_own_limit",
        spoil=_takes_the_first,
    ),
    session_mutant("last_first", "writing.batch_answers_for_every_row", spoil=_last_first),
    session_mutant("by_place", "writing.results_are_joined_by_key_not_by_place", spoil=_by_place),
    session_mutant(
        "never_again",
        "writing.row_that_was_not_processed_says_again",
        "surviving.partial_success_is_told_row_by_row",
        spoil=resulting(lambda result: replace(result, again=False)),
    ),
    session_mutant(
        "forgets_the_condition",
        "writing.stale_version_is_a_conflict",
        "writing.stale_version_in_a_batch_is_a_conflict",
        "writing.foreign_edit_just_before_is_noticed",
        "failing.condition_survives_a_new_token",
        spoil=requesting(_unchecked),
    ),
    session_mutant(
        "steers_nothing",
        "steering.switches_reach_the_crm_singly",
        "steering.switches_reach_the_crm_in_batches",
        spoil=requesting(lambda request: replace(request, automation=())),
    ),
    session_mutant("looks_away", "surviving.foreign_edit_becomes_a_conflict", spoil=_looks_away()),
    session_mutant("says_written", *SURVIVING_WRITES, *DYING, spoil=_says_written),
)

MUTANTS: tuple[Mutant, ...] = (*_VALUES, *_WRITES)
