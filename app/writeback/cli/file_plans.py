"""What `plan FILE` and `push FILE` ask alike about a file, and the plan source that they make of it."""

import functools
import inspect
from collections import abc
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from writeback.cli.file_columns import (
    AutoMap,
    ColumnBlanks,
    ColumnOptions,
    ConnectionName,
    Constants,
    MappingName,
    Maps,
    ObjectName,
    SaveMapping,
    aim,
    columns_of,
)
from writeback.cli.opening import author
from writeback.cli.options import assurance_of, route_of
from writeback.model.changes import Origin
from writeback.model.creating import Creating
from writeback.model.deltas import MultiMode
from writeback.model.integrations import BlankRule, ConflictRule, ReferenceMode
from writeback.model.jobs import Assurance, Route
from writeback.model.source_formats import DateOrder, DecimalMark

if TYPE_CHECKING:
    from writeback.cli.options import Run
    from writeback.runtime.facade import PlanSource
    from writeback.runtime.runtime import Runtime

Key = Annotated[
    str,
    typer.Option("--key", help="The field that identifies a record, or its column; two as 'Name+Website'."),
]
AssuranceText = Annotated[
    str, typer.Option("--assurance", help="auto | A (the CRM checks) | B (compared just before)")
]
RouteText = Annotated[str, typer.Option("--route", help="auto | single | batch | bulk")]
Encoding = Annotated[str, typer.Option("--encoding", help="The file's encoding.")]
Sheet = Annotated[str, typer.Option("--sheet", help="Of a workbook: the sheet; the first one if left out.")]
NoHeader = Annotated[
    bool, typer.Option("--no-header", help="The first line names no columns; they are called A, B, …")
]
Dates = Annotated[
    DateOrder | None,
    typer.Option(
        "--dates", help="Which part of a date comes first; left out: what its column can only mean."
    ),
]
Decimals = Annotated[
    DecimalMark | None,
    typer.Option("--decimals", help="What stands before decimals; left out: what its column can only mean."),
]
Blank = Annotated[
    BlankRule | None,
    typer.Option(
        "--blank", help="What a blank cell means; left out: what its column's mapping says, or keep."
    ),
]
Multi = Annotated[
    list[str] | None,
    typer.Option(
        "--multi",
        help="What the values of a multi-list mean, e.g. Tags=add, Tags=remove or Tags=replace.",
    ),
]
OnConflict = Annotated[
    ConflictRule,
    typer.Option(
        "--on-conflict",
        help="Who wins when the CRM changed meanwhile. newest: who wrote later, else ask.",
    ),
]
EditedAt = Annotated[
    str,
    typer.Option(
        "--edited-at",
        help="With --on-conflict newest: the column that tells when each row was edited, as "
        "2026-11-27T09:30:00+01:00; it is not written. Left out: when the plan is made.",
    ),
]
Create = Annotated[
    Creating,
    typer.Option(
        "--create",
        help="Whether records are made of rows whose key names nobody. never: records are updated only; "
        "missing: those that are missing are made; only: nothing but new records is made. The key has to be "
        "a field that the CRM keeps unique.",
    ),
]
_MODE = "--reference-mode"
References = Annotated[
    list[str] | None,
    typer.Option(
        _MODE,
        help="What a column through a reference means: Owner.Email=repoint (point at another record, the "
        "default) or Owner.Email=edit (change the record pointed at, for everyone). Repeatable.",
    ),
]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of a file are read."""

    encoding: str
    sheet: str
    has_header: bool
    dates: DateOrder | None
    decimals: DecimalMark | None


@dataclass(frozen=True, slots=True)
class FileOptions:
    """Where a file goes and what it is to write, as the options say."""

    place: tuple[str, str]
    """The names of connection and object; '' is the only one there is."""
    key: str
    route: Route | None
    assurance: Assurance | None
    reading: Reading
    blank: BlankRule | None
    conflict: ConflictRule
    edited: str
    references: abc.Sequence[str]
    multi: abc.Sequence[str] = ()
    columns: ColumnOptions = field(default_factory=ColumnOptions)
    creating: Creating = Creating.NEVER


def _asked(
    connection: ConnectionName = "",
    object_name: ObjectName = "",
    key: Key = "Id",
    create: Create = Creating.NEVER,
    maps: Maps = None,
    constants: Constants = None,
    mapping: MappingName = "",
    auto_map: AutoMap = False,
    save_mapping: SaveMapping = "",
    route: RouteText = "auto",
    assurance: AssuranceText = "auto",
    blank: Blank = None,
    column_blank: ColumnBlanks = None,
    conflict: OnConflict = ConflictRule.ASK,
    edited: EditedAt = "",
    references: References = None,
    multi: Multi = None,
    encoding: Encoding = "utf-8-sig",
    sheet: Sheet = "",
    no_header: NoHeader = False,
    dates: Dates = None,
    decimals: Decimals = None,
) -> FileOptions:
    return FileOptions(
        (connection, object_name),
        key,
        route_of(route),
        assurance_of(assurance),
        Reading(encoding, sheet, not no_header, dates, decimals),
        blank,
        conflict,
        edited,
        references or (),
        multi or (),
        ColumnOptions(maps or (), constants or (), mapping, auto_map, save_mapping, column_blank or ()),
        create,
    )


def with_file_options(command: abc.Callable[..., int]) -> abc.Callable[..., int]:
    """Put the options about a file in the place of a command's parameter `options`."""
    own, shared = inspect.signature(command).parameters, inspect.signature(_asked).parameters

    @functools.wraps(command)
    def whole(**given: Any) -> int:  # noqa: ANN401  Typer reads the options by their types
        asked = {name: given.pop(name) for name in shared}
        return command(options=_asked(**asked), **given)

    parts = [shared.values() if name == "options" else (one,) for name, one in own.items()]
    both = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for part in parts for one in part]
    whole.__signature__ = inspect.Signature(both, return_annotation=int)  # type: ignore[attr-defined]
    whole.__annotations__ = {one.name: one.annotation for one in both}
    return whole


def file_source(
    runtime: "Runtime",
    file: Path,
    options: FileOptions,
    *,
    run: "Run",
    reason: str = "",
) -> "PlanSource":
    """Make the plan source of a file.

    Args:
        runtime: The open workspace.
        file: A CSV or XLSX file.
        options: How it is read, and what it writes.
        run: How the command speaks.
        reason: Why it is written.

    Raises:
        typer.BadParameter: An option's value is none.
        ConfigurationError: The file or its mapping cannot be read.
    """
    from writeback.runtime.facade import PlanSource

    if options.edited and options.conflict is not ConflictRule.NEWEST:
        raise typer.BadParameter("--edited-at goes with --on-conflict newest")
    source = PlanSource(
        kind="file",
        origin=Origin.FILE,
        reason=reason,
        author=author(),
        path=str(file.absolute()),
        connection=options.place[0],
        object=options.place[1],
        key=options.key,
        encoding=options.reading.encoding,
        sheet=options.reading.sheet,
        has_header=options.reading.has_header,
        dates=options.reading.dates,
        decimals=options.reading.decimals,
        route=options.route,
        assurance=options.assurance,
        blank_rule=options.blank,
        conflict_rule=options.conflict,
        multi_modes=multi_modes(options.multi),
        edited=options.edited,
        creating=options.creating,
    )
    source = aim(runtime, source, options.columns, run)
    return replace(source, reference_modes=reference_modes(source, options.references))


def reference_modes(source: "PlanSource", texts: abc.Sequence[str]) -> tuple[tuple[str, ReferenceMode], ...]:
    """Read `PATH=repoint|edit`, once for each field of a file that goes through a reference.

    Raises:
        typer.BadParameter: The file writes no such field or there is no such mode, or it is no reference.
        ConfigurationError: The file cannot be read.
    """
    if not texts:
        return ()
    paths = [path for name in columns_of(source) for path in source.mapping.paths_of(name)]
    paths += [path for path, _ in source.mapping.constants]
    known = {path.casefold(): path for path in paths}
    found: dict[str, ReferenceMode] = {}
    for text in texts:
        path, _, word = text.partition("=")
        name = known.get(path.strip().casefold())
        if name is None:
            raise typer.BadParameter(f"the file has no column {path.strip()!r}", param_hint=_MODE)
        if "." not in name:
            raise typer.BadParameter(f"{name} goes through no reference", param_hint=_MODE)
        if name in found:
            raise typer.BadParameter(f"{name} is named twice", param_hint=_MODE)
        try:
            found[name] = ReferenceMode(word.strip())
        except ValueError:
            raise typer.BadParameter(f"{name} is repoint or edit", param_hint=_MODE) from None
    return tuple(found.items())


def multi_modes(texts: abc.Iterable[str]) -> tuple[tuple[str, MultiMode], ...]:
    """Read `PATH=add|remove|replace`, once for each column.

    Raises:
        typer.BadParameter: A text is none.
    """
    found: list[tuple[str, MultiMode]] = []
    for text in texts:
        path, mark, mode = text.partition("=")
        if not (path and mark) or mode not in set(MultiMode):
            raise typer.BadParameter("--multi is PATH=add, PATH=remove or PATH=replace")
        found.append((path, MultiMode(mode)))
    return tuple(found)
