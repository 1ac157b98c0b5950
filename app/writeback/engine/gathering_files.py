"""Gather wishes from a file: its rows become a stream for `proposing`.

Each column is named like a CRM field path, or a mapping says which it writes. Text is read and checked
field by field, references are resolved, and what cannot be sent is marked with its reason; what the CRM
holds is `judging`'s to ask.

Must not: judge, write.
"""

from collections import abc
from dataclasses import dataclass, field, replace

from writeback.engine.file_formats import FormReader, Typed, find_formats
from writeback.engine.gathering_new import BehindNew, admit_key, refuse_behind, stream_of_new
from writeback.engine.looking_up import References
from writeback.engine.making import for_new
from writeback.engine.reaching import Reach
from writeback.engine.reading_cells import Cell, Dated, FileRows
from writeback.engine.reading_records import PAIR
from writeback.engine.shaping import text_shape
from writeback.engine.source_files import SourceFile
from writeback.engine.walking import Led, Walk
from writeback.errors import ConfigurationError, MappingError
from writeback.model.canonical import Unset
from writeback.model.changes import Reason
from writeback.model.creating import Creating
from writeback.model.deltas import MultiMode
from writeback.model.fieldpaths import FieldPath
from writeback.model.file_mappings import FileMapping
from writeback.model.integrations import BlankRule, ConflictRule, FieldMapping, Integration, ReferenceMode
from writeback.model.jobs import Column
from writeback.model.source_formats import AS_SENT, SourceFormat
from writeback.model.types import AttributeType, Wish
from writeback.planning.blocks import read_by
from writeback.planning.checking import ColumnReader, Read, about, column_reader, reader, when_blank
from writeback.planning.coercing import coercer, text_of
from writeback.planning.converting import converter
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.planning.resolving import Aim, aims_at, moves_hop, refuse_doubles
from writeback.sdk.values import FieldInfo, ObjectDescription


@dataclass(frozen=True, slots=True)
class FileWish:
    """What shall be written from a file."""

    object: str
    key: str
    """Names the field that identifies a record, or its column: the record id, or any field that is unique."""
    blank: BlankRule | None = None
    """What a blank cell means; None: what the mapping of its column says, else that it is kept."""
    conflict: ConflictRule = ConflictRule.ASK
    modes: abc.Mapping[str, ReferenceMode] | None = None
    """By path; others re-point."""
    multi: abc.Mapping[str, MultiMode] | None = None
    """By path of a multi-list: what its values mean; others replace."""
    blanks: abc.Mapping[str, BlankRule] = field(default_factory=dict)
    """By path, folded: what a blank cell means to the mapping of a column."""
    edited: str = ""
    """Names the column that tells when a row was edited, for the rule *newest*; it is not written."""
    form: SourceFormat = AS_SENT
    """How dates and numbers are written; what is unset is looked for in the file."""
    mapping: FileMapping = field(default_factory=FileMapping)
    """Which fields the columns write; left out, each is called like its field."""
    creating: Creating = Creating.NEVER
    """Whether records are made of rows whose key names nobody."""

    def blank_of(self, name: str) -> BlankRule:
        """Say what a blank cell of a column means."""
        return self.blank or self.blanks.get(name.casefold(), BlankRule.KEEP)

    def mode_of(self, path: FieldPath) -> ReferenceMode:
        """Say what writing through the references of a path means."""
        modes = {name.casefold(): mode for name, mode in (self.modes or {}).items()}
        return modes.get(str(path).casefold(), ReferenceMode.REPOINT)


_Way = tuple[tuple[str, ...], str]
"""Hops, and the object they lead to: what one stream writes. No hops: the records that the rows name."""


def gather_file(
    file: SourceFile, wish: FileWish, reach: Reach, *, integrations: abc.Iterable[Integration] = ()
) -> tuple[PlanStream, ...]:
    """Make the rows of a file streams, one for each kind of record written; reads only its header now.

    The first is about the records that the rows name; the others are about records that these refer to,
    and hold the rows that touch them, by the row's number in the file.

    Args:
        file: The file.
        wish: What its columns mean.
        reach: The connection they go to.
        integrations: Where one maps all columns for write-back, confirmed values come back into records.

    Raises:
        ConfigurationError: A column or the key is no field of the object, or the key column is missing; or
            records shall be made, and the CRM makes none by this key.
        MappingError: Two columns write the same field.
    """
    description = reach.describe(wish.object)
    references = References(reach)
    _refuse_strange(wish, file)
    plain = _rows(file, wish, description, reach=reach, references=references)
    known = tuple(integrations)
    wish = replace(wish, blanks=_blanks(known, reach, description.name), modes=_modes(file, wish))
    if wish.creating is Creating.NEVER:
        return _updating(file, wish, reach, references=references, plain=plain, known=known)
    admit_key(reach, description.name, plain)
    new = for_new(reach, description.name)
    ways = _formatted(file, wish, _ways(file, wish, new, references=references, plain=plain))
    refuse_behind(wish.creating, ways)
    missing: set[int] | None = None
    updating: tuple[PlanStream, ...] = ()
    if wish.creating is Creating.MISSING:
        missing = set()
        updating = _updating(
            file, wish, reach, references=references, plain=plain, known=known, missing=missing
        )
    own = ways.get(((), description.name), [])
    making = stream_of_new(plain, own, reach, new.describe(wish.object), missing=missing)
    return (*updating, making)


def _updating(
    file: SourceFile,
    wish: FileWish,
    reach: Reach,
    *,
    references: References,
    plain: FileRows,
    known: abc.Sequence[Integration],
    missing: set[int] | None = None,
) -> tuple[PlanStream, ...]:
    """Give the streams of rows that update; numbers of those whose key names nobody go into `missing`."""
    description = reach.describe(wish.object)
    ways = _formatted(file, wish, _ways(file, wish, reach, references=references, plain=plain))
    if missing is not None:  # whoever is missing is found where the rows' own records are judged
        ways = {((), description.name): [], **ways}
    own = named_by(plain)
    walks: dict[tuple[str, ...], Walk] = {}
    streams = []
    for (via, object_name), cells in ways.items():
        columns = tuple(cell.aim.column for cell in cells if cell.written >= 0)
        rows = replace(plain, cells=tuple(cells), width=len(columns), skipped=[])
        told: abc.Iterable[PlanInput] = rows
        if via:
            walk = walks.setdefault(via, Walk(reach, description.name, via, by=own))
            told = rows = replace(rows, led=Led(walk, object_name), moving=_moving(ways, via))
            if missing is not None:
                told = BehindNew(rows)
        streams.append(
            PlanStream(
                connection_id=reach.connection.id,
                object=object_name,
                columns=columns,
                rows=told,
                rules=(wish.conflict,) * len(columns),
                integration_id=_home(columns, reach, wish, integrations=known),
                root=description.name if via else "",
                key_field="" if via else own,
                line_of=rows.line_of,
                is_dated=plain.dated is not None,
                has_deltas=any(cell.multi is not MultiMode.REPLACE for cell in cells),
                missing=None if via else missing,
            )
        )
    return tuple(streams)


def rows_of(file: SourceFile, wish: FileWish, reach: Reach) -> FileRows:
    """Give the rows of a file with the keys that name their records; nothing of them is written.

    Raises:
        ConfigurationError: The key is no field of the object, or no column holds it.
    """
    _refuse_strange(wish, file)
    return _rows(file, wish, reach.describe(wish.object), reach=reach, references=References(reach))


def _rows(
    file: SourceFile, wish: FileWish, description: ObjectDescription, *, reach: Reach, references: References
) -> FileRows:
    """Give the rows of a file, of which nothing is written yet."""
    (key_place, key), *others = _keys(file, wish, description)
    also_place, also = others[0] if others else (-1, None)
    return FileRows(
        file=file,
        key_place=key_place,
        key=key,
        is_id=not others and key.name == description.key_field,
        full_id=reach.record_id,
        references=references,
        also_place=also_place,
        also=also,
        dated=Dated.of(file, wish.edited),
        constants=wish.mapping.texts,
    )


def named_by(rows: FileRows) -> str:
    """Give the field, or the two, by which the rows of a file name records; '': by record id."""
    if rows.is_id:
        return ""
    return rows.key.name if rows.also is None else f"{rows.key.name}{PAIR}{rows.also.name}"


def _keys(
    file: SourceFile, wish: FileWish, description: ObjectDescription
) -> tuple[tuple[int, FieldInfo], ...]:
    """Find the key among the columns: one field, or two with `PAIR` between their names."""
    first, mark, second = wish.key.partition(PAIR)
    is_name = any(name.casefold() == wish.key.casefold() for name in file.header.columns)
    if not mark or is_name:
        return (_key(file, wish, description),)
    pair = tuple(_key(file, replace(wish, key=one.strip()), description) for one in (first, second))
    if pair[0][1] is pair[1][1]:
        raise ConfigurationError("file.two_key_columns", key=wish.key[:200], path=str(file.path))
    return pair


def _key(file: SourceFile, wish: FileWish, description: ObjectDescription) -> tuple[int, FieldInfo]:
    """Find the key among the columns by the field it writes, else by its own name."""
    columns = file.header.columns[: file.header.width]
    wanted = wish.key.casefold()
    writing = [[path.casefold() for path in wish.mapping.paths_of(name)] for name in columns]
    places = [place for place, paths in enumerate(writing) if wanted in paths]
    places += [place for place, name in enumerate(columns) if name.casefold() == wanted]
    if sum(wanted in paths for paths in writing) > 1:
        raise ConfigurationError("file.two_key_columns", key=wish.key[:200], path=str(file.path))
    paths = wish.mapping.paths_of(columns[places[0]]) if places else ()
    name = wish.key if description.field(wish.key) is not None else next(iter(paths), wish.key)
    key = description.field(name)
    if key is None or key.kind is None:
        raise ConfigurationError("file.unknown_key", key=wish.key[:200], object=description.name)
    if not places:
        told = ", ".join(columns)[:300]
        raise ConfigurationError("file.no_key_column", key=wish.key[:200], path=str(file.path), columns=told)
    return places[0], key


def _ways(
    file: SourceFile, wish: FileWish, reach: Reach, *, references: References, plain: FileRows
) -> dict[_Way, list[Cell]]:
    """Say for each kind of record that is written which columns of the file write it; its own come first."""
    own: _Way = ((), reach.describe(wish.object).name)
    found: dict[_Way, list[Cell]] = {own: []}
    for place, name in _written(file, wish):
        if plain.dated is not None and place == plain.dated.place:
            continue
        keys = {plain.key_place: plain.key, plain.also_place: plain.also or plain.key}
        if place in keys and name.casefold() in (wish.key.casefold(), keys[place].name.casefold()):
            continue  # what else that column is mapped to is written
        for number, aim in enumerate(_aims(file, wish, name, reach=reach, references=references)):
            way = own if aim.blocked is not None else (aim.column.via, aim.object)
            cells = found.setdefault(way, [])
            is_pointing = aim.blocked is None and references.is_looked_up(aim)
            blank = _blank_of(file, wish, place, name)
            if is_pointing:
                read = ColumnReader(_reference_reader(aim, blank))
            else:
                read = column_reader(aim.field, blank=blank)
            written = -1 if aim.blocked is not None else sum(cell.written >= 0 for cell in cells)
            how = _multi(wish, name, aim)
            cell = Cell(place, aim, read, is_pointing, written, is_first=not number, multi=how, blank=blank)
            cells.append(_as_said(cell, file, wish, reach))
    if not any(found.values()):
        raise ConfigurationError("file.nothing_to_write", path=str(file.path))
    for cells in found.values():
        refuse_doubles(cell.aim for cell in cells)
    return {way: cells for way, cells in found.items() if cells}


def _modes(file: SourceFile, wish: FileWish) -> dict[str, ReferenceMode]:
    """Give by path what writing through references means: as it is said of the path, else of its column."""
    names = file.header.columns[: file.header.width]
    told = {
        path: wish.mapping.reference_of(name).mode for name in names for path in wish.mapping.paths_of(name)
    }
    said = {path.casefold() for path in wish.modes or {}}
    return {path: mode for path, mode in told.items() if path.casefold() not in said} | dict(wish.modes or {})


def _as_said(cell: Cell, file: SourceFile, wish: FileWish, reach: Reach) -> Cell:
    """Give a cell with what its column says of shaping texts, and of references that name nothing."""
    if cell.place >= file.header.width:  # the same in every row
        return cell
    name = file.header.columns[cell.place]
    shape = text_shape(wish.mapping.shapes_of(name), find=reach.transforms)
    return replace(cell, shape=shape, not_found=wish.mapping.reference_of(name).not_found)


def _blank_of(file: SourceFile, wish: FileWish, place: int, path: str) -> BlankRule:
    """Say what a blank cell means: as its column says, else as the whole file does."""
    columns = file.header.columns
    own = wish.mapping.blank_of(columns[place]) if place < len(columns) else None
    return own or wish.blank_of(path)


def _formatted(
    file: SourceFile, wish: FileWish, ways: abc.Mapping[_Way, list[Cell]]
) -> dict[_Way, list[Cell]]:
    """Let the cells of dates and numbers be read as the file writes them."""
    names = [*file.header.columns, *(path for path, _ in wish.mapping.constants)]
    typed = {
        cell.place: Typed(cell.place, names[cell.place], cell.aim.field.kind)
        for cells in ways.values()
        for cell in cells
        if cell.aim.field.kind is not None and not cell.is_pointing and cell.place < len(file.header.columns)
    }
    forms = find_formats(file, typed.values(), wish.form)

    def formatted(cell: Cell) -> Cell:
        form, kind = forms.get(cell.place), cell.aim.field.kind
        if form is None or kind is None:
            return cell
        read = reader(cell.aim.field, blank=cell.blank)
        convert = converter(form, kind)

        def read_number(text: str) -> Wish | Unset | Reason:
            value = convert(text)  # `1.50` in a file of commas is refused, though it is a number in our form
            return about(cell.aim.field, value) if isinstance(value, Reason) else read(text_of(value) or text)

        if form.decimal is not None:
            return replace(cell, reader=FormReader(read_number, read))
        return replace(cell, reader=ColumnReader(lambda text: read(read_by(form, kind, text))))

    return {way: [formatted(cell) for cell in cells] for way, cells in ways.items()}


def _written(file: SourceFile, wish: FileWish) -> abc.Iterator[tuple[int, str]]:
    """Give the place of each text of a row and a path it writes; constants stand behind the cells."""
    header = file.header
    for place, name in enumerate(header.columns[: header.width]):
        for path in wish.mapping.paths_of(name):
            yield place, path
    for number, (path, _) in enumerate(wish.mapping.constants):
        yield len(header.columns) + number, path


def _multi(wish: FileWish, name: str, aim: Aim) -> MultiMode:
    """Say what the values of a column mean; only a multi-list is added to or taken from."""
    how = {path.casefold(): mode for path, mode in (wish.multi or {}).items()}.get(name.casefold())
    if how is not None and how is not MultiMode.REPLACE and aim.field.kind is not AttributeType.MULTI_LIST:
        raise ConfigurationError("file.no_multi_list", column=name[:200], object=wish.object)
    return how or MultiMode.REPLACE


def _refuse_strange(wish: FileWish, file: SourceFile) -> None:
    """Refuse what is said of columns or lists that the file does not have."""
    missing = wish.mapping.missing(file.header.columns[: file.header.width])
    if missing:
        told = ", ".join(file.header.columns)[:300]
        raise ConfigurationError(
            "file.no_mapped_column", column=missing[0][:200], path=str(file.path), columns=told
        )
    paths = {path.casefold() for _, path in _written(file, wish)}
    for path in wish.multi or {}:
        if path.casefold() not in paths:
            raise ConfigurationError("file.no_multi_list", column=path[:200], object=wish.object)


def _blanks(integrations: abc.Iterable[Integration], reach: Reach, object_name: str) -> dict[str, BlankRule]:
    """Give by path, folded, what blank cells mean to the mappings of an object."""
    return {
        str(mapping.path).casefold(): mapping.blank_rule
        for one in integrations
        if one.connection_id == reach.connection.id and one.object == object_name
        for mapping in one.mappings
    }


def _aims(
    file: SourceFile, wish: FileWish, name: str, *, reach: Reach, references: References
) -> tuple[Aim, ...]:
    try:
        path = FieldPath.parse(name)
        aims = aims_at(path, reach.describe(wish.object), describe=reach.describe, mode=wish.mode_of(path))
        for aim in aims:
            if aim.blocked is None:
                references.check(aim)
    except MappingError as error:
        raise ConfigurationError(
            "file.unknown_column", column=name[:200], object=wish.object, path=str(file.path)
        ) from error
    return aims


def _moving(ways: abc.Mapping[_Way, abc.Sequence[Cell]], via: tuple[str, ...]) -> dict[int, str]:
    """Name the columns that point a hop of a way elsewhere, with their paths."""
    cells = (cell for mine in ways.values() for cell in mine)
    return {cell.place: str(cell.aim.column.path) for cell in cells if moves_hop(cell.aim, via)}


def _reference_reader(aim: Aim, blank: BlankRule) -> Read:
    """Read the text that names a record; it is looked up later."""
    empty = when_blank(aim.field, blank)
    read = coercer(AttributeType.TEXT)

    def read_text(text: str) -> Wish | Unset | Reason:
        if not text or text.isspace():
            return empty
        value = read(text.strip())
        return about(aim.field, value) if isinstance(value, Reason) else value

    return read_text


def _home(
    columns: abc.Sequence[Column], reach: Reach, wish: FileWish, *, integrations: abc.Iterable[Integration]
) -> str | None:
    """Give the integration that all columns are mapped in for write-back, if there is one."""
    object_name = reach.describe(wish.object).name
    for integration in integrations:
        if integration.connection_id != reach.connection.id or integration.object != object_name:
            continue
        switched = {str(one.path) for one in integration.mappings if one.write_back and _means_so(one, wish)}
        if columns and all(str(column.path) in switched for column in columns):
            return integration.id
    return None


def _means_so(mapping: FieldMapping, wish: FileWish) -> bool:
    """Say whether writing through references means the same to a mapping as to the file."""
    return not mapping.path.hops or mapping.reference_mode is wish.mode_of(mapping.path)
