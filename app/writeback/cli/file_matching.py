"""Tell which records the rows of a file name."""

from typing import TYPE_CHECKING

from writeback.cli.output import put_json, put_line, put_table
from writeback.model.file_matches import FileMatch, Found

if TYPE_CHECKING:
    from writeback.cli.options import Run

PARTIAL = 4
WORDS = {
    Found.FOUND: "found",
    Found.NOT_FOUND: "not found",
    Found.AMBIGUOUS: "ambiguous",
    Found.DUPLICATE: "twice in the file",
    Found.NO_KEY: "without a key",
}


def tell_match(match: FileMatch, run: "Run") -> int:
    """Print what the keys of a file lead to; gives 0 where each row names one record of its own, else 4."""
    counts = dict(match.counts)
    code = 0 if counts[Found.FOUND] == match.rows else PARTIAL
    if run.as_json:
        put_json(
            {
                "rows": match.rows,
                "whole": match.is_whole,
                "calls": match.calls,
                **{found.value: count for found, count in match.counts},
                "lines": [
                    {"line": one.line, "key": one.key, "found": one.found.value, "told": one.told}
                    for one in match.lines
                ],
            }
        )
        return code
    bad = [one for one in match.lines if one.found is not Found.FOUND]
    if bad:
        put_table(
            ("line", "key", "is", "which"),
            ((one.line, one.key, WORDS[one.found], _told(one.found, one.told)) for one in bad),
        )
    told = " · ".join(f"{count:,} {WORDS[found]}" for found, count in match.counts if count)
    rest = "" if match.is_whole else " The file goes on: only these rows were looked at."
    put_line(f"{match.rows:,} rows: {told or 'nothing'} ({match.calls} calls).{rest}")
    return code


def _told(found: Found, told: str) -> str:
    return f"as line {told}" if found is Found.DUPLICATE else told
