"""Each check of the suite fails on a faulty connector: a check that nothing fails proves nothing."""

from pathlib import Path

import pytest

from writeback.conformance.groups import CHECKS
from writeback.conformance.mutants import MUTANTS, Mutant, uploaders
from writeback.conformance.subjects import Subject
from writeback.conformance.suite import COUNTED, FAILED, examine

NEEDS_MORE = {
    "signs_in_elsewhere",
    "deaf_to_the_schema",
    "no_quota",
    "compiles_to_nothing",
    "steers_nothing",
    *(mutant.name for mutant in uploaders.MUTANTS),
}
"""Of what the template has not: bulk jobs, a browser sign-in, quotas, filters, switches, telling refusals."""


def test_every_check_has_a_mutant_and_every_mutant_a_check() -> None:
    ids = [check.id for check in CHECKS]
    assert len(set(ids)) == len(ids)
    assert set(ids) == COUNTED
    assert len(COUNTED) >= 60
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_faulty_connector_is_found(
    mutant: Mutant, healthy: Subject, with_bulk: Subject, tmp_path: Path
) -> None:
    subject = with_bulk if mutant.name in NEEDS_MORE else healthy
    report = examine(mutant.make(subject, tmp_path), only=mutant.breaks)
    assert {one.check.id for one in report.findings} == set(mutant.breaks)
    assert [one.check.id for one in report.findings if one.outcome != FAILED] == []


def test_a_mutant_leaves_the_healthy_connector_as_it_was(healthy: Subject, tmp_path: Path) -> None:
    for mutant in MUTANTS[:40]:
        if mutant.name not in NEEDS_MORE:
            mutant.make(healthy, tmp_path / mutant.name)
    report = examine(healthy, only=("describing", "reading.limit_is_kept", "values.text_round_trips"))
    assert report.failed == 0
