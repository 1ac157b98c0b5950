"""What `plan FILE` and `push FILE` ask alike about a file, and the plan source that they make of it."""

from collections import abc
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import author
from writeback.cli.options import route_of
from writeback.model.changes import Origin
from writeback.model.deltas import MultiMode
from writeback.model.integrations import BlankRule, ConflictRule, ReferenceMode

if TYPE_CHECKING:
    from writeback.runtime.facade import PlanSource

Key = Annotated[str, typer.Option("--key", help="The column that identifies a record.")]
RouteText = Annotated[str, typer.Option("--route", help="auto | single | batch | bulk")]
Encoding = Annotated[str, typer.Option("--encoding", help="The file's encoding.")]
Sheet = Annotated[str, typer.Option("--sheet", help="Of a workbook: the sheet; the first one if left out.")]
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
class FileOptions:
    """How a file is read, as the options say."""

    key: str
    route: str
    encoding: str
    sheet: str
    blank: BlankRule | None
    conflict: ConflictRule
    edited: str
    references: abc.Sequence[str]
    multi: abc.Sequence[str] = ()


def file_source(
    file: Path, connection: str, object_name: str, options: FileOptions, *, reason: str = ""
) -> "PlanSource":
    """Make the plan source of a file.

    Raises:
        typer.BadParameter: An option's value is none.
    """
    from writeback.runtime.facade import PlanSource

    if options.edited and options.conflict is not ConflictRule.NEWEST:
        raise typer.BadParameter("--edited-at goes with --on-conflict newest")
    return PlanSource(
        kind="file",
        origin=Origin.FILE,
        reason=reason,
        author=author(),
        path=str(file.absolute()),
        connection=connection,
        object=object_name,
        key=options.key,
        encoding=options.encoding,
        sheet=options.sheet,
        route=route_of(options.route),
        blank_rule=options.blank,
        conflict_rule=options.conflict,
        reference_modes=reference_modes(file, options),
        multi_modes=multi_modes(options.multi),
        edited=options.edited,
    )


def reference_modes(file: Path, options: FileOptions) -> tuple[tuple[str, ReferenceMode], ...]:
    """Read `PATH=repoint|edit`, once for each column of a file that goes through a reference.

    Raises:
        typer.BadParameter: There is no such column or mode, or the column goes through no reference.
        ConfigurationError: The file cannot be read.
    """
    if not options.references:
        return ()
    from writeback.engine.source_files import open_source

    header = open_source(file, encoding=options.encoding, sheet=options.sheet).header
    known = {name.casefold(): name for name in header.columns}
    found: dict[str, ReferenceMode] = {}
    for text in options.references:
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
