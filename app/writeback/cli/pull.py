"""`writeback pull`: read records into the workspace, of one integration or of all."""

from collections import abc
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import new_act, open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import put_json, put_line, say
from writeback.errors import ConfigurationError, WritebackError

if TYPE_CHECKING:
    from writeback.runtime.facade import PullReport
    from writeback.runtime.runtime import Runtime

COUNTS = ("read", "added", "changed", "gone", "conflicts", "linked", "ambiguous", "seconds")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("pull")(pull)


def pull(
    context: typer.Context,
    integration: Annotated[
        str, typer.Argument(help="The integration's id, e.g. i1; left out: all of them.")
    ] = "",
    full: Annotated[bool, typer.Option("--full", help="Read everything, not only what changed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read the CRM's records into the workspace."""
    from writeback.runtime.sentences import sentence_of

    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        if integration:
            report = runtime.pull(integration, full=full, act=new_act())
            put_json(asdict(report)) if run.as_json else put_line(_sentence(report))
            return
        reports, failed = _pull_all(runtime, full=full)
    if run.as_json:
        put_json(_totals(reports, failed))
    else:
        for report in reports:
            put_line(_sentence(report))
    for name, error in failed:
        say(f"{name}: {sentence_of(error.code, error.facts)} ({error.code})")
    if failed:
        raise typer.Exit(failed[0][1].exit_code)


def _pull_all(
    runtime: "Runtime", *, full: bool
) -> tuple[abc.Sequence["PullReport"], abc.Sequence[tuple[str, WritebackError]]]:
    """Pull one integration after the other; one that cannot be read keeps no other from being read."""
    reports: list[PullReport] = []
    failed: list[tuple[str, WritebackError]] = []
    known = runtime.told.integrations()
    if not known:
        raise ConfigurationError("pull.nothing_to_pull")
    for one in known:
        try:
            reports.append(runtime.pull(one.id, full=full, act=new_act()))
        except WritebackError as error:
            failed.append((one.id, error))
    return reports, failed


def _totals(
    reports: abc.Sequence["PullReport"], failed: abc.Sequence[tuple[str, WritebackError]]
) -> dict[str, object]:
    return {
        **{name: sum(getattr(report, name) for report in reports) for name in COUNTS},
        "integrations": [asdict(report) for report in reports],
        "failed": [{"integration_id": name, "code": error.code} for name, error in failed],
    }


def _sentence(report: "PullReport") -> str:
    known = f" ({report.linked} known from another CRM)" if report.linked else ""
    told = (
        f"{report.integration_id}: {report.read} read: {report.added} new{known}, {report.changed} changed, "
        f"{report.gone} gone, {report.conflicts} conflicts with drafts, in {report.seconds:.1f} s"
    )
    if report.skipped:
        told += f"; not read, because the CRM changed them: {', '.join(report.skipped)}"
    if not report.ambiguous:
        return told
    return f"{told}; {report.ambiguous} fit several records and became records of their own"
