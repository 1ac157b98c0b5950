"""What a job changed, cleared or filled is put back: every type, CRM and route."""

import pytest

from tests.integration.undo.conftest import Crm
from writeback.model.jobs import JobKind, Route

ROUTES = pytest.mark.parametrize("route", list(Route), ids=lambda route: route.value)


@pytest.fixture(autouse=True)
def routed(crm: Crm, request: pytest.FixtureRequest) -> None:
    """Leave out uploads where a CRM has none: its batches run as a job of ours then."""
    wanted = getattr(request.node, "callspec", None)
    if wanted is not None and wanted.params.get("route") is Route.BULK and not crm.uploads:
        pytest.skip("no upload")


def start(crm: Crm, *, filled: int, empty: int) -> tuple[list[str], dict[str, object]]:
    """Give records that hold the first value of each field, then some that hold nothing; and these values."""
    keys = [next(crm.used) for _ in range(filled + empty)]
    first = {name: values[0] for name, values in crm.form.values.items()}
    if filled:
        crm.push([{crm.form.key: key, **first} for key in keys[:filled]], route=Route.SINGLE)
    blank = dict.fromkeys(clearable(crm), "")
    if empty:
        crm.push([{crm.form.key: key, **blank} for key in keys[filled:]], route=Route.SINGLE, clears=True)
    return keys, dict(crm.held(keys[0], crm.form.values))


def clearable(crm: Crm) -> list[str]:
    """Name the fields that may be emptied; not booleans: Zoho makes `false` of nothing."""
    described = crm.runtime.describe("C", crm.form.object)
    found = ((name, described.field(name)) for name in crm.form.values)
    return [name for name, info in found if info and info.is_nillable and info.kind != "boolean"]


def clearing(crm: Crm, route: Route) -> Route:
    """Give the route for an undo that empties fields: Zoho's uploads cannot."""
    return Route.BATCH if (crm.name, route) == ("zoho", Route.BULK) else route


@ROUTES
def test_changed_cleared_and_filled_values_are_put_back(crm: Crm, route: Route) -> None:
    (changed, cleared, filled), first = start(crm, filled=2, empty=1)
    second = {name: values[1] for name, values in crm.form.values.items()}
    may_clear = clearable(crm) if clearing(crm, route) is route else []
    names = list(crm.form.values)
    before = {key: crm.held(key, names) for key in (changed, cleared, filled)}
    assert before[changed] == first
    rows = [
        {crm.form.key: changed, **second},
        {crm.form.key: cleared, **{name: "" if name in may_clear else second[name] for name in second}},
        {crm.form.key: filled, **second},
    ]
    job = crm.push(rows, route=route, clears=True)
    assert (job.counts.applied, job.route) == (3, route)
    assert crm.held(cleared, may_clear) == dict.fromkeys(may_clear)
    seen = len(crm.applied())
    _, (undone,) = crm.undo(job, route=clearing(crm, route))
    assert (undone.counts.applied, undone.counts.rows, undone.kind) == (3, 3, JobKind.UNDO)
    assert {key: crm.held(key, names) for key in before} == before
    assert len(crm.applied()) == seen + 3
    assert crm.runtime.doctor().ok


@ROUTES
def test_an_undo_is_undone(crm: Crm, route: Route) -> None:
    (key,), _ = start(crm, filled=1, empty=0)
    name, values = next(iter(crm.form.values.items()))
    job = crm.push([{crm.form.key: key, name: values[1]}], route=route)
    _, (undone,) = crm.undo(job, route=route)
    assert crm.held(key, (name,)) == {name: values[0]}
    _, (again,) = crm.undo(undone, route=route)
    assert (again.counts.applied, again.undo_of) == (1, undone.id)
    assert crm.held(key, (name,)) == {name: values[1]}


@ROUTES
def test_what_changed_since_is_left_alone_field_by_field(crm: Crm, route: Route) -> None:
    (half, whole, free), first = start(crm, filled=3, empty=0)
    second = {name: values[1] for name, values in crm.form.values.items()}
    job = crm.push([{crm.form.key: key, **second} for key in (half, whole, free)], route=route)
    text = next(iter(crm.form.values))
    crm.running.crm.edit(crm.form.object, half, {text: "somebody's"})
    for name, values in crm.form.values.items():  # the whole record went on, by our own hand
        crm.push([{crm.form.key: whole, name: values[0]}], route=Route.SINGLE)
    crm.running.crm.edit(crm.form.object, whole, {text: "theirs"})
    _, (undone,) = crm.undo(job, route=route)
    assert crm.held(half, crm.form.values) == {**first, text: "somebody's"}
    assert crm.held(free, crm.form.values) == first
    assert crm.held(whole, (text,)) == {text: "theirs"}
    counts = undone.counts
    assert (counts.applied, counts.conflict) == (2, 2)
    told = [row for row in crm.runtime.told.job_rows(undone.id) if row.outcome == "conflict"]
    assert sorted(row.record_id for row in told) == sorted((half, whole))
    assert {row.code for row in told} == {"plan.changed_in_crm"}


@ROUTES
def test_a_repointed_reference_points_at_the_old_record_again(crm: Crm, route: Route) -> None:
    (old, old_name), (_, new_name) = crm.users()[:2]
    pointed, empty = next(crm.used), next(crm.used)
    path, pointing, key = crm.form.reference, crm.form.pointing, crm.form.key
    crm.push([{key: pointed, path: old_name}], route=Route.SINGLE)
    crm.push([{key: empty, path: ""}], route=Route.SINGLE, clears=True)
    job = crm.push([{key: pointed, path: new_name}, {key: empty, path: new_name}], route=route)
    assert job.counts.applied == 2
    _, (undone,) = crm.undo(job, route=clearing(crm, route))
    assert undone.counts.applied == 2
    assert crm.held(pointed, (pointing,)) == {pointing: old}
    assert crm.held(empty, (pointing,)) == {pointing: None}


def test_a_part_is_undone_by_record_and_field(crm: Crm) -> None:
    (one, other), first = start(crm, filled=2, empty=0)
    second = {name: values[1] for name, values in crm.form.values.items()}
    job = crm.push([{crm.form.key: key, **second} for key in (one, other)], route=Route.BATCH)
    written = crm.held(one, crm.form.values)
    text, *others = crm.form.values
    _, (undone,) = crm.undo(job, records=(one,), fields=(text,))
    assert (undone.counts.rows, undone.columns) == (1, job.columns)
    assert crm.held(one, crm.form.values) == {**written, text: first[text]}
    assert crm.held(other, crm.form.values) == written
    crm.undo(job, records=(one,))
    assert crm.held(one, others) == {name: first[name] for name in others}


def test_what_an_upload_cannot_empty_is_blocked_and_said(crm: Crm) -> None:
    if crm.name != "zoho":
        pytest.skip("uploads clear here")
    (key,), _ = start(crm, filled=0, empty=1)
    text, (_, second) = next(iter(crm.form.values.items()))
    job = crm.push([{crm.form.key: key, text: second}], route=Route.BULK)
    _, (undone,) = crm.undo(job, route=Route.BULK)
    assert (undone.counts.applied, undone.counts.blocked) == (0, 1)
    _, (undone,) = crm.undo(job)
    assert (undone.counts.applied, crm.held(key, (text,))) == (1, {text: None})


def test_rows_that_were_not_written_are_not_undone(crm: Crm) -> None:
    (key,), _ = start(crm, filled=1, empty=0)
    text, (same, _) = next(iter(crm.form.values.items()))
    job = crm.push([{crm.form.key: key, text: same}], route=None)
    assert job.counts.unchanged == 1
    _, (undone,) = crm.undo(job)
    assert undone.counts.rows == 0
