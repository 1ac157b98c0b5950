"""What `plan FILE` and `push FILE` ask alike about a file, and the plan source that they make of it."""

from collections import abc
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.file_columns import ColumnOptions, aim, columns_of
from writeback.cli.opening import author
from writeback.cli.options import route_of
from writeback.model.changes import Origin
from writeback.model.creating import Creating
from writeback.model.deltas import MultiMode
from writeback.model.integrations import BlankRule, ConflictRule, ReferenceMode
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
    """What a file is to write, as the options say."""

    key: str
    route: str
    reading: Reading
    blank: BlankRule | None
    conflict: ConflictRule
    edited: str
    references: abc.Sequence[str]
    multi: abc.Sequence[str] = ()
    columns: ColumnOptions = field(default_factory=ColumnOptions)
    creating: Creating = Creating.NEVER


def file_source(
    runtime: "Runtime",
    file: Path,
    place: tuple[str, str],
    options: FileOptions,
    *,
    run: "Run",
    reason: str = "",
) -> "PlanSource":
    """Make the plan source of a file.

    Args:
        runtime: The open workspace.
        file: A CSV or XLSX file.
        place: The names of connection and object; '' is the only one there is.
        options: How it is read.
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
        connection=place[0],
        object=place[1],
        key=options.key,
        encoding=options.reading.encoding,
        sheet=options.reading.sheet,
        has_header=options.reading.has_header,
        dates=options.reading.dates,
        decimals=options.reading.decimals,
        route=route_of(options.route),
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
