"""Checks through the engine: it breaks at each named failpoint; the next try loses and doubles nothing."""

from collections import abc

from writeback.conformance.benches import needs_route
from writeback.conformance.checks import Check, Run
from writeback.conformance.groups.surviving import write_places
from writeback.conformance.promises import Tier, expect
from writeback.conformance.rooms import Room, texts
from writeback.conformance.stages import Stage
from writeback.model.jobs import JobState, Route

SINGLE_POINTS = (
    "1.claimed", "2.compared", "3.before_intent", "4.intent", "5.mid_request", "6.request_complete",
    "7.answer_read", "8.settled",
)  # fmt: skip
BULK_POINTS = (
    "9.bulk_token", "10.bulk_created", "11.bulk_remote_id", "12.bulk_mid_upload", "13.bulk_uploaded",
    "14.bulk_closed", "15.bulk_result_page",
)  # fmt: skip
READ_BACK_POINTS = ("16.readback_before", "17.readback_after")


def _dies_on_the_way(point: str) -> Run:
    def run(stage: Stage) -> None:
        passed = 0
        for route, rows in ((Route.SINGLE, 2), (Route.BATCH, 6)):
            if stage.subject.manifest.routes.facts_of(route) is not None:
                with Room(stage) as room:
                    passed += _dies(room, point, route, rows)
        expect(passed, f"no route passes {point}")

    return run


def _dies_in_an_upload(point: str) -> Run:
    def run(stage: Stage) -> None:
        needs_route(stage.subject, Route.BULK)
        with Room(stage) as room:
            expect(_dies(room, point, Route.BULK, 12), f"an upload does not pass {point}")

    return run


def _dies_while_reading_back(point: str) -> Run:
    def run(stage: Stage) -> None:
        for fault in ("cut_before", "cut_after"):
            with Room(stage) as room:
                for method, path in write_places(room, Route.SINGLE):
                    room.fault(fault, method=method, path=path)
                expect(_dies(room, point, Route.SINGLE, 2), f"a read-back does not pass {point}")

    return run


def _dies(room: Room, point: str, route: Route, rows: int) -> bool:
    """Break at the point, go on as the next worker would, ask the oracle; say whether it was passed."""
    wishes = texts(room.ids[:rows])
    job = room.submit(wishes, route)
    room.break_at(point)
    view = room.run(job)
    was_broken = room.mend()
    if view.state is JobState.STOPPED:
        room.resume(job)
        room.run(job)
    room.must_be_done(job, wishes)
    return was_broken


def _make(points: abc.Iterable[str], make: abc.Callable[[str], Run], where: str) -> abc.Iterator[Check]:
    for point in points:
        number, _, name = point.partition(".")
        promise = (
            f"Breaking off at failpoint {number} ({name.replace('_', ' ')}) {where} loses and doubles no row."
        )
        yield Check(f"dying.{int(number):02d}_{name}", Tier.PLATINUM, promise, make(point))


CHECKS = (
    *_make(SINGLE_POINTS, _dies_on_the_way, "of a request"),
    *_make(BULK_POINTS, _dies_in_an_upload, "of an upload"),
    *_make(READ_BACK_POINTS, _dies_while_reading_back, "of a read-back"),
)
