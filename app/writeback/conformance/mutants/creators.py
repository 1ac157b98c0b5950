"""Mutants that make records wrongly, or say something else than what they made."""

from collections import abc
from dataclasses import replace
from typing import Any

from writeback.conformance.mutants.bending import Kind, catching, refused, resulting
from writeback.conformance.mutants.making import Methods, Mutant, session_mutant
from writeback.errors import OutcomeUnknownError
from writeback.model.jobs import Outcome, Result, Route
from writeback.sdk.connector import Prepared, Write, WriteAnswer, WriteRequest


def _makes_nothing(kind: Kind) -> Methods:
    def write(self: object, prepared: Prepared) -> WriteAnswer:
        if not prepared.request.creates_by:
            answer: WriteAnswer = kind.write(self, prepared)
            return answer
        return WriteAnswer(tuple(_made_up(each) for each in prepared.request.writes))

    return {"write": write}


def _made_up(write: Write) -> Result:
    return Result(write.key, Outcome.APPLIED, record_id="made up")


def _writes_over(kind: Kind) -> Methods:
    """Writes the new values into the record that is there, and says that it is there."""

    def write(self: Any, prepared: Prepared) -> WriteAnswer:  # noqa: ANN401  any session
        answer: WriteAnswer = kind.write(self, prepared)
        for each, result in zip(prepared.request.writes, answer.results, strict=True):
            if result.outcome is Outcome.CONFLICT and prepared.request.creates_by:
                _update(self, prepared.request, each)
        return answer

    return {"write": write}


def _update(session: Any, request: WriteRequest, write: Write) -> None:  # noqa: ANN401  any session
    page = session.fetch(request.object, by=request.creates_by, keys=[write.record_id], paths=())
    found = replace(write, record_id=page.rows[0][0])
    session.write(session.prepare(WriteRequest(request.object, (found,), Route.SINGLE, is_conditional=False)))


def _keyed(change: abc.Callable[[Write], Write]) -> abc.Callable[[Kind], Methods]:
    def spoil(kind: Kind) -> Methods:
        def prepare(self: object, request: WriteRequest) -> Prepared:
            writes = tuple(map(change, request.writes)) if request.creates_by else request.writes
            prepared: Prepared = kind.prepare(self, replace(request, writes=writes))
            return prepared

        return {"prepare": prepare}

    return spoil


def _any_key(kind: Kind) -> Methods:
    def create_keys(self: Any, object_name: str) -> tuple[str, ...]:  # noqa: ANN401  any session
        return (*kind.create_keys(self, object_name), self.describe(object_name).name_field)

    return {"create_keys": create_keys}


def _with_a_key(write: Write) -> Write:
    return write if write.record_id.strip() else replace(write, record_id="filled-in")


def _exists_as_applied(result: Result) -> Result:
    is_there = result.code == "create.exists"
    return replace(result, outcome=Outcome.APPLIED, code="") if is_there else result


def _exists_as_refused(result: Result) -> Result:
    is_there = result.code == "create.exists"
    return replace(result, outcome=Outcome.REJECTED) if is_there else result


MUTANTS: tuple[Mutant, ...] = (
    session_mutant("makes_nothing", "creating.record_is_made_once", spoil=_makes_nothing),
    session_mutant(
        "tells_no_new_id",
        "creating.record_is_made_once",
        "creating.batch_of_new_records_tells_of_each",
        spoil=resulting(lambda result: replace(result, record_id="")),
    ),
    session_mutant("writes_over", "creating.record_that_is_there_is_left_alone", spoil=_writes_over),
    session_mutant(
        "takes_what_is_there",
        "creating.record_that_is_there_is_left_alone",
        "creating.batch_of_new_records_tells_of_each",
        spoil=resulting(_exists_as_applied),
    ),
    session_mutant(
        "refuses_what_is_there",
        "creating.record_that_is_there_is_left_alone",
        "creating.batch_of_new_records_tells_of_each",
        "creating.lost_answer_of_a_create_is_found_by_its_key",
        spoil=resulting(_exists_as_refused),
    ),
    session_mutant(
        "calls_a_lost_create_refused",
        "creating.lost_answer_of_a_create_is_found_by_its_key",
        "creating.lost_creates_of_a_job_are_resolved",
        spoil=catching(OutcomeUnknownError, refused),
    ),
    session_mutant("makes_by_any_field", "creating.create_keys_are_unique_and_can_be_set", spoil=_any_key),
    session_mutant("fills_in_keys", "creating.without_a_key_nothing_is_made", spoil=_keyed(_with_a_key)),
)
