"""The audit trail for front ends: its entries as a window, the values behind one, its proof, its export.

Both the screen *Audit* and `writeback audit` stand on this module.

Must not: know SQL (`store.trail` does), build sentences, write to the workspace.
"""

import csv
import json
from array import array
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from writeback.errors import ConfigurationError
from writeback.planning.escaping import safe_cell
from writeback.runtime.job_views import JobRow
from writeback.runtime.job_windows import JobRows
from writeback.store import audit, moments, trail
from writeback.store.audit import Verification
from writeback.store.glances import Glances
from writeback.store.trail import Sought as Sought  # noqa: PLC0414  front ends take it from here
from writeback.store.windows import BLOCK
from writeback.store.workspace import Db, Workspace

CHAINED: Final = ("seq", "at", "act", "body", "previous", "hash")
"""What of an exported entry is chained; the rest tells it to people."""
TOLD: Final = ("person", "connection", "org", "job", "object", "origin", "assurance")
FORMATS: Final = ("jsonl", "csv")
HEAD_SUFFIX: Final = ".head"


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry of the trail with what is known of its job."""

    seq: int
    at: datetime
    act: str
    body: str
    """As it is chained: canonical JSON."""
    hash: str
    previous: str
    person: str = ""
    connection: str = ""
    org: str = ""
    job_id: str = ""
    number: int = 0
    object: str = ""
    origin: str = ""
    assurance: str = ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What the body says beside who, where and which job."""
        try:
            plain = json.loads(self.body)
        except ValueError:
            return (("text", self.body),)
        if not isinstance(plain, dict):
            return (("text", self.body),)
        known = {"by", "job", "connection", "org", "number", "object", "plan", "origin"}
        if "by" not in plain:
            known.add("author")  # else it is about whom it was done
        return tuple((name, _shown(value)) for name, value in plain.items() if name not in known)

    @property
    def batch(self) -> int | None:
        """The batch that it is about, where it is about one."""
        found = dict(self.facts).get("batch", "")
        return int(found) if found.isascii() and found.isdigit() else None


class TrailRows:
    """A window on the trail, newest first. Without a filter an entry's number is its place."""

    def __init__(self, workspace: Workspace, sought: Sought) -> None:
        self._workspace = workspace
        self._sought = sought
        self._found: array[int] | None = None
        self.rows = 0

    def build(self) -> int:
        """Find what is meant; gives how many entries."""
        with self._workspace.reading() as db:
            if self._sought.asks_nothing:
                self.rows = trail.count(db)
            else:
                self._found = trail.numbers(db, self._sought)
                self.rows = len(self._found)
        return self.rows

    def block(self, number: int) -> tuple[TrailLine, ...]:
        """Give one block of at most 200 entries."""
        first, last = number * BLOCK, min((number + 1) * BLOCK, self.rows)
        seqs = (
            [self.rows - place for place in range(first, last)]
            if self._found is None
            else list(self._found[first:last])
        )
        with self._workspace.reading() as db:
            return tuple(_line(row) for row in trail.page(db, seqs))

    def place_of(self, seq: int) -> int | None:
        """Say where an entry stands; None: it is not among these."""
        if self._found is None:
            return self.rows - seq if 0 < seq <= self.rows else None
        return self._found.index(seq) if seq in self._found else None

    def close(self) -> None:
        """Nothing to give back: each block is a read of its own."""


class TrailValues:
    """The rows behind an entry: record, field, old, new, outcome; what was erased is said to be."""

    def __init__(self, workspace: Workspace, line: TrailLine) -> None:
        self._workspace = workspace
        self._line = line
        seqs = None
        if line.batch is not None:
            with workspace.reading() as db:
                seqs = trail.rows_of_batch(db, line.job_id, line.batch)
        self._rows = JobRows(Glances(workspace), line.job_id, seqs=seqs)
        self.rows = 0

    def build(self) -> int:
        """Find how many rows there are."""
        self.rows = self._rows.build()
        return self.rows

    def block(self, number: int) -> tuple[JobRow, ...]:
        """Give one block of at most 200 rows."""
        found = self._rows.block(number)
        blank = {row.seq for row in found if row.verdict == "send" and not row.fields}
        if not blank:
            return found
        with self._workspace.reading() as db:
            erased = trail.erased_rows(db, self._line.job_id, blank)
        return tuple(
            replace(row, code="history.value_erased", facts=(("at", erased[row.seq][:10]),))
            if row.seq in erased
            else row
            for row in found
        )

    def close(self) -> None:
        """Give back what the window holds."""
        self._rows.close()


class TellingTrail:
    """Reads of the trail, for whoever holds a workspace."""

    _workspace: Workspace

    @property
    def workspace(self) -> Workspace:
        """The workspace that is read."""
        return self._workspace

    def trail(self, sought: Sought = Sought()) -> TrailRows:  # noqa: B008  frozen
        """Prepare a window on the trail; build it before it is read."""
        return TrailRows(self._workspace, sought)

    def trail_entry(self, seq: int) -> TrailLine:
        """Give one entry.

        Raises:
            ConfigurationError: `audit.unknown`.
        """
        with self._workspace.reading() as db:
            found = trail.page(db, [seq])
            if not found:
                raise ConfigurationError("audit.unknown", seq=seq, entries=trail.count(db))
        return _line(found[0])

    def trail_values(self, line: TrailLine) -> TrailValues:
        """Prepare a window on the rows behind an entry that names a job."""
        return TrailValues(self._workspace, line)

    def trail_persons(self) -> tuple[str, ...]:
        """Name who stands in the trail."""
        with self._workspace.reading() as db:
            return trail.persons(db)

    def trail_acts(self) -> tuple[str, ...]:
        """Name the acts that stand in the trail."""
        with self._workspace.reading() as db:
            return trail.acts(db)

    def trail_head(self) -> tuple[int, str]:
        """Give how many entries there are, and the hash of the newest: what to note down."""
        with self._workspace.reading() as db:
            return trail.count(db), audit.head(db)

    def verify_trail(self, noted_head: str = "") -> Verification:
        """Recompute the whole chain.

        Args:
            noted_head: A head that somebody wrote down earlier; '' for none.
        """
        with self._workspace.reading() as db:
            return audit.verify(db, noted_head=noted_head or None)

    def export_trail(self, path: Path, *, form: str) -> tuple[int, str]:
        """Write the whole trail into a file, and its head into another beside it (`NAME.head`).

        Args:
            path: The file; one that is there is replaced when the new one is whole.
            form: `jsonl` or `csv`.

        Returns:
            How many entries, and the head.

        Raises:
            ConfigurationError: `file.not_writable`.
        """
        draft = path.with_name(f"{path.name}.part")
        try:
            with self._workspace.reading() as db:
                entries, head = _write(db, draft, form=form)
            draft.replace(path)
            path.with_name(path.name + HEAD_SUFFIX).write_text(f"{entries} {head}\n", "utf-8")
        except OSError as error:
            problem = error.strerror or type(error).__name__
            raise ConfigurationError("file.not_writable", path=str(path), problem=problem) from error
        finally:
            draft.unlink(missing_ok=True)
        return entries, head


def moment_of(text: str, *, now: datetime) -> str:
    """Give a moment as the store writes it for a day (`2026-11-27`) or a moment; '' stays ''.

    Raises:
        ConfigurationError: `audit.bad_time`.
    """
    if not text:
        return ""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError("audit.bad_time", value=text[:40]) from error
    return moments.to_text(found if found.tzinfo is not None else found.replace(tzinfo=now.tzinfo))


def moment_text(moment: datetime) -> str:
    """Give a moment as filters ask for it."""
    return moments.to_text(moment)


def _write(db: Db, path: Path, *, form: str) -> tuple[int, str]:
    entries, head = 0, audit.FIRST
    with path.open("w", encoding="utf-8", newline="", errors="surrogatepass") as stream:
        table = csv.writer(stream)
        if form == "csv":
            table.writerow((*CHAINED, *TOLD))
        for row in trail.every(db):
            entries, head = int(row["seq"]), str(row["hash"])
            told = {**row, "job": row["number"]}
            if form == "csv":
                chained = [row[name] for name in CHAINED]
                table.writerow([*chained, *(safe_cell(str(told[name] or "")) for name in TOLD)])
            else:
                plain = {name: told[name] for name in (*CHAINED, *TOLD)}
                stream.write(json.dumps(plain, ensure_ascii=False) + "\n")
    return entries, head


def _line(row: trail.RawRow) -> TrailLine:
    return TrailLine(
        seq=int(row["seq"]),
        at=moments.from_text(row["at"]),
        act=row["act"],
        body=row["body"],
        hash=row["hash"],
        previous=row["previous"],
        person=row["person"] or "",
        connection=row["connection"] or "",
        org=row["org"] or "",
        job_id=row["job_id"] or "",
        number=int(row["number"] or 0),
        object=row["object"] or "",
        origin=row["origin"] or "",
        assurance=row["assurance"] or "",
    )


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    return "" if value is None else str(value)
