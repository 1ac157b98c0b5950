"""How the suite runs, counts and says what was reached."""

import dataclasses
import threading
from pathlib import Path

import pytest

from writeback.conformance import conformance_suite
from writeback.conformance.checks import Check, Run
from writeback.conformance.promises import BrokenPromiseError, NotApplicableError, Tier, expect
from writeback.conformance.quality import read_quality
from writeback.conformance.stages import Stage
from writeback.conformance.subjects import Subject
from writeback.conformance.suite import FAILED, NOT_APPLICABLE, PASSED, examine
from writeback.errors import ConfigurationError, PluginNotLoadableError


def _holds(_stage: Stage) -> None:
    expect(holds=True, found="")


def _breaks(_stage: Stage) -> None:
    expect(holds=False, found="it did not hold")


def _is_not_claimed(_stage: Stage) -> None:
    raise NotApplicableError("not claimed")


def _exits(_stage: Stage) -> None:
    raise SystemExit(0)


def _hangs(_stage: Stage) -> None:
    threading.Event().wait(30)


def _check(tier: Tier, run: Run) -> Check:
    return Check(f"packaging.{run.__name__}", tier, "A promise.", run)


def test_a_check_that_raises_exits_or_hangs_fails_and_the_next_one_runs(healthy: Subject) -> None:
    runs = (_breaks, _exits, _hangs, _is_not_claimed, _holds)
    report = examine(healthy, checks=[_check(Tier.BRONZE, run) for run in runs], deadline_s=0.3)
    assert [one.outcome for one in report.findings] == [FAILED, FAILED, FAILED, NOT_APPLICABLE, PASSED]
    assert report.findings[0].detail == "it did not hold"
    assert report.findings[2].detail == "no end after 0.3 s"


@pytest.mark.parametrize(
    ("broken", "reached"),
    [
        (Tier.BRONZE, Tier.NONE),
        (Tier.SILVER, Tier.BRONZE),
        (Tier.GOLD, Tier.SILVER),
        (Tier.PLATINUM, Tier.GOLD),
        (None, Tier.PLATINUM),
    ],
)
def test_the_tier_is_the_highest_below_which_nothing_is_broken(
    healthy: Subject, broken: Tier | None, reached: Tier
) -> None:
    tiers = [tier for tier in Tier if tier is not Tier.NONE]
    report = examine(healthy, checks=[_check(tier, _breaks if tier is broken else _holds) for tier in tiers])
    assert report.tier is reached


def test_a_claim_that_is_too_high_is_a_failure_of_its_own(healthy: Subject) -> None:
    checks = [_check(Tier.GOLD, _breaks)]
    modest = examine(healthy, checks=checks)  # claims silver
    assert (modest.tier, modest.keeps_its_claim, modest.failed) == (
        Tier.SILVER,
        True,
        0,
    )  # not counted: no mutant
    proud = dataclasses.replace(healthy, quality=healthy.quality.model_copy(update={"tier": Tier.GOLD}))
    report = examine(proud, checks=checks)
    assert (report.keeps_its_claim, report.failed) == (False, 1)
    with pytest.raises(BrokenPromiseError, match="reaches silver, claims gold"):
        report.require("silver")


def test_a_run_of_some_checks_says_nothing_about_a_tier(healthy: Subject) -> None:
    report = examine(healthy, only=("packaging.manifest_is_sound",))
    assert (report.tier, report.passed, report.failed) == (Tier.NONE, 1, 0)
    with pytest.raises(BrokenPromiseError):
        report.require("bronze")


def test_silence_about_a_probe_fails_and_a_reason_does_not(healthy: Subject) -> None:
    probe = healthy.quality.probe.model_copy(update={"filter": ""})
    silent = healthy.quality.model_copy(update={"probe": probe})
    only = ("reading.filter_selects",)
    (finding,) = examine(dataclasses.replace(healthy, quality=silent), only=only).findings
    assert finding.outcome == FAILED
    said = silent.model_copy(update={"not_offered": {"filter": "the CRM has no filters"}})
    (finding,) = examine(dataclasses.replace(healthy, quality=said), only=only).findings
    assert (finding.outcome, finding.detail) == (NOT_APPLICABLE, "filter: the CRM has no filters")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("connector = ", "quality.unreadable"),
        ('connector = "x"', "quality.invalid"),
        ('connector = "x"\n[probe]\nobject = "A"\nfields = { colour = "B" }', "quality.invalid"),
        ('connector = "x"\ntier = "diamond"\n[probe]\nobject = "A"', "quality.invalid"),
        ('connector = "x"\n[probe]\nobject = "A"\n[faults]\nearthquake = { kind = "x" }', "quality.invalid"),
    ],
)
def test_a_quality_file_that_is_not_sound_names_the_place(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "quality.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_quality(tmp_path / "quality.toml")
    assert caught.value.code == code


def test_an_unknown_plugin_is_refused_before_anything_runs() -> None:
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.unknown"):
        conformance_suite("nobody")
