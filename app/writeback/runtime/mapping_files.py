"""A mapping as a file, and on its way to another connection. Pure: reads and writes text, asks nobody.

The file is JSON: the object, the entity, and one entry a field in the words of the command line. Of other
tools' mappings the `.sdl` of Data Loader is read, lines `column=Field`, and a CSV whose first line names
`field` and `attribute`; further columns are called as in the JSON (`conflict_rule`, `empty_rule` …).
"""

import csv
import io
import json
from collections import abc
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Final

from writeback.errors import MappingError
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.value_rules import UnknownRule
from writeback.sdk.values import ObjectDescription
from writeback.store.mapping_rows import cells_of, mapping_of

FORMAT: Final = "writeback-mapping-1"
MOST: Final = 5_000_000
"""A longer file is no mapping."""
_DEFAULTS: Final = cells_of(FieldMapping(FieldPath((), "x"), "x"))
_NESTED: Final = ("value_map", "transforms")
"""Cells that hold JSON themselves: in the file they stand as what they are."""

_NAMES: Final = {"field": "path", "crm field": "path", "field path": "path", "write-back": "write_back"}
"""What columns of a CSV are called as well."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """Mappings that an object can take, and the paths of those that it cannot."""

    mappings: tuple[FieldMapping, ...]
    left_out: tuple[str, ...]


def to_text(integration: Integration) -> str:
    """Give an integration's mapping as the text of a file."""
    told = {
        "format": FORMAT,
        "object": integration.object,
        "entity": integration.entity,
        "fields": [plain_of(one) for one in integration.mappings],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def read(text: str, *, name: str) -> tuple[FieldMapping, ...]:
    """Read a mapping from the text of a file.

    Raises:
        MappingError: `mapping_file.unreadable`: it is none, or says something that no mapping may say.
    """
    if len(text) > MOST:
        raise MappingError("mapping_file.unreadable", file=name[:200], problem="too long")
    text = text.removeprefix("\ufeff")
    try:
        if text.lstrip().startswith("{"):
            return _read_json(text)
        first = next((line for line in text.splitlines() if line.strip()), "")
        is_sdl = "=" in first or first.startswith(("#", "!"))
        return _read_sdl(text) if is_sdl or not first else _read_csv(text.lstrip())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MappingError("mapping_file.unreadable", file=name[:200], problem=str(error)[:200]) from None


def fitting(mappings: abc.Iterable[FieldMapping], description: ObjectDescription) -> Fitting:
    """Keep what an object can take: its field is there, or the reference that the path begins with.

    Write-back is off for each: what is right for one CRM is not switched on in another by a copy.
    """
    taken: list[FieldMapping] = []
    left: list[str] = []
    attributes: set[str] = set()
    for one in mappings:
        hops = one.path.hops
        info = description.reference(hops[0]) if hops else description.field(one.path.field)
        if info is None or (not hops and info.kind is None) or one.attribute in attributes:
            left.append(str(one.path))
            continue
        attributes.add(one.attribute)
        taken.append(replace(one, write_back=False))
    return Fitting(tuple(taken), tuple(left))


def beside(
    mappings: abc.Iterable[FieldMapping], standing: abc.Iterable[FieldMapping]
) -> tuple[FieldMapping, ...]:
    """Give the mappings that say something new beside those that stand.

    A field that is mapped to the same attribute keeps its write-back as it is; an attribute that another
    field feeds already is left to that field.
    """
    known = {str(one.path): one for one in standing}
    wanted = {str(one.path): one for one in mappings}
    fed = {one.attribute for path, one in known.items() if path not in wanted}
    found = []
    for path, one in wanted.items():
        before = known.get(path)
        same = before is not None and before.attribute == one.attribute
        made = replace(one, write_back=before.write_back) if before is not None and same else one
        if one.attribute not in fed and made != before:
            found.append(made)
    return tuple(found)


def plain_of(mapping: FieldMapping) -> dict[str, object]:
    """Give a mapping's cells, but for those that say what is usual."""
    cells = cells_of(mapping)
    kept = {name: cell for name, cell in cells.items() if cell != _DEFAULTS[name]}
    kept |= {"path": cells["path"], "attribute": cells["attribute"]}
    return {name: json.loads(str(cell)) if name in _NESTED else cell for name, cell in kept.items()}


def _read_json(text: str) -> tuple[FieldMapping, ...]:
    told = json.loads(text)
    if told.get("format") != FORMAT:
        raise ValueError(f"format {told.get('format')!r} is not {FORMAT}")
    return tuple(mapping_from(entry) for entry in told["fields"])


def mapping_from(entry: abc.Mapping[str, object]) -> FieldMapping:
    """Read one mapping of a file.

    Raises:
        ValueError: It says something that no mapping may say.
        TypeError: The same.
    """
    unknown = sorted(set(entry) - set(_DEFAULTS))
    if unknown:
        raise ValueError(f"unknown word {unknown[0]!r}")
    nested = {name: json.dumps(entry[name], ensure_ascii=False) for name in _NESTED if name in entry}
    for name in set(entry) - set(_NESTED) - {"write_back"}:
        if not isinstance(entry[name], str):
            raise TypeError(f"{name} is no text")
    row = SimpleNamespace(**{**_DEFAULTS, **entry, **nested})
    if not row.attribute or row.unknown_rule not in list(UnknownRule):
        raise ValueError(f"{row.path}: no attribute, or an unknown rule")
    return mapping_of(row)


def _read_csv(text: str) -> tuple[FieldMapping, ...]:
    """Read a line a field, under a line of names; what a cell leaves empty is as usual."""
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text), delimiter=mark)
    names = [_NAMES.get(cell.strip().casefold(), cell.strip().casefold()) for cell in next(rows)]
    if not {"path", "attribute"} <= set(names):
        raise ValueError("its first line does not name field and attribute")
    found = []
    for row in rows:
        told = {name: cell.strip() for name, cell in zip(names, row, strict=False) if cell.strip()}
        told.pop("write_back", None)  # it is never switched on by a file
        if told:
            found.append(mapping_from({"attribute": "", **told}))
    return tuple(found)


def _read_sdl(text: str) -> tuple[FieldMapping, ...]:
    """Read `column=Field` lines; the column becomes the attribute's name. Comments begin with `#`."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if not bare or bare.startswith(("#", "!")):
            continue
        column, mark, field = bare.replace("\\ ", " ").replace("\\:", ":").partition("=")
        if not mark or not column.strip():
            raise ValueError(f"line {number} is not column=Field")
        if field.strip():  # a column that is mapped to nothing stands there too
            name = "_".join(column.strip().casefold().split())
            found.append(FieldMapping(FieldPath.parse(field.strip().replace(":", ".")), name))
    return tuple(found)
