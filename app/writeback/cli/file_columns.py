"""Which field each column of a file writes: options, saved mappings, and proposals by name."""

from collections import abc
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import author, new_act
from writeback.cli.output import say
from writeback.model.file_mappings import FileMapping
from writeback.model.integrations import BlankRule

if TYPE_CHECKING:
    from writeback.cli.options import Run
    from writeback.runtime.facade import PlanSource
    from writeback.runtime.runtime import Runtime

MAPPING_FILES = (".sdl", ".json")
ConnectionName = Annotated[
    str, typer.Option("--connection", help="The connection's name; may be left out where there is one.")
]
ObjectName = Annotated[
    str,
    typer.Option(
        "--object",
        help="The CRM object, e.g. Account; may be left out where the mapping or one integration says it.",
    ),
]
Maps = Annotated[
    list[str] | None,
    typer.Option("--map", help="COLUMN=FIELD: which field a column writes; COLUMN= writes none. Repeatable."),
]
Constants = Annotated[
    list[str] | None, typer.Option("--constant", help="FIELD=TEXT: what every row writes. Repeatable.")
]
ColumnBlanks = Annotated[
    list[str] | None,
    typer.Option(
        "--column-blank", help="COLUMN=keep or COLUMN=clear: what blank cells of a column mean. Repeatable."
    ),
]
MappingName = Annotated[
    str,
    typer.Option("--mapping", help="A saved mapping's name, or a file: Data Loader's .sdl, or .json."),
]
AutoMap = Annotated[
    bool,
    typer.Option("--auto-map", help="Find fields for the other columns by name and label; told before."),
]
SaveMapping = Annotated[str, typer.Option("--save-mapping", help="Keep what the columns write under a name.")]


@dataclass(frozen=True, slots=True)
class ColumnOptions:
    """What the options say of columns."""

    maps: abc.Sequence[str] = ()
    constants: abc.Sequence[str] = ()
    mapping: str = ""
    is_auto: bool = False
    save: str = ""
    blanks: abc.Sequence[str] = ()


def aim(runtime: "Runtime", source: "PlanSource", options: ColumnOptions, run: "Run") -> "PlanSource":
    """Say for a plan of a file where it goes, and which fields its columns write.

    Raises:
        typer.BadParameter: Connection or object is left out and several would do, or an option is malformed.
        ConfigurationError: There is no such mapping, or it or the file cannot be read.
    """
    mapping, object_name = _base(runtime, options.mapping)
    source = _somewhere(runtime, replace(source, object=source.object or object_name))
    mapping = mapping.with_paths(_pairs(options.maps, "--map"))
    given = _pairs(options.constants, "--constant")
    named = {path.casefold() for path, _ in given}
    kept = tuple(pair for pair in mapping.constants if pair[0].casefold() not in named)
    mapping = replace(mapping, constants=(*kept, *given))
    mapping = _with_blanks(mapping, _pairs(options.blanks, "--column-blank"))
    source = replace(source, mapping=mapping)
    if options.is_auto:
        source = _proposed(runtime, source, run)
    elif options.mapping:
        unused = [name for name in columns_of(source) if not source.mapping.paths_of(name)]
        if unused:
            say(f"Not written: {', '.join(unused)}", quiet=run.quiet)
    if options.save:
        runtime.save_file_mapping(
            options.save,
            replace(source.mapping, is_whole=source.mapping.is_whole or options.is_auto),
            object_name=source.object,
            key=source.key,
            author=author(),
            act=new_act(),
        )
    return source


def _with_blanks(mapping: FileMapping, told: abc.Sequence[tuple[str, str]]) -> FileMapping:
    """Say of some columns what their blank cells mean."""
    known = {rule.value: rule for rule in BlankRule}
    for column, word in told:
        if word not in known:
            raise typer.BadParameter(f"{column} is keep or clear", param_hint="--column-blank")
    names = {column.casefold() for column, _ in told}
    kept = tuple(pair for pair in mapping.blanks if pair[0].casefold() not in names)
    return replace(mapping, blanks=(*kept, *((column, known[word]) for column, word in told)))


def columns_of(source: "PlanSource") -> tuple[str, ...]:
    """Give the columns of a file that belong to the person.

    Raises:
        ConfigurationError: It cannot be read.
    """
    from writeback.engine.source_files import open_source

    header = open_source(
        Path(source.path), encoding=source.encoding, sheet=source.sheet, has_header=source.has_header
    ).header
    return header.columns[: header.width]


def _base(runtime: "Runtime", mapping: str) -> tuple[FileMapping, str]:
    """Give the mapping that is named, and the object it was saved for."""
    if not mapping:
        return FileMapping(), ""
    if mapping.casefold().endswith(MAPPING_FILES):
        from writeback.engine.reading_mappings import read_mapping

        return read_mapping(Path(mapping)), ""
    saved = runtime.files.named(mapping)
    return saved.mapping, saved.object


def _somewhere(runtime: "Runtime", source: "PlanSource") -> "PlanSource":
    """Fill in connection and object where only one will do."""
    connection = source.connection
    if not connection:
        known = [one.name for one in runtime.told.connections()]
        if len(known) != 1:
            raise typer.BadParameter(
                f"name one: {', '.join(known) or 'there is none yet'}", param_hint="--connection"
            )
        connection = known[0]
    if source.object:
        return replace(source, connection=connection)
    found = runtime.told.connection(connection).id
    objects = {one.object for one in runtime.told.integrations() if one.connection_id == found}
    if len(objects) != 1:
        told = ", ".join(sorted(objects)) or "nothing is mapped on this connection"
        raise typer.BadParameter(f"name one: {told}", param_hint="--object")
    return replace(source, connection=connection, object=objects.pop())


def _proposed(runtime: "Runtime", source: "PlanSource", run: "Run") -> "PlanSource":
    """Add the fields that are proposed for the columns nobody named; the others are not written."""
    found = {one.column: one for one in runtime.propose_columns(source)}
    said = {name.casefold() for name, _ in source.mapping.paths}
    columns = [name for name in columns_of(source) if name.casefold() not in said]
    for name in columns:
        match = found.get(name)
        told = f"{match.path} ({match.reason.replace('_', ' ')})" if match else "not written"
        say(f"{name} → {told}", quiet=run.quiet)
    pairs = tuple((name, found[name].path if name in found else "") for name in columns)
    return replace(source, mapping=source.mapping.with_paths(pairs))


def _pairs(texts: abc.Iterable[str], option: str) -> tuple[tuple[str, str], ...]:
    found = []
    for text in texts:
        left, mark, right = text.partition("=")
        if not (left.strip() and mark):
            raise typer.BadParameter(f"{text!r} has no =", param_hint=option)
        found.append((left.strip(), right if option == "--constant" else right.strip()))
    return tuple(found)
