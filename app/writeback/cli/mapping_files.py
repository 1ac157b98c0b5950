"""`writeback integrations export-mapping`, `import-mapping`: a mapping as a file, or copied from another."""

from pathlib import Path
from typing import Annotated

import typer

from writeback.cli.opening import new_act, open_runtime, open_told
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import put_json, put_line, say
from writeback.errors import ConfigurationError, MappingError, UnknownAttributeError
from writeback.model.integrations import Integration

Ours = Annotated[str, typer.Argument(help="The integration's id.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("export-mapping")(export_mapping)
    app.command("import-mapping")(import_mapping)


def export_mapping(
    context: typer.Context,
    integration: Ours,
    file: Annotated[str, typer.Argument(help="Where to write it; left out or -: standard output.")] = "-",
) -> None:
    """Write an integration's mapping to a file that another workspace, or another org, can take."""
    from writeback.runtime import mapping_files

    run = run_of(context)
    with open_told(run) as told:
        text = mapping_files.to_text(_named(told.integrations(), integration))
    if file == "-":
        put_line(text.rstrip("\n"))
        return
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError("file.not_writable", path=file, problem=str(error.strerror)) from error
    say(f"The mapping of {integration} was written to {file}.", quiet=run.quiet)


def import_mapping(
    context: typer.Context,
    integration: Ours,
    file: Annotated[
        str,
        typer.Argument(help="A mapping: JSON of ours, a CSV of field and attribute, or an .sdl."),
    ] = "",
    source: Annotated[
        str, typer.Option("--from", help="Instead of a file: the id of another integration.")
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Map the fields that a file, or another integration, maps; those that this object lacks are named.

    Write-back is off for each field that was not mapped here before. Exit code 4: some fields do not fit.
    """
    from writeback.runtime import mapping_files

    if bool(file) == bool(source):
        raise typer.BadParameter("name a file, or another integration with --from")
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        own = _named(runtime.told.integrations(), integration)
        if source:
            mappings = _named(runtime.told.integrations(), source).mappings
        else:
            try:
                text = Path(file).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                name, problem = Path(file).name, str(error)[:200]
                raise MappingError("mapping_file.unreadable", file=name, problem=problem) from error
            mappings = mapping_files.read(text, name=Path(file).name)
        fits = mapping_files.fitting(mappings, runtime.describe(own.connection_id, own.object))
        wished = mapping_files.beside(fits.mappings, own.mappings)
        made = runtime.map_fields(own.id, wished, act=new_act()) if wished else own
    taken = [str(one.path) for one in wished]
    if run.as_json:
        put_json({"integration": made.id, "mapped": taken, "left_out": list(fits.left_out)})
    else:
        put_line(f"{len(taken)} fields mapped")
        for path in fits.left_out:
            say(f"not in {own.object}: {path}")
    return 4 if fits.left_out else 0


def _named(integrations: tuple[Integration, ...], text: str) -> Integration:
    found = next((one for one in integrations if one.id == text), None)
    if found is None:
        raise UnknownAttributeError("integration.unknown", name=text[:200])
    return found
