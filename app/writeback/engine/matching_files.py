"""Look up which records the rows of a file name: found, not found, ambiguous, twice in the file.

Reads the CRM and the file in one pass each; writes nothing and makes no plan.

Must not: judge a value.
"""

from collections import Counter, abc
from itertools import islice
from typing import Final

from writeback.engine.gathering_files import FileWish, named_by, rows_of
from writeback.engine.reaching import Reach
from writeback.engine.reading_cells import CHUNK
from writeback.engine.reading_records import BETWEEN, PAIR, Theirs, read_records
from writeback.engine.source_files import SourceFile
from writeback.model.file_matches import FileMatch, Found, MatchLine
from writeback.planning.inputs import PlanInput

LOOKED_AT: Final = 50_000
"""So many rows are looked at: what is wrong with a key shows in them."""
SHOWN: Final = 500
"""So many rows of each kind are told one by one."""
_NAMED: Final = 5


def match_file(file: SourceFile, wish: FileWish, reach: Reach) -> FileMatch:
    """Look up the keys of a file.

    Raises:
        ConfigurationError: The key is no field of the object, no column holds it, or a row cannot be read.
        ConnectorError: The CRM could not be read.
    """
    before = reach.calls_so_far()
    rows = rows_of(file, wish, reach)
    matcher = _Matcher(reach, wish.object, named_by(rows), rows.line_of)
    stream = iter(rows)
    left = LOOKED_AT
    while left and (chunk := list(islice(stream, min(CHUNK, left)))):
        left -= len(chunk)
        matcher.match(chunk)
    is_whole = left > 0 or next(stream, None) is None
    return matcher.report(is_whole=is_whole, calls=reach.calls_so_far() - before)


class _Matcher:
    """Sorts rows by what their keys lead to."""

    def __init__(self, reach: Reach, object_name: str, by: str, line_of: abc.Callable[[int], int]) -> None:
        self._reach, self._object, self._by, self._line_of = reach, object_name, by, line_of
        self._title = reach.describe(object_name).name_field
        self._first: dict[str, int] = {}
        """By record: the line that named it first."""
        self._counts: Counter[Found] = Counter()
        self._lines: dict[Found, list[MatchLine]] = {found: [] for found in Found}
        self._rows = 0

    def match(self, chunk: abc.Sequence[PlanInput]) -> None:
        """Look some rows up together."""
        keys = {self._key_of(row): None for row in chunk if row.blocked is None}
        fields = (self._title,) if self._title else ()
        held = read_records(self._reach, self._object, by=self._by, keys=tuple(keys), fields=fields)
        for row in chunk:
            self._rows += 1
            line = self._line_of(self._rows)
            found, told = self._sorted(row, held.get(self._key_of(row), []), line)
            self._counts[found] += 1
            if len(self._lines[found]) < SHOWN:
                key = row.source_key.replace(BETWEEN, f" {PAIR} ")
                self._lines[found].append(MatchLine(line, key, found, told))

    def report(self, *, is_whole: bool, calls: int) -> FileMatch:
        """Give what was found."""
        lines = sorted((one for many in self._lines.values() for one in many), key=lambda one: one.line)
        counts = tuple((found, self._counts[found]) for found in Found)
        return FileMatch(counts, tuple(lines), self._rows, is_whole, calls)

    def _key_of(self, row: PlanInput) -> str:
        return row.source_key if self._by else row.record_id

    def _sorted(self, row: PlanInput, held: abc.Sequence[Theirs], line: int) -> tuple[Found, str]:
        if row.blocked is not None:
            is_unknown = row.blocked.code == "plan.record_not_found"
            return (Found.NOT_FOUND if is_unknown else Found.NO_KEY), ""
        if not held:
            return Found.NOT_FOUND, ""
        if len(held) > 1:
            return Found.AMBIGUOUS, ", ".join(one.record_id for one in held[:_NAMED])
        record_id = held[0].record_id
        first = self._first.setdefault(record_id, line)
        if first != line:
            return Found.DUPLICATE, str(first)
        title = str(held[0].values[0] or "") if self._title else ""
        return Found.FOUND, f"{title} ({record_id})" if title else record_id
