"""Write what became of a file's rows: one file with the rows that arrived, one with the others.

Each holds the person's own columns and four of ours: line, outcome, code and message; where records are
made also the record's id. The safe form is
for spreadsheets and is read back by our own import; the raw form gives every cell byte for byte.

Must not: build a sentence (it is handed in), change anything in the workspace.
"""

import csv
import os
import tempfile
from collections import abc
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Final, NamedTuple

from writeback.engine.reading_files import RAW_MARK, RECORD_COLUMN, RESULT_COLUMNS, SAFE_MARK
from writeback.engine.reading_mappings import from_plain
from writeback.engine.source_files import SourceFile, open_again
from writeback.errors import ConfigurationError
from writeback.files import put_whole, telling_unwritable
from writeback.model.canonical import Json
from writeback.model.file_mappings import FileMapping
from writeback.model.jobs import JobState, Outcome
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES
from writeback.planning.escaping import safe_cell
from writeback.store import outbox, plan_parts
from writeback.store.endings import OPEN, Ending, retried_endings, source_endings
from writeback.store.outbox import Job
from writeback.store.workspace import Db, Workspace

RAW_SUFFIX: Final = ".raw.csv"
ARRIVED: Final = frozenset({Outcome.APPLIED.value, Outcome.UNCHANGED.value})
"""The CRM holds what the row wanted."""
LEFT_OUT: Final = "plan.left_out"
"""Why a row was not sent that a person unticked in the review."""
FIELD_LEFT_OUT: Final = "plan.field_left_out"
"""Why a row did not arrive whole of which a person unticked a field."""
NOT_TRIED: Final = "plan.not_tried"
"""Why a row was not sent that is none of a trial's."""

_SAME: Final = Outcome.UNCHANGED.value
Sentence = abc.Callable[[str, abc.Mapping[str, str]], str]
"""Gives the words for one of our own codes and its facts."""


class ResultFiles(NamedTuple):
    """Where the rows of a file were written to, and how many."""

    written: Path | None
    not_written: Path | None
    rows_written: int
    rows_not_written: int


def check_result_files(
    *paths: Path | None, source: Path | None = None, raw: bool = False
) -> abc.Sequence[Path | None]:
    """Make sure, before anything is sent, that result files can be written; gives the names that they get.

    Raises:
        ConfigurationError: A folder is missing or not writable, or two of the files are one.
    """
    seen = {source.resolve()} if source is not None else set()
    names = [_named(one, raw=raw) for one in paths]
    for path in names:
        if path is None:
            continue
        if path.resolve() in seen:
            raise ConfigurationError("file.same_file", path=str(path))
        seen.add(path.resolve())
        _probe(path)
    return names


def write_result_files(
    workspace: Workspace,
    job_ids: abc.Sequence[str],
    source: Path,
    *,
    written: Path | None,
    not_written: Path | None,
    sentence: Sentence,
    raw: bool = False,
) -> ResultFiles:
    """Write the two result files of the jobs that a file became; each of its rows stands in one of them.

    Args:
        workspace: Where the outcomes are.
        job_ids: The jobs: a row that became part of several has arrived when all of them wrote it. Of a
            trial also those that are left of its plan; of a retry also those that it repeats.
        source: The file they came from.
        written: Where rows go that the CRM holds now; None: nowhere.
        not_written: Where all other rows go; None: nowhere.
        sentence: Gives the words for blocking reasons and conflicts; a CRM's own words stay as they are.
        raw: Byte for byte, formulas included; the files are then called `….raw.csv`.

    Raises:
        ConfigurationError: The source is not what was planned, or a file cannot be written, or is another.
    """
    good, bad = check_result_files(written, not_written, source=source, raw=raw)
    with workspace.reading() as db:
        jobs = [outbox.get(db, job_id) for job_id in job_ids]
        left_out = _left_out(db, jobs)
    file = open_again(source, jobs[0].source)
    numbers = {
        str(column.path).casefold()
        for job in jobs
        for column in job.columns
        if column.kind in DECIMAL_TYPES | INTEGER_TYPES
    }
    form = _Form(file, numbers, jobs, sentence=sentence, is_raw=raw)
    counts = {True: 0, False: 0}
    with ExitStack() as stack:
        sheets = {
            True: stack.enter_context(_sheet(good, form)),
            False: stack.enter_context(_sheet(bad, form)),
        }
        endings = _Endings([_chain(workspace, chain) for chain in _chains(jobs)])
        has_whole = any(not job.root for job in jobs)
        is_trial = any("trial_of" in job.source for job in jobs)
        for seq, row in enumerate(file.rows(), 1):
            ending = endings.of(seq)
            if seq in left_out and (ending is None or ending.outcome in ARRIVED):  # not all of it arrived
                ending = left_out[seq]._replace(seq=seq)
            if ending is None and has_whole and not is_trial:
                raise ConfigurationError("file.changed", path=str(source))
            if ending is None:
                ending = _not_tried(seq) if is_trial else Ending(seq, _SAME, "", "", "", {})
            has_arrived = ending.outcome in ARRIVED
            counts[has_arrived] += 1
            sheet = sheets[has_arrived]
            if sheet is not None:
                sheet.writerow(form.row(row.number + 1, row.cells, ending))
    return ResultFiles(good, bad, counts[True], counts[False])


def _left_out(db: Db, jobs: abc.Iterable[Job]) -> dict[int, Ending]:
    """Give how rows ended of which a person left something out, by their number."""
    found: dict[int, Ending] = {}
    for job in jobs:
        for number, place in plan_parts.places_left_out(db, job.id).items():
            is_row = place == plan_parts.ROW or place >= len(job.columns)
            code, facts = LEFT_OUT, dict[str, str]()
            if not is_row:
                code, facts = FIELD_LEFT_OUT, {"field": str(job.columns[place].path)}
            if is_row or number not in found:
                found[number] = Ending(number, Outcome.CANCELLED.value, "", code, "", facts)
    return found


def _not_tried(seq: int) -> Ending:
    return Ending(seq, Outcome.CANCELLED.value, "", NOT_TRIED, "", {})


def _chains(jobs: abc.Sequence[Job]) -> list[list[Job]]:
    """Put jobs that repeat another one's rows behind it."""
    chains: list[list[Job]] = []
    for job in jobs:
        chain = next(
            (one for one in chains if job.source.get("retry_of") in {other.id for other in one}), None
        )
        if chain is None:
            chains.append([job])
        else:
            chain.append(job)
    return chains


def _chain(workspace: Workspace, jobs: abc.Sequence[Job]) -> abc.Iterator[Ending]:
    """Give how the rows of a job ended, each by the last job that dealt with it."""
    first = _ended(workspace, jobs[0])
    again = [
        # rows of a shared write have numbers of their own in each job
        retried_endings(workspace, jobs[0].id, job.id) if job.root else _ended(workspace, job)
        for job in jobs[1:]
    ]
    waiting = [next(stream, None) for stream in again]
    for ending in first:
        for place, stream in enumerate(again):
            while (other := waiting[place]) is not None and other.seq < ending.seq:
                waiting[place] = next(stream, None)
            if other is not None and other.seq == ending.seq:
                ending = other  # noqa: PLW2901  the later one counts
        yield ending


def _ended(workspace: Workspace, job: Job) -> abc.Iterator[Ending]:
    """Give how the rows of a job ended; those of a plan that waits were not tried."""
    for ending in source_endings(workspace, job.id):
        is_waiting = job.state is JobState.PREPARING and ending.outcome == OPEN
        yield _not_tried(ending.seq) if is_waiting else ending


def _mapping(told: abc.Mapping[str, Json]) -> FileMapping:
    """Give which fields the columns of a job's file wrote."""
    kept = told.get("mapping")
    return FileMapping() if kept is None else from_plain(kept)


class _Endings:
    """How each row of a file ended in all its jobs; rows are asked for in their order."""

    def __init__(self, streams: abc.Sequence[abc.Iterator[Ending]]) -> None:
        self._streams = streams
        self._next = [next(stream, None) for stream in streams]

    def of(self, seq: int) -> Ending | None:
        """Give how a row ended: what did not arrive comes before what did. None: no job had it."""
        found = []
        for place, stream in enumerate(self._streams):
            ending = self._next[place]
            if ending is not None and ending.seq == seq:
                found.append(ending)
                self._next[place] = next(stream, None)
        return min(found, key=_rank, default=None)


def _rank(ending: Ending) -> int:
    order = (Outcome.UNCHANGED.value, Outcome.APPLIED.value)
    return -order.index(ending.outcome) if ending.outcome in order else -len(order)


class _Form:
    """How a row of the source becomes a row of a result file."""

    def __init__(
        self,
        file: SourceFile,
        numbers: abc.Set[str],
        jobs: abc.Sequence[Job],
        *,
        sentence: Sentence,
        is_raw: bool,
    ) -> None:
        mapping = _mapping(jobs[0].source)
        makes = any(job.creates_by for job in jobs)
        self._width = file.header.width
        self._names = file.header.columns[: self._width]
        self._is_number = [
            any(path.casefold() in numbers for path in mapping.paths_of(name)) for name in self._names
        ]
        marks = (f"{SAFE_MARK}{RESULT_COLUMNS[0]}", f"{RAW_MARK}{RESULT_COLUMNS[0]}")
        places = [place for place, name in enumerate(file.header.columns) if name in marks]
        self._line_at = places[0] if places else None
        """Where a result file that is sent again tells the line of the first file."""
        self._sentence = sentence
        self.is_raw = is_raw
        self._ours = (*RESULT_COLUMNS, RECORD_COLUMN) if makes else RESULT_COLUMNS

    @property
    def header(self) -> list[str]:
        """The first line."""
        mark = RAW_MARK if self.is_raw else SAFE_MARK
        return [*map(self._cell, self._names), *(f"{mark}{name}" for name in self._ours)]

    def row(self, line: int, cells: abc.Sequence[str], ending: Ending) -> list[str]:
        """Give one line: the person's cells, then ours."""
        message = ending.message
        if not message and ending.code:
            message = self._sentence(ending.code, ending.facts)
        own = list(cells[: self._width])
        own += [""] * (self._width - len(own))
        every = (self._line(line, cells), ending.outcome, ending.code, message, ending.record_id)
        told = every[: len(self._ours)]
        if self.is_raw:
            return [*own, *told]
        safe = [safe_cell(cell, is_number=number) for cell, number in zip(own, self._is_number, strict=True)]
        return [*safe, *map(safe_cell, told)]

    def _line(self, line: int, cells: abc.Sequence[str]) -> str:
        """Give the line of the file that the person began with."""
        if self._line_at is None or self._line_at >= len(cells):
            return str(line)
        first = cells[self._line_at].strip()
        return first if first.isdecimal() else str(line)

    def _cell(self, text: str) -> str:
        return text if self.is_raw else safe_cell(text)


class _Writer(NamedTuple):
    """A csv writer that can be named in an annotation."""

    writerow: abc.Callable[[abc.Iterable[str]], object]


@contextmanager
def _sheet(path: Path | None, form: _Form) -> abc.Iterator[_Writer | None]:
    """Write a file beside its place and move it there whole; after an error nothing is left of it."""
    if path is None:
        yield None
        return
    with telling_unwritable(path), put_whole(path) as file:
        encoding = "utf-8" if form.is_raw else "utf-8-sig"
        text = TextIOWrapper(file, encoding, errors="surrogatepass", newline="")
        writer = csv.writer(text, lineterminator="\r\n")  # so that both \r and \n in a cell are quoted
        writer.writerow(form.header)
        yield _Writer(writer.writerow)
        text.detach()


def _probe(path: Path) -> None:
    with telling_unwritable(path):
        if path.is_dir():
            raise ConfigurationError("file.not_writable", path=str(path), problem="is a folder")
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
        Path(name).unlink()


def _named(path: Path | None, *, raw: bool) -> Path | None:
    if path is None or not raw or path.name.endswith(RAW_SUFFIX):
        return path
    return path.with_name(path.name.removesuffix(".csv") + RAW_SUFFIX)
