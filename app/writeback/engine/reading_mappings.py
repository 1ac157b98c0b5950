"""Read which field each column of a file writes: from Salesforce Data Loader's `.sdl`, or from JSON.

An `.sdl` file is a file of Java properties: column on the left, fields on the right, separated by commas; a
left side in double quotes is a constant
(https://developer.salesforce.com/docs/atlas.en-us.254.0.dataLoader.meta/dataLoader/loader_columns.htm).
A lookup is `Relationship:Field`, or `Relationship:Parent-Field` where it may point at several kinds of
records (https://github.com/forcedotcom/dataloader, `ParentIdLookupFieldFormatter`).

Must not: know what the fields are.
"""

import json
import re
from collections import abc
from pathlib import Path
from typing import Final

from writeback.errors import ConfigurationError
from writeback.files import telling_unreadable, telling_unwritable
from writeback.model.canonical import Json
from writeback.model.file_mappings import FileMapping, NotFound, ReferenceUse
from writeback.model.integrations import BlankRule, ReferenceMode
from writeback.model.value_rules import TransformUse

_PARTS: Final = frozenset({"columns", "constants", "whole", "blanks", "transforms", "references"})
MOST_BYTES: Final = 1024 * 1024
_ESCAPES: Final = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_LOOKUP: Final = re.compile(r"(?P<hop>[A-Za-z0-9_]+):(?:[A-Za-z0-9_]+-)?(?P<field>[A-Za-z0-9_]+)")


def read_mapping(path: Path) -> FileMapping:
    """Read a mapping file by what its name ends in: `.sdl` or `.json`.

    Raises:
        ConfigurationError: It cannot be read, or says what no mapping says; names the line or the part.
    """
    with telling_unreadable(path):
        if path.stat().st_size > MOST_BYTES:
            raise ConfigurationError("file.mapping_too_big", path=str(path), most=MOST_BYTES)
        raw = path.read_bytes()
    if path.suffix.casefold() == ".sdl":
        return _sdl(raw.decode("utf-8-sig", errors="replace"), path)
    try:
        told = json.loads(raw)
    except ValueError as error:
        raise ConfigurationError("file.no_mapping", path=str(path), problem="no JSON") from error
    return from_plain(told, name=str(path))


def from_plain(told: Json, *, name: str = "") -> FileMapping:
    """Read `{"columns": {column: path | [path, …] | ""}, "constants": {path: text}, "whole": true}`.

    `blanks` may say by column whether its blank cells `keep` or `clear`, `transforms` what shapes its texts
    (`["trim", "date=dd.mm.yyyy"]`), and `references` what writing through its reference means
    (`{"mode": "repoint" | "edit", "not_found": "block" | "leave"}`, either may be left out).

    Raises:
        ConfigurationError: It is another form.
    """
    if not isinstance(told, dict) or set(told) - _PARTS:
        raise ConfigurationError("file.no_mapping", path=name, problem="no columns")
    columns, constants = told.get("columns") or {}, told.get("constants") or {}
    if not isinstance(columns, dict) or not isinstance(constants, dict):
        raise ConfigurationError("file.no_mapping", path=name, problem="columns and constants are objects")
    paths: list[tuple[str, str]] = []
    for column, path in columns.items():
        several = path if isinstance(path, list) else [path]
        if not all(isinstance(one, str) for one in several):
            raise ConfigurationError("file.no_mapping", path=name, problem=column[:100])
        paths.extend((column, str(one)) for one in several)
    if not all(isinstance(text, str) for text in constants.values()):
        raise ConfigurationError("file.no_mapping", path=name, problem="constants are texts")
    texts = tuple((path, str(text)) for path, text in constants.items())
    return FileMapping(
        tuple(paths),
        texts,
        is_whole=bool(told.get("whole", True)),
        blanks=_blanks(told.get("blanks") or {}, name),
        transforms=_transforms(told.get("transforms") or {}, name),
        references=_references(told.get("references") or {}, name),
    )


def _transforms(told: object, name: str) -> tuple[tuple[str, tuple[TransformUse, ...]], ...]:
    """Read by column the transforms; one of them need be no list."""
    bad = ConfigurationError("file.no_mapping", path=name, problem="transforms are lists of names by column")
    if not isinstance(told, dict):
        raise bad
    found = []
    for column, uses in told.items():
        several = uses if isinstance(uses, list) else [uses]
        if not all(isinstance(one, str) and TransformUse.parse(one).name for one in several):
            raise bad
        found.append((str(column), tuple(TransformUse.parse(str(one)) for one in several)))
    return tuple(found)


def _references(told: object, name: str) -> tuple[tuple[str, ReferenceUse], ...]:
    """Read by column what writing through its reference means."""
    problem = "references say by column mode (repoint, edit) and not_found (block, leave)"
    bad = ConfigurationError("file.no_mapping", path=name, problem=problem)
    if not isinstance(told, dict):
        raise bad
    found = []
    for column, use in told.items():
        if not isinstance(use, dict) or set(use) - {"mode", "not_found"}:
            raise bad
        try:
            mode = ReferenceMode(use.get("mode", ReferenceMode.REPOINT))
            not_found = NotFound(use.get("not_found", NotFound.BLOCK))
        except ValueError:
            raise bad from None
        found.append((str(column), ReferenceUse(mode, not_found)))
    return tuple(found)


def _blanks(told: object, name: str) -> tuple[tuple[str, BlankRule], ...]:
    known = {rule.value: rule for rule in BlankRule}
    if not isinstance(told, dict) or not all(str(rule) in known for rule in told.values()):
        raise ConfigurationError("file.no_mapping", path=name, problem="blanks are keep or clear")
    return tuple((str(column), known[str(rule)]) for column, rule in told.items())


def to_plain(mapping: FileMapping) -> dict[str, object]:
    """Give a mapping in the form that `from_plain` reads."""
    columns: dict[str, list[str]] = {}
    for column, path in mapping.paths:
        columns.setdefault(column, []).append(path)
    return {
        "columns": {name: paths if len(paths) > 1 else paths[0] for name, paths in columns.items()},
        "constants": dict(mapping.constants),
        "whole": mapping.is_whole,
        **({"blanks": {name: rule.value for name, rule in mapping.blanks}} if mapping.blanks else {}),
        **dict(_plain_uses(mapping)),
    }


def _plain_uses(mapping: FileMapping) -> abc.Iterator[tuple[str, object]]:
    if mapping.transforms:
        yield "transforms", {name: [str(use) for use in uses] for name, uses in mapping.transforms}
    if mapping.references:
        told = {
            name: {"mode": use.mode.value, "not_found": use.not_found.value}
            for name, use in mapping.references
        }
        yield "references", told


def write_mapping(mapping: FileMapping, path: Path) -> None:
    """Save a mapping as a JSON file.

    Raises:
        ConfigurationError: It cannot be written.
    """
    with telling_unwritable(path):
        path.write_text(json.dumps(to_plain(mapping), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _sdl(text: str, path: Path) -> FileMapping:
    paths: list[tuple[str, str]] = []
    constants: list[tuple[str, str]] = []
    for number, line in _logical_lines(text):
        left, right = _parted(line)
        fields = [one for part in right.split(",") if (one := part.strip())]
        try:
            named = [_path(one) for one in fields]
        except ValueError as error:
            raise ConfigurationError(
                "file.no_mapping", path=str(path), problem=f"line {number}: {error}"
            ) from error
        if len(left) > 1 and left[0] == left[-1] == '"':
            constants.extend((one, left[1:-1]) for one in named)
        else:
            paths.extend((left, one) for one in named or [""])
    if not any(written for _, written in paths):
        raise ConfigurationError("file.no_mapping", path=str(path), problem="no column is mapped")
    return FileMapping(tuple(paths), tuple(constants), is_whole=True)


def _path(text: str) -> str:
    if ":" not in text:
        return text
    found = _LOOKUP.fullmatch(text)
    if found is None:
        raise ValueError(text[:100])
    return f"{found['hop']}.{found['field']}"


def _logical_lines(text: str) -> abc.Iterator[tuple[int, str]]:
    """Give the lines that say something, with those that a backslash continues in one."""
    held, first = "", 0
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.lstrip(" \t\f")
        if not held and (not line or line[0] in "#!"):
            continue
        first = first if held else number
        slashes = len(line) - len(line.rstrip("\\"))
        if slashes % 2:
            held += line[:-1]
            continue
        yield first, held + line
        held = ""
    if held:
        yield first, held


def _parted(line: str) -> tuple[str, str]:
    """Part a line at its first separator that is not escaped, and undo the escapes."""
    place, is_escaped = 0, False
    while place < len(line):
        character = line[place]
        if is_escaped:
            is_escaped = False
        elif character == "\\":
            is_escaped = True
        elif character in "=: \t\f" and not _within_quotes(line, place):
            break
        place += 1
    rest = line[place:].lstrip(" \t\f")
    if rest[:1] and rest[0] in "=:":
        rest = rest[1:].lstrip(" \t\f")
    return _unescaped(line[:place]), _unescaped(rest).strip()


def _within_quotes(line: str, place: int) -> bool:
    """Say whether a place stands inside a constant; people write its blanks without a backslash."""
    return line.startswith('"') and line.find('"', 1) > place


def _unescaped(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        told = found[1]
        return chr(int(told[1:], 16)) if len(told) == 5 else _ESCAPES.get(told, told)

    return re.sub(r"\\(u[0-9A-Fa-f]{4}|.)", one, text)
