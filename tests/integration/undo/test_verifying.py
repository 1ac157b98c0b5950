"""A finished job read back on request: each field as written, changed since, not there, or gone."""

import pytest

from tests.integration.undo.conftest import Crm
from writeback.errors import ConfigurationError
from writeback.model.histories import Standing
from writeback.model.jobs import Route
from writeback.runtime.facade.histories import Verification


def verify(crm: Crm, job: str) -> Verification:
    return crm.runtime.verify_job(job, author="ana", act=crm.act())


def test_each_field_is_told_as_it_stands(crm: Crm) -> None:
    kept, changed, reverted = (next(crm.used) for _ in range(3))
    key, (text, more) = crm.form.key, list(crm.form.values)[:2]
    first, second = ({name: crm.form.values[name][at] for name in (text, more)} for at in (0, 1))
    keys = (kept, changed, reverted)
    crm.push([{key: one, **first} for one in keys], route=Route.SINGLE)
    job = crm.push([{key: one, **second} for one in keys], route=Route.BATCH)
    cost = crm.runtime.verify_cost(job.id)
    assert (cost.rows, cost.calls) == (3, 1)
    seen = len(crm.applied())
    told = verify(crm, job.id)
    assert told.is_as_written
    assert dict(told.rows)[Standing.AS_WRITTEN] == 3
    assert dict(told.fields)[Standing.AS_WRITTEN] == 6
    crm.running.crm.edit(crm.form.object, changed, {text: "theirs"})
    crm.running.crm.edit(crm.form.object, reverted, {text: first[text]})
    told = verify(crm, job.id)
    assert not told.is_as_written
    assert {state: count for state, count in told.rows if count} == {
        Standing.AS_WRITTEN: 1,
        Standing.CHANGED: 1,
        Standing.NOT_THERE: 1,
    }
    assert dict(told.fields)[Standing.AS_WRITTEN] == 4
    fields = {one.record_id: one for one in crm.runtime.told.verified(job.id)}
    assert {record: (one.field, one.state) for record, one in fields.items()} == {
        changed: (text, Standing.CHANGED),
        reverted: (text, Standing.NOT_THERE),
    }
    assert (fields[changed].old, fields[changed].new, fields[changed].now) == ("first", "second", "theirs")
    assert len(crm.applied()) == seen  # nothing was written by that
    assert crm.runtime.told.verification(job.id) == told
    assert crm.runtime.told.job(job.id) == job


def test_a_reference_is_compared_by_where_it_points(crm: Crm) -> None:
    (_, name), (_, other) = crm.users()[:2]
    one = next(crm.used)
    crm.push([{crm.form.key: one, crm.form.reference: other}], route=Route.SINGLE)
    job = crm.push([{crm.form.key: one, crm.form.reference: name}], route=Route.SINGLE)
    assert verify(crm, job.id).is_as_written
    crm.push([{crm.form.key: one, crm.form.reference: other}], route=Route.SINGLE)
    assert dict(verify(crm, job.id).rows)[Standing.NOT_THERE] == 1


def test_what_is_no_job_is_refused(crm: Crm) -> None:
    with pytest.raises(ConfigurationError):
        verify(crm, "77")
