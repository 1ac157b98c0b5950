"""Mutants that write wrongly, or make something up about what they wrote."""

import logging
from collections import abc
from dataclasses import replace
from typing import Any

from writeback.conformance.mutants.making import Methods, Mutant, access_mutant, session_mutant
from writeback.errors import (
    ConnectorError,
    InvalidRequestError,
    OutcomeUnknownError,
    RateLimitedError,
    RetryableError,
    SignInRequiredError,
)
from writeback.model.jobs import Outcome, Result
from writeback.model.types import CLEAR, AttributeType, Wish
from writeback.sdk.connector import Access, FieldWish, Prepared, Session, Write, WriteAnswer, WriteRequest
from writeback.sdk.values import ObjectDescription, Page

Kind = Any
"""A session's class: its methods are those of `Session`."""
TEXTS = frozenset({AttributeType.TEXT, AttributeType.LONG_TEXT})
_log = logging.getLogger(__name__)


def _wishing(*kinds: AttributeType, change: abc.Callable[[Any], Wish]) -> abc.Callable[[Kind], Methods]:
    """Bend the values of some types before they leave."""

    def bent(each: FieldWish) -> FieldWish:
        is_meant = each.kind in kinds and each.wish is not CLEAR
        return replace(each, wish=change(each.wish)) if is_meant else each

    def changed(write: Write) -> Write:
        return replace(write, fields=tuple(bent(each) for each in write.fields))

    return _requesting(lambda request: replace(request, writes=tuple(map(changed, request.writes))))


def _requesting(change: abc.Callable[[WriteRequest], WriteRequest]) -> abc.Callable[[Kind], Methods]:
    """Prepare something else than was asked; the answer is told under the keys of the request."""

    def spoil(kind: Kind) -> Methods:
        def prepare(self: object, request: WriteRequest) -> Prepared:
            prepared: Prepared = kind.prepare(self, change(request))
            return prepared

        return {"prepare": prepare}

    return spoil


def _resulting(change: abc.Callable[[Result], Result]) -> abc.Callable[[Kind], Methods]:
    """Tell something else of each row than the CRM said."""

    def spoil(kind: Kind) -> Methods:
        def write(self: object, prepared: Prepared) -> WriteAnswer:
            answer: WriteAnswer = kind.write(self, prepared)
            return WriteAnswer(tuple(change(each) for each in answer.results))

        return {"write": write}

    return spoil


def _catching(
    kind_of: type[Exception], answer: abc.Callable[[Write], Result]
) -> abc.Callable[[Kind], Methods]:
    """Make up results where a write failed."""

    def spoil(kind: Kind) -> Methods:
        def write(self: object, prepared: Prepared) -> WriteAnswer:
            try:
                told: WriteAnswer = kind.write(self, prepared)
            except kind_of:
                return WriteAnswer(tuple(answer(each) for each in prepared.request.writes))
            return told

        return {"write": write}

    return spoil


def _raising(kind_of: type[ConnectorError], other: type[ConnectorError]) -> abc.Callable[[Kind], Methods]:
    """Raise another class than the one that says what to do."""

    def spoil(kind: Kind) -> Methods:
        def write(self: object, prepared: Prepared) -> WriteAnswer:
            try:
                told: WriteAnswer = kind.write(self, prepared)
            except kind_of as error:
                raise other(error.code) from None
            return told

        return {"write": write}

    return spoil


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


def _sends_again(kind: Kind) -> Methods:
    """Sends once more what may have been applied."""

    def write(self: object, prepared: Prepared) -> WriteAnswer:
        try:
            answer: WriteAnswer = kind.write(self, prepared)
        except OutcomeUnknownError:
            answer = kind.write(self, prepared)
        return answer

    return {"write": write}


def _says_written(kind: Kind) -> Methods:
    del kind

    def write(_self: object, prepared: Prepared) -> WriteAnswer:
        return WriteAnswer(tuple(_applied(each) for each in prepared.request.writes))

    return {"write": write}


def _clears_nothing(kind: Kind) -> Methods:
    def write(self: object, prepared: Prepared) -> WriteAnswer:
        wishes = [each.wish for one in prepared.request.writes for each in one.fields]
        if all(wish is CLEAR for wish in wishes):
            return WriteAnswer(tuple(_applied(each) for each in prepared.request.writes))
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

        return {"fetch": fetch, **_requesting(_unchecked)(kind)}

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


def _talks_elsewhere(kind: Kind) -> Methods:
    def whoami(self: Any) -> object:  # noqa: ANN401  a session
        try:
            access_of(self).http.request("GET", "https://elsewhere.example/ping")
        except Exception:  # noqa: BLE001  a mutant that hides what it did
            _log.info("nobody there")
        return kind.whoami(self)

    return {"whoami": whoami}


def _tells_by_address(kind: Kind) -> Methods:
    def write(self: Any, prepared: Prepared) -> WriteAnswer:  # noqa: ANN401  a session
        access = access_of(self)
        access.http.request("GET", f"{access.origin}/ping?debug={access.token()}")
        answer: WriteAnswer = kind.write(self, prepared)
        return answer

    return {"write": write}


def _logs_the_token(kind: Kind) -> Methods:
    def write(self: Any, prepared: Prepared) -> WriteAnswer:  # noqa: ANN401  a session
        _log.warning("writing with %s", access_of(self).token())
        answer: WriteAnswer = kind.write(self, prepared)
        return answer

    return {"write": write}


def _raises_the_token(kind: Kind) -> Methods:
    def write(self: Any, prepared: Prepared) -> WriteAnswer:  # noqa: ANN401  a session
        try:
            answer: WriteAnswer = kind.write(self, prepared)
        except ConnectorError as error:
            raise type(error)(error.code, token=access_of(self).token()) from None
        return answer

    return {"write": write}


def access_of(session: Any) -> Access:  # noqa: ANN401  any session
    """Find what a session was handed, wherever it keeps it.

    Raises:
        LookupError: It keeps it nowhere that can be found.
    """
    queue, seen = [session], set[int]()
    while queue:
        thing = queue.pop(0)
        if isinstance(thing, Access):
            return thing
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        names = [*getattr(thing, "__dict__", {}), *getattr(type(thing), "__slots__", ())]
        queue += [getattr(thing, name, None) for name in names if isinstance(name, str)]
    raise LookupError(type(session).__name__)


def _refreshes_twice(access: Access) -> Access:
    def refresh(stale: str) -> str:
        access.refresh(stale)
        return access.refresh(stale)

    return replace(access, refresh=refresh)


def _calls_at_once(access: Access) -> Access:
    """Ask for something as soon as the session is opened."""
    access.http.request("GET", f"{access.origin}/ping")
    return access


def _rounds(kind: Kind) -> Methods:
    """Tells of no decimals and rounds to two."""
    wishing = _wishing(AttributeType.NUMBER, change=lambda number: round(number, 2))
    return {
        **wishing(kind),
        "describe": lambda self, name: _without_scale(kind.describe(self, name)),
    }


def _without_scale(told: ObjectDescription) -> ObjectDescription:
    return replace(told, fields=tuple(replace(info, scale=None) for info in told.fields))


def _shows_its_token(kind: type[Session]) -> Methods:
    del kind
    return {"__repr__": lambda self: f"<session {access_of(self).token()}>"}


def _applied(write: Write) -> Result:
    return Result(write.key, Outcome.APPLIED)


def _refused(write: Write) -> Result:
    return Result(write.key, Outcome.REJECTED, "MUTANT", "made up")


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
    session_mutant("small_letters", "values.text_round_trips", spoil=_wishing(*TEXTS, change=str.lower)),
    session_mutant(
        "ascii_only",
        "values.emoji_and_scripts_survive",
        spoil=_wishing(*TEXTS, change=lambda text: text.encode("ascii", "ignore").decode()),
    ),
    session_mutant(
        "escapes_markup",
        "values.markup_and_quotes_survive",
        spoil=_wishing(*TEXTS, change=lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    ),
    session_mutant(
        "one_line",
        "values.line_breaks_survive",
        spoil=_wishing(*TEXTS, change=lambda text: text.replace("\n", " ")),
    ),
    session_mutant(
        "blanks_are_dots",
        "values.blanks_at_the_ends_are_understood",
        spoil=_wishing(*TEXTS, change=lambda text: text.replace("  ", "..")),
    ),
    session_mutant(
        "one_short", "values.longest_text_fits", spoil=_wishing(*TEXTS, change=lambda text: text[:-1])
    ),
    session_mutant(
        "cuts_long_text",
        "values.longer_text_is_never_cut",
        "writing.refused_field_is_named",
        spoil=_wishing(*TEXTS, change=lambda text: text[:10]),
    ),
    session_mutant(
        "drops_nul",
        "values.nul_is_never_lost",
        spoil=_wishing(*TEXTS, change=lambda text: text.replace("\0", "")),
    ),
    session_mutant(
        "rounds",
        "values.too_many_decimals_are_never_rounded",
        spoil=_rounds,
    ),
    session_mutant(
        "swaps_letters", "values.options_round_trip", spoil=_wishing(AttributeType.LIST, change=str.swapcase)
    ),
    session_mutant(
        "first_option_only",
        "values.several_options_round_trip",
        spoil=_wishing(AttributeType.MULTI_LIST, change=lambda values: values[:1]),
    ),
    session_mutant(
        "other_address",
        "values.addresses_round_trip",
        spoil=_wishing(
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
        spoil=_resulting(_as_written),
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
        spoil=_resulting(lambda result: replace(result, again=False)),
    ),
    session_mutant(
        "forgets_the_condition",
        "writing.stale_version_is_a_conflict",
        "writing.stale_version_in_a_batch_is_a_conflict",
        "writing.foreign_edit_just_before_is_noticed",
        "failing.condition_survives_a_new_token",
        spoil=_requesting(_unchecked),
    ),
    session_mutant("looks_away", "surviving.foreign_edit_becomes_a_conflict", spoil=_looks_away()),
    session_mutant("says_written", *SURVIVING_WRITES, *DYING, spoil=_says_written),
)

_FAILURES = (
    session_mutant(
        "limit_is_no_limit",
        "failing.stated_wait_reaches_us",
        "failing.unstated_wait_is_a_wait_too",
        spoil=_raising(RateLimitedError, InvalidRequestError),
    ),
    session_mutant(
        "gives_up_at_limits",
        "surviving.storm_with_stated_waits_is_sat_out",
        "surviving.storm_without_stated_waits_is_sat_out",
        spoil=_catching(RetryableError, _refused),
    ),
    access_mutant(
        "refreshes_twice",
        "failing.refused_token_is_renewed_once",
        "failing.reads_renew_a_token_too",
        change=_refreshes_twice,
    ),
    session_mutant(
        "refuses_when_signed_out",
        "failing.token_that_cannot_be_renewed_asks_for_sign_in",
        "surviving.expired_token_stops_and_goes_on",
        spoil=_catching(SignInRequiredError, _refused),
    ),
    session_mutant(
        "sends_again",
        "failing.server_error_on_a_write_is_unknown",
        "failing.error_page_is_no_answer",
        "failing.line_cut_before_the_write_is_unknown",
        "failing.lost_answer_is_unknown",
        "surviving.lost_answers_of_single_writes_are_resolved",
        "surviving.lost_answers_of_batches_are_resolved",
        "dying.16_readback_before",
        "dying.17_readback_after",
        spoil=_sends_again,
    ),
    session_mutant(
        "optimist",
        "failing.cut_answer_of_a_batch_is_unknown",
        "surviving.lost_requests_of_single_writes_are_resolved",
        "surviving.lost_requests_of_batches_are_resolved",
        spoil=_catching(OutcomeUnknownError, _applied),
    ),
    session_mutant("talks_elsewhere", "failing.only_declared_hosts_are_asked", spoil=_talks_elsewhere),
    session_mutant("logs_the_token", "keeping_secrets.token_is_in_no_log", spoil=_logs_the_token),
    session_mutant("tells_by_address", "keeping_secrets.token_is_in_no_exchange", spoil=_tells_by_address),
    session_mutant("raises_the_token", "keeping_secrets.token_is_in_no_error", spoil=_raises_the_token),
    session_mutant("shows_its_token", "keeping_secrets.token_is_in_no_repr", spoil=_shows_its_token),
    access_mutant("calls_at_once", "packaging.options_have_defaults_that_open", change=_calls_at_once),
)

MUTANTS: tuple[Mutant, ...] = (*_VALUES, *_WRITES, *_FAILURES)
