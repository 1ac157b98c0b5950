"""A stand-in for benchmarks: Bulk 2.0 ingest that throws uploads away and answers from ready files.

It costs next to nothing, so that what is measured is the program and not the simulator. Everything but
`/jobs/ingest` is answered by a simulator of its own. The upload holds accounts with consecutive row numbers
(`Ids`), so a part is known by its first id and its number of lines: cells may not hold line breaks, and the
last line ends with one.
"""

import csv
import re
from array import array
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from writeback.sdk.simulator import (
    Answer,
    Cycle,
    CycleRow,
    FilePart,
    Request,
    json_answer,
    new_lock,
)
from writeback_salesforce.simulator.crm import SalesforceSimulator, build
from writeback_salesforce.simulator.ids import Ids
from writeback_salesforce.simulator.problems import Problem, not_found
from writeback_salesforce.simulator.seeding_makers import moment
from writeback_salesforce.simulator.state import Call

Json = dict[str, object]
_JOBS = re.compile(r"/services/data/v(\d+\.0)/jobs/ingest(?:/(\w+))?(?:/(\w+))?/?")
_ERROR = "FIELD_CUSTOM_VALIDATION_EXCEPTION:The benchmark refuses this row:--"
_FILES = ("successful", "failed")
_CSV = {"Content-Type": "text/csv; charset=UTF-8"}
_UPLOAD = "upload.csv"
_FIELDS = ("Industry", "Site", "AccountNumber", "NumberOfEmployees", "Rating")
_INDUSTRIES = ("Retail", "Manufacturing", "Food & Beverage", "Banking", "Telecommunications", "Energy")
_SITES = ("Zürich", "Köln", "Oslo, Nord", "Łódź", "Porto", "東京", "Graz")
_RATINGS = ("Hot", "Warm", "Cold")
_QUOTED_EVERY = 100
"""Every so-manieth site holds quotation marks: such rows cannot be passed on as they stand."""


def cycle_rows(rows: int, *, rejected_every: int = 200) -> abc.Iterator[CycleRow]:
    """Make accounts with five changed fields: a list, three texts with other scripts, and a number."""
    ids = Ids("001")
    for row in range(rows):
        site = f"{_SITES[row % 7]} {row % 997}"
        if row % _QUOTED_EVERY == 17:
            site = f'"{site}"'
        values = (_INDUSTRIES[row % 6], site, f"A{row:07d}", row % 90_000, _RATINGS[row % 3])
        yield CycleRow(ids.of(row), values, (row + 1) % rejected_every == 0)


def write_upload(rows: abc.Iterable[CycleRow], place: Path) -> None:
    """Write rows as CSV with every text quoted, as most clients of this API do."""
    with place.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(["Id", *_FIELDS]) + "\n")
        quote = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
        quote.writerows((row.record_id, *row.values) for row in rows)


@dataclass(frozen=True, slots=True)
class Results:
    """Ready result rows of one upload, and where each row begins in its file."""

    folder: Path
    header: str
    offsets: abc.Mapping[str, abc.Sequence[int]]
    rejected_every: int
    first_row: int

    def counts(self, first: int, rows: int) -> tuple[int, int]:
        """Say how many of some rows were written and how many refused."""
        failed = (first + rows) // self.rejected_every - first // self.rejected_every
        return rows - failed, failed

    def part(self, which: str, first: int, rows: int) -> FilePart:
        """Give the result file of a job that holds some of the rows."""
        failed_before, failed = first // self.rejected_every, self.counts(first, rows)[1]
        begin = failed_before if which == "failed" else first - failed_before
        count = failed if which == "failed" else rows - failed
        offsets = self.offsets[which]
        name = "sf__Error" if which == "failed" else "sf__Created"
        before = f'"sf__Id","{name}",{self.header}\n'.encode()
        start = offsets[begin]
        return FilePart(self.folder / f"{which}.csv", start, offsets[begin + count] - start, before)


def write_results(upload: Path, folder: Path, *, rejected_every: int = 200) -> None:
    """Make the result files of an upload whose first column is the Id; every n-th row is refused."""
    folder.mkdir(parents=True, exist_ok=True)
    offsets = {which: array("Q", [0]) for which in _FILES}
    ids, first_row = Ids("001"), 0
    with (
        upload.open("rb") as rows,
        (folder / "successful.csv").open("wb") as successful,
        (folder / "failed.csv").open("wb") as failed,
    ):
        header = rows.readline().rstrip(b"\r\n")
        for number, row in enumerate(rows, 1):
            record_id = row[:20].split(b",", 1)[0].strip(b'"\r\n')
            if number == 1:
                first_row = ids.row(record_id.decode()) or 0
            which = "failed" if number % rejected_every == 0 else "successful"
            second = _ERROR.encode() if which == "failed" else b"false"
            line = b'"%s","%s",%s' % (record_id, second, row)
            (failed if which == "failed" else successful).write(line)
            offsets[which].append(offsets[which][-1] + len(line))
    (folder / "header.txt").write_bytes(header)
    (folder / "numbers.txt").write_text(f"{rejected_every} {first_row}")
    for which in _FILES:
        with (folder / f"{which}.offsets").open("wb") as file:
            offsets[which].tofile(file)


def read_results(folder: Path) -> Results:
    """Find the result files that `write_results` made."""
    offsets = {}
    for which in _FILES:
        place = folder / f"{which}.offsets"
        offsets[which] = array("Q")
        with place.open("rb") as file:
            offsets[which].fromfile(file, place.stat().st_size // 8)
    every, first_row = map(int, (folder / "numbers.txt").read_text().split())
    return Results(folder, (folder / "header.txt").read_text("utf-8"), offsets, every, first_row)


class CycleStandIn(SalesforceSimulator):
    """A simulator whose ingest jobs cost nothing."""

    def __init__(self, inner: SalesforceSimulator, results: Results) -> None:
        super().__init__(inner.org)
        self._results = results
        self._jobs: dict[str, Json] = {}
        self._ranges: dict[str, tuple[int, int]] = {}
        self._ids = Ids("750")
        self._guard = new_lock()
        self._buffer = bytearray(1 << 20)
        self._floor_id = str(self._new_job({"object": "Account", "operation": "update"}, "67.0")["id"])
        self.cycle = self._cycle()

    def answer(self, request: Request) -> Answer:
        """Answer ingest calls here, everything else as a simulator does."""
        match = _JOBS.fullmatch(request.path)
        if match is None:
            return super().answer(request)
        try:
            return self._ingest(request, *match.groups())
        except Problem as problem:
            return problem.answer()

    def _ingest(self, request: Request, version: str, job_id: str | None, below: str | None) -> Answer:
        if job_id is None:
            return self._create(request, version) if request.method == "POST" else self._list()
        job = self._jobs.get(job_id)
        if job is None:
            raise not_found()
        if request.method == "PUT":
            return self._upload(request, job_id)
        if request.method == "PATCH":
            self._change(job, Call.of(self.org, request).json())
        if below is not None and request.method == "GET":
            return self._result(job_id, below.lower())
        return Answer(204) if request.method == "DELETE" else json_answer(job)

    def _create(self, request: Request, version: str) -> Answer:
        return json_answer(self._new_job(Call.of(self.org, request).json(), version))

    def _new_job(self, asked: abc.Mapping[str, object], version: str) -> Json:
        at = moment(self.org.now())
        with self._guard:
            job_id = self._ids.of(len(self._jobs) + 1)
            job: Json = {
                "id": job_id,
                "operation": asked.get("operation"),
                "object": asked.get("object"),
                "createdById": self.org.user_id,
                "createdDate": at,
                "systemModstamp": at,
                "state": "Open",
                "concurrencyMode": "Parallel",
                "contentType": "CSV",
                "apiVersion": float(version),
                "contentUrl": f"services/data/v{version}/jobs/ingest/{job_id}/batches",
                "lineEnding": asked.get("lineEnding", "LF"),
                "columnDelimiter": asked.get("columnDelimiter", "COMMA"),
            }
            self._jobs[job_id] = job
        return job

    def _cycle(self) -> Cycle:
        at = f"/services/data/v67.0/jobs/ingest/{self._floor_id}"
        known = sum(len(self._results.offsets[which]) - 1 for which in _FILES)
        every = self._results.rejected_every
        return Cycle(
            object="Account",
            fields=_FIELDS,
            up_path=f"{at}/batches",
            up_headers=(("Content-Type", "text/csv"),),
            up_file=self._results.folder / _UPLOAD,
            down_paths=(f"{at}/successfulResults", f"{at}/failedResults", f"{at}/unprocessedrecords"),
            rows=lambda: cycle_rows(known, rejected_every=every),
        )

    def _list(self) -> Answer:
        jobs = [job for job_id, job in self._jobs.items() if job_id != self._floor_id]
        return json_answer({"done": True, "records": jobs, "nextRecordsUrl": None})

    def _upload(self, request: Request, job_id: str) -> Answer:
        with self._guard:  # one buffer
            lines, begin = request.body.count(b"\n", self._buffer)
        first_id = begin.partition(b"\n")[2][:20].split(b",")[0].strip(b'"\r').decode("ascii", "replace")
        row = Ids("001").row(first_id)
        known = sum(len(self._results.offsets[which]) - 1 for which in _FILES)
        if row is None or not 0 <= row - self._results.first_row <= known - (lines - 1):
            raise Problem("InvalidBatch", "The upload is not part of the one the results were made from")
        self._ranges[job_id] = (row - self._results.first_row, lines - 1)
        return Answer(201)

    def _change(self, job: Json, asked: Json) -> None:
        if asked.get("state") == "Aborted":
            job["state"] = "Aborted"
            return
        first, rows = self._ranges.get(str(job["id"]), (0, 0))
        _written, failed = self._results.counts(first, rows)
        counted: Json = {"numberRecordsProcessed": rows, "numberRecordsFailed": failed, "retries": 0}
        times: Json = {"totalProcessingTime": 0, "apiActiveProcessingTime": 0, "apexProcessingTime": 0}
        job |= {"state": "JobComplete", "jobType": "V2Ingest", **counted, **times}

    def _result(self, job_id: str, below: str) -> Answer:
        first, rows = self._ranges.get(job_id, (0, 0))
        if below.startswith("unprocessed"):
            return Answer(200, f"{self._results.header}\n".encode(), dict(_CSV))
        which = "failed" if below.startswith("failed") else "successful"
        return Answer(200, self._results.part(which, first, rows), dict(_CSV))


def build_cycle(
    *,
    folder: Path,
    rows: int | None = None,
    upload: Path | None = None,
    rejected_every: int = 200,
    now: abc.Callable[[], datetime] | None = None,
) -> CycleStandIn:
    """Make a stand-in, ready for `serve`.

    Args:
        folder: Where the result files lie; they are made there when `rows` or `upload` is given.
        rows: So many rows are made up and put into the folder; they are the stand-in's `cycle`.
        upload: A CSV file of all rows, as the program under test will send them, in that order.
        rejected_every: Every n-th row of the upload is refused.
        now: The clock.
    """
    if rows is not None:
        upload = folder / _UPLOAD
        folder.mkdir(parents=True, exist_ok=True)
        write_upload(cycle_rows(rows, rejected_every=rejected_every), upload)
    if upload is not None:
        write_results(upload, folder, rejected_every=rejected_every)
    return CycleStandIn(build(rows=200, now=now), read_results(folder))
