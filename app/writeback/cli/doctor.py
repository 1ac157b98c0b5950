"""`writeback doctor`: check the invariants of the write protocol and the store."""

from dataclasses import asdict

import typer

from writeback.cli.opening import open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import put_json, put_line, put_table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)


def doctor(context: typer.Context, as_json: AsJson = False) -> int:
    """Check invariants I1-I8 and the store; exit 70 when one is broken."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        report = runtime.doctor()
    if run.as_json:
        put_json(
            {
                "ok": report.ok,
                "invariants": {one.id: asdict(one) for one in report.invariants},
                "facts": dict(report.facts),
            }
        )
    else:
        put_table(
            ("invariant", "kept", "checked", "violations"),
            (
                (one.id, "yes" if one.is_kept else "NO", one.checked, "; ".join(one.violations[:3]))
                for one in report.invariants
            ),
        )
        for name, value in report.facts:
            put_line(f"{name}: {value}")
    return 0 if report.ok else 70
