"""Rows that were not written, cell by cell as they are typed: what a grid shows to put them right."""

import json
from collections import abc

from writeback.errors import InternalError
from writeback.model.canonical import from_plain
from writeback.model.jobs import Column
from writeback.planning.coercing import text_of
from writeback.runtime import decoding
from writeback.runtime.job_views import FailedCell, FailedRow

_NOTHING: dict[str, object] = {}


def failed_row(row: decoding.RawRow, columns: abc.Sequence[Column], name: str) -> FailedRow:
    """Give one row (`job_reads.failed_rows`) with a cell for each column of its job."""
    olds, news = decoding.row_of(row.old), decoding.row_of(row.new)
    named = {str(field) for field in json.loads(row.fields or "[]")}
    shown = json.loads(row.shown or "{}")
    cells = []
    for place, column in enumerate(columns):
        old = olds[place] if place < len(olds) else _NOTHING
        new = news[place] if place < len(news) else _NOTHING
        is_refused = bool(named & {str(column.path), column.field})
        words = shown.get(str(place)) or (None, None)
        cells.append(
            FailedCell(
                path=str(column.path),
                old=words[0] or _text(old, column),
                new=words[1] or _text(new, column),
                is_wished=new != _NOTHING or is_refused,
                is_refused=is_refused,
                is_locked=bool(column.path.hops) and not column.local.hops,
            )
        )
    return FailedRow(
        seq=int(row.seq),
        record=name or row.record_id or row.source_key,
        record_id=row.record_id,
        outcome=row.outcome,
        code=row.code,
        message=row.message,
        facts=decoding.facts_of(row.facts),
        cells=tuple(cells),
    )


def _text(plain: object, column: Column) -> str:
    """Give a value as it is typed; what does not fit its type any more, as it stands."""
    if plain is None or plain == _NOTHING:
        return ""
    try:
        return text_of(from_plain(plain, column.kind)) or ""
    except InternalError:
        return json.dumps(plain, ensure_ascii=False)
