"""`writeback plugins`: which there are, which may run, how good one is, and how to begin one."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.options import AsJson, run_of
from writeback.cli.output import counted, put_json, put_line, put_table, say

if TYPE_CHECKING:
    from writeback.conformance.suite import Finding
    from writeback.runtime.plugins import Asked, Plugins

plugins_app = typer.Typer(help="Connectors and other plugins.", no_args_is_help=True)
CHECK_FAILED = 4
ISOLATION = "Plugins run with your rights; the worker process isolates faults, not intentions."
PLAIN_STATEMENT = "A plugin is Python code that runs with your rights; Writeback cannot confine it."
Name = Annotated[str, typer.Argument(help="The plugin's id, as `plugins list` shows it.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(plugins_app, name="plugins")


@plugins_app.command("list")
def list_plugins(
    context: typer.Context,
    load: Annotated[bool, typer.Option("--load", help="Import each one, to see whether it loads.")] = False,
    as_json: AsJson = False,
) -> None:
    """List plugins with their status; nothing of them runs unless --load is given."""
    run = run_of(context, as_json=as_json)
    from writeback.runtime.plugins import plain_info

    found = _plugins().infos(load=load)
    if run.as_json:
        put_json([plain_info(one) for one in found])
        return
    names = ("id", "title", "version", "publisher", "status", "tier", "strikes", "hosts", "reason")
    rows = [
        (
            one.id, one.title, one.version, one.publisher, one.status, one.tier,
            len(one.strikes) or "", ", ".join(one.hosts), one.reason,
        )
        for one in found
    ]  # fmt: skip
    put_table(names, rows)
    for one in found:
        if one.looks_like:
            say(f"The name {one.distribution} looks like {one.looks_like}, which belongs to Writeback.")
    put_line(ISOLATION)


@plugins_app.command("show")
def show_plugin(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Show everything that is known about one plugin, without running it."""
    from writeback.errors import PluginNotLoadableError
    from writeback.runtime.plugins import plain_info
    from writeback.runtime.sentences import sentence_of

    run = run_of(context, as_json=as_json)
    found = _plugins().infos()
    one = next((each for each in found if each.id == name), None)
    if one is None:
        raise PluginNotLoadableError(
            "plugin.unknown", plugin=name, known=", ".join(each.id for each in found)
        )
    if run.as_json:
        put_json(plain_info(one))
        return
    for what, value in plain_info(one).items():
        told = ", ".join(map(str, value)) if isinstance(value, list) else value
        if what != "traceback" and told not in ("", None):
            put_line(f"{what.replace('_', ' ')}: {told}")
    if one.reason:
        put_line(str(sentence_of(one.reason, {**dict(one.facts), "plugin": one.id})))
    for line in one.traceback.splitlines():
        put_line(line)


@plugins_app.command("allow")
def allow_plugin(
    context: typer.Context,
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Let a plugin run, with exactly the files it has now."""
    from writeback.errors import ConfigurationError

    run = run_of(context, as_json=False)
    plugins = _plugins()
    asked = plugins.ask(name)
    _tell_asked(asked)
    if not yes:
        if run.no_input:
            raise ConfigurationError("plugin.needs_yes", plugin=name)
        typer.confirm("Let it run?", abort=True, err=True)
    plugins.allow(asked)
    say(f"{name} may run.", quiet=run.quiet)


@plugins_app.command("install")
def install_plugin(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="A wheel, or a folder with the plugin's packages.")],
) -> None:
    """Put a plugin into the plugin folder; it runs once `plugins allow` allowed it."""
    run = run_of(context, as_json=False)
    put_line(str(_plugins().install(source)))
    say("Next: writeback plugins list, and writeback plugins allow with its id.", quiet=run.quiet)


@plugins_app.command("remove")
def remove_plugin(context: typer.Context, name: Name) -> None:
    """Remove a plugin from the plugin folder; connections that use it stay, and wait."""
    run = run_of(context, as_json=False)
    place = _plugins().remove(name)
    say(
        f"{place.name} is removed. A program that runs already goes on with it until it ends.",
        quiet=run.quiet,
    )


@plugins_app.command("blocklist")
def show_blocklist(
    context: typer.Context,
    update: Annotated[
        Path | None, typer.Option("--update", help="Take a newer, signed list; its .sig lies beside it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the plugins that may run for nobody, each with its reason."""
    run = run_of(context, as_json=as_json)
    from writeback import settings
    from writeback.runtime.blocklists import blocklist_of, renew_blocklist

    own = settings.load()
    found = blocklist_of(own) if update is None else renew_blocklist(update, own)
    if run.as_json:
        put_json({"made_on": found.made_on.isoformat(), "blocked": [asdict(one) for one in found.blocked]})
        return
    rows = [(one.id, one.publisher, one.hash, one.reason) for one in found.blocked]
    put_table(("id", "publisher", "hash", "why"), rows)
    say(f"The list is of {found.made_on.isoformat()}.", quiet=run.quiet)


@plugins_app.command("report")
def report_plugin(
    context: typer.Context,
    name: Name,
    words: Annotated[str, typer.Option("--words", help="What went wrong, in your words.")] = "",
) -> None:
    """Print a report for a plugin's publisher; nothing is sent."""
    from writeback.errors import PluginNotLoadableError
    from writeback.runtime.plugin_reports import report_of

    run_of(context, as_json=False)
    found = _plugins().infos()
    one = next((each for each in found if each.id == name), None)
    if one is None:
        known = ", ".join(each.id for each in found)
        raise PluginNotLoadableError("plugin.unknown", plugin=name, known=known)
    for line in report_of(one, words).splitlines():
        put_line(line)


@plugins_app.command("disable")
def disable_plugin(context: typer.Context, name: Name) -> None:
    """Switch a plugin off; `plugins allow` switches it on again."""
    run = run_of(context, as_json=False)
    _plugins().disable(name)
    say(f"{name} is off. What it does now it does to its end.", quiet=run.quiet)


@plugins_app.command("resume")
def resume_plugins(context: typer.Context) -> None:
    """Let plugins of others run again after one of them ended the program."""
    run = run_of(context, as_json=False)
    crashed = _plugins().resume()
    say(
        f"Plugins run again; the program died while {crashed} ran." if crashed else "No plugin is held back.",
        quiet=run.quiet,
    )


@plugins_app.command("new")
def new_plugin(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Small letters, digits and underscores.")],
    into: Annotated[Path, typer.Option("--into", help="The folder that the new folder is made in.")] = Path(),
) -> None:
    """Make a new plugin: a working connector with simulator, tests and quality file."""
    run = run_of(context, as_json=False)
    folder = _plugins().new(name, into=into)
    put_line(str(folder))
    steps = f"Next: pip install -e {folder}, writeback plugins allow {name}, writeback plugins check {name}"
    say(steps, quiet=run.quiet)


@plugins_app.command("check")
def check_plugin(
    context: typer.Context,
    name: Name,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="A check or a group of checks; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Examine a connector against its simulator and say which tier it reaches."""
    from writeback.conformance import conformance_suite

    run = run_of(context, as_json=as_json)
    report = conformance_suite(name, only=only or (), on_finding=None if run.as_json else _tell_finding)
    if run.as_json:
        put_json(report.plain())
    else:
        skipped = counted(report.not_applicable, "check does", "checks do")
        put_line(f"{counted(report.passed, 'check')} passed, {report.failed} failed, {skipped} not apply.")
        claim = f"quality.toml claims {report.claimed.value}."
        told = f"{report.connector} reaches {report.tier.value}; {claim}"
        put_line(told if report.is_whole else "Some checks ran: nothing is said about a tier.")
    if not report.keeps_its_claim:
        say(f"The claim of {report.claimed.value} is higher than what was reached.")
    if report.failed:
        raise typer.Exit(CHECK_FAILED)


def _plugins() -> "Plugins":
    from writeback import settings
    from writeback.runtime.plugins import Plugins
    from writeback.runtime.runtime import utc_now

    return Plugins(settings.load(), now=utc_now)


def _tell_asked(asked: "Asked") -> None:
    """Say on standard error what a person has to know before they allow a plugin."""
    record, manifest = asked.record, asked.record.manifest
    say(f"{record.title} ({record.id}), {record.distribution} {record.version}, by {record.publisher}")
    if manifest is not None:
        say(f"Talks to: {', '.join(manifest.hosts) or 'no host of its own'}")
        if manifest.has_connector:
            say(f"Can do: {', '.join(one.value for one in manifest.abilities) or 'the core alone'}")
        if manifest.channels:
            channels = ", ".join(one.title for one in manifest.channels)
            say(f"Takes notices off this machine, to hosts that you allow: {channels}")
    say(f"Claims the tier: {asked.tier or 'none'}; `writeback plugins check {record.id}` holds it to that.")
    if record.is_bundled:
        say("It belongs to Writeback itself.")
    else:
        say(f"Hash of its files: {record.hash}")
    if asked.differs:
        say(f"It was allowed before, and differs: {asked.differs}")
    if record.looks_like:
        say(f"Careful: its name looks like {record.looks_like}, which belongs to Writeback.")
    say(PLAIN_STATEMENT)


def _tell_finding(finding: "Finding") -> None:
    marks = {"passed": "ok", "failed": "FAILED", "not_applicable": "-"}
    line = f"{marks[finding.outcome]:<7}{finding.check.tier.value:<9} {finding.check.id}: "
    put_line(line + (finding.detail or finding.check.promise))
