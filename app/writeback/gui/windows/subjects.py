"""Subjects of screens: what has a tab and a link of its own, and how it is called.

A screen's panel is opened with a subject that only the panel reads; here a subject becomes a link and a
title, and a link becomes a subject again. Both ask the workspace, so both run in a task.
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.gui.models.segment_use import SegmentUse
from writeback.gui.translating import tr
from writeback.runtime.links import PlaceLink
from writeback.runtime.reading import Reading
from writeback.settings import author


@dataclass(frozen=True, slots=True)
class Named:
    """A subject as its tab shows it."""

    link: PlaceLink
    title: str
    subject: object


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a screen is opened with that has a tab of its own."""

    kind: str
    """The kind of its links."""
    owns: abc.Callable[[object], bool]
    """Whether something that the screen is opened with is one of these."""
    name: abc.Callable[[Reading, object], Named | None]
    """Give a subject's link and title; None: it is not there."""
    find: abc.Callable[[Reading, PlaceLink], Named | None]
    """Give what a link stands for; None: it is not there."""


def _is_record(subject: object) -> bool:
    return isinstance(subject, tuple) and len(subject) == 2 and all(isinstance(one, str) for one in subject)


def _record(reads: Reading, entity: str, rid: str) -> Named | None:
    title = reads.title_of(entity, rid)
    if title is None:
        return None
    return Named(PlaceLink("record", (entity, rid)), title or rid, (entity, rid))


def _name_record(reads: Reading, subject: object) -> Named | None:
    return _record(reads, str(subject[0]), str(subject[1])) if isinstance(subject, tuple) else None


def _find_record(reads: Reading, link: PlaceLink) -> Named | None:
    return _record(reads, *link.parts)


def _job(number: int, job_id: str) -> Named:
    return Named(PlaceLink("job", (str(number),)), tr("Job {number}", number=number), job_id)


def _name_job(reads: Reading, subject: object) -> Named | None:
    number = reads.number_of_job(str(subject))
    return None if number is None else _job(number, str(subject))


def _find_job(reads: Reading, link: PlaceLink) -> Named | None:
    digits = link.parts[0]
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        return None
    job_id = reads.job_of_number(int(digits))
    return None if job_id is None else _job(int(digits), job_id)


def _name_entry(reads: Reading, subject: object) -> Named | None:
    entries, _head = reads.trail_head()
    if not (isinstance(subject, int) and 0 < subject <= entries):
        return None
    return Named(PlaceLink("audit", (str(subject),)), tr("Audit entry {entry}", entry=subject), subject)


def _find_entry(reads: Reading, link: PlaceLink) -> Named | None:
    digits = link.parts[0]
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= 12
    return _name_entry(reads, int(digits)) if is_number else None


def _segment(reads: Reading, name: str) -> Named | None:
    """Find a saved segment that this person is shown."""
    every = reads.segments.every(author=author())
    found = next((one for one in every if one.name.casefold() == name.casefold()), None)
    if found is None:
        return None
    title = tr("Segment: {name}", name=found.name)
    return Named(PlaceLink("segment", (found.name,)), title, SegmentUse(found))


def _name_segment(reads: Reading, subject: object) -> Named | None:
    return _segment(reads, subject.segment.name) if isinstance(subject, SegmentUse) else None


def _find_segment(reads: Reading, link: PlaceLink) -> Named | None:
    return _segment(reads, link.parts[0])


RECORDS: Final = Subjects("record", _is_record, _name_record, _find_record)
JOBS: Final = Subjects("job", lambda subject: isinstance(subject, str), _name_job, _find_job)
ENTRIES: Final = Subjects("audit", lambda subject: isinstance(subject, int), _name_entry, _find_entry)
SEGMENTS: Final = Subjects(
    "segment", lambda subject: isinstance(subject, SegmentUse), _name_segment, _find_segment
)
