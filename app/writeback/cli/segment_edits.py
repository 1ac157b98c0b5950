"""What `edit --segment` does: plan a change of all records that a condition means, and send it."""

from collections import abc
from typing import TYPE_CHECKING

from writeback.cli.guarding import submit_plan
from writeback.cli.opening import author, new_act, open_runtime, open_told
from writeback.cli.output import counted, put_json, put_table, say
from writeback.cli.progress import exit_code, report_of, run_jobs, tell_jobs
from writeback.model.bulk import VERDICTS, BulkEdit
from writeback.model.changes import Origin

if TYPE_CHECKING:
    from writeback.cli.options import Run
    from writeback.runtime.facade import PlanSource


def segment_source(
    text: str, entity: str, edits: abc.Sequence[BulkEdit], *, reason: str, only_changes: bool = False
) -> "PlanSource":
    """Make the plan source of a segment's edit."""
    from writeback.runtime.facade import PlanSource

    return PlanSource(
        kind="segment",
        origin=Origin.SEGMENT,
        reason=reason,
        author=author(),
        segment=text,
        entity=entity,
        sets=tuple(edits),
        only_changes=only_changes,
    )


def send_segment(source: "PlanSource", run: "Run", *, yes: bool, confirm_org: str, override: str) -> int:
    """Plan, ask, submit, and run until every row has an outcome; gives the exit code.

    Raises:
        GuardError: Nobody said yes, the org's name was not confirmed, or a guard is struck; nothing was sent.
    """
    with open_runtime(run) as runtime:
        meant = runtime.segments.read(source.segment, entity=source.entity)
        found = runtime.segments.count(meant)
        plan = runtime.propose(source, act=new_act())
        edited = runtime.segments.count_edited(meant, [one.attribute for one in source.sets])
        waits = f" {counted(edited, 'of them has an edit', 'of them have edits')} that waits to be sent"
        aside = f"{waits}; left as it is." if edited else ""
        say(f"The segment means {counted(found, 'record')}.{aside}", quiet=run.quiet or run.as_json)
        jobs = submit_plan(runtime, plan, run, yes=yes, confirm_org=confirm_org, override=override)
        ran = run_jobs(runtime, jobs, run)
    if run.as_json:
        put_json(
            {
                **report_of(ran),
                "segment": meant.text,
                "entity": meant.entity,
                "meant": found,
                "edited": edited,
            }
        )
        return exit_code(ran)
    return tell_jobs(ran, run)


def preview_segment(source: "PlanSource", run: "Run") -> int:
    """Tell what an edit would do, without asking a CRM or keeping anything."""
    with open_told(run) as told:
        found = told.bulk.preview(source)
    if run.as_json:
        put_json(
            {
                "records": found.records,
                "edits": [
                    {"attribute": one.attribute, "counts": dict(one.counts), "refused": dict(one.refused)}
                    for one in found.edits
                ],
                "sample": [
                    {"record": one.rid, "title": one.title, "attribute": cell.attribute}
                    | {"old": cell.old, "new": cell.new, "verdict": cell.verdict}
                    for one in found.sample
                    for cell in one.cells
                ],
            }
        )
        return 0
    say(f"{counted(found.records, 'record')}; nothing is kept or sent.", quiet=run.quiet)
    put_table(("attribute", *VERDICTS), ((one.attribute, *map(one.count, VERDICTS)) for one in found.edits))
    cells = (
        (one.title, cell.attribute, cell.old, cell.new, cell.verdict)
        for one in found.sample
        for cell in one.cells
    )
    put_table(("record", "attribute", "now", "then", "verdict"), cells)
    return 0
