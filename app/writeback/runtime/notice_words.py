"""Notices in words: one sentence each, of our words, numbers and job names.

Must not: hold a value of a record; notices leave the window.
"""

from writeback.model.notices import Notice, NoticeKind, PlayTrouble
from writeback.runtime.sentences import sentence_of
from writeback.runtime.wording import number, say


def words_of(notice: Notice, *, is_private: bool = False) -> str:
    """Say a notice in one sentence: our words, numbers and job names.

    Args:
        notice: What is told.
        is_private: It leaves the window (a lock screen): names of connections, plays and objects stay out.
    """
    crm = say("A connection") if is_private else notice.connection
    if notice.kind is NoticeKind.DELIVERY:
        return say("{channel}: a message could not be delivered.", channel=notice.connection)
    if NoticeKind.PLAY in (notice.kind, notice.was):
        return _play_words(notice, is_private=is_private)
    if NoticeKind.PULL in (notice.kind, notice.was):
        return _pull_words(notice, crm, is_private=is_private)
    if notice.was is not None:
        return _recovered(notice, crm)
    return _job_words(notice) if notice.job_id else _connection_words(notice, crm)


def _job_words(notice: Notice) -> str:
    job = say("Job {number}", number=notice.number)
    if notice.kind is NoticeKind.NEEDS_YOU:
        return say("{job} needs you: somebody has to say what becomes of some rows.", job=job)
    rows = number(notice.rows)
    if notice.unknown:
        return _unknown_words(notice, job)
    if notice.kind is NoticeKind.PARTIAL:
        missed = number(notice.not_written)
        return say(
            "{job} is done; {count} of its {rows} rows were not written.", job=job, count=missed, rows=rows
        )
    if not notice.rows:
        return say("{job} stopped. Nothing more is sent until somebody resumes it.", job=job)
    return say("{job} failed: none of its %n rows was written.", notice.rows, job=job)


def _unknown_words(notice: Notice, job: str) -> str:
    """Say of a job that ended without an answer for some rows what is known, and no more."""
    rows, unknown = number(notice.rows), number(notice.unknown)
    if not notice.not_written:
        return say(
            "{job} is over; of {unknown} of its {rows} rows nobody knows whether they were written.",
            job=job,
            unknown=unknown,
            rows=rows,
        )
    return say(
        "{job} is over; {count} of its {rows} rows were not written, and of {unknown} nobody knows.",
        job=job,
        count=number(notice.not_written),
        unknown=unknown,
        rows=rows,
    )


def _connection_words(notice: Notice, crm: str) -> str:
    if notice.kind is NoticeKind.SIGN_IN:
        return say("{connection}: its sign-in has ended. Its jobs wait for a new one.", connection=crm)
    if notice.kind is NoticeKind.DRIFT:
        return say("{connection}: fields or objects changed. What depends on them waits.", connection=crm)
    percent = number(notice.percent)
    return say("{connection}: {percent} % of today's calls are used.", connection=crm, percent=percent)


def _recovered(notice: Notice, crm: str) -> str:
    match notice.was:
        case NoticeKind.SIGN_IN:
            return say("{connection} is signed in again.", connection=crm)
        case NoticeKind.DRIFT:
            return say("{connection}: no changed field or object stops anything any more.", connection=crm)
        case NoticeKind.QUOTA:
            return say("{connection}: there are calls again today.", connection=crm)
        case NoticeKind.DELIVERY:
            return say("{channel}: messages are delivered again.", channel=notice.connection)
        case _:
            return say("{job} goes on.", job=say("Job {number}", number=notice.number))


def _play_words(notice: Notice, *, is_private: bool) -> str:
    play = say("A SuccessPlay") if is_private else notice.about
    if notice.was is not None:
        return _play_over(notice, play)
    if notice.trouble is PlayTrouble.STOPPED:
        return say(
            "{play} was switched off: plays set one another off. It rests until somebody switches it on.",
            play=play,
        )
    if notice.trouble is PlayTrouble.HELD:
        return say(
            "{play}: a run that would change %n records is held until somebody has looked.",
            notice.rows,
            play=play,
        )
    if is_private or notice.why is None:
        return say("{play} cannot run now.", play=play)
    why = str(sentence_of(notice.why.code, dict(notice.why.facts)).happened)
    return say("{play} cannot run now. {why}", play=play, why=why)


def _play_over(notice: Notice, play: str) -> str:
    match notice.trouble:
        case PlayTrouble.STOPPED:
            return say("{play}: it is stopped no more.", play=play)
        case PlayTrouble.HELD:
            return say("{play}: somebody decided about the run that was held.", play=play)
        case _:
            return say("{play} can run again.", play=play)


def _pull_words(notice: Notice, crm: str, *, is_private: bool) -> str:
    if notice.was is not None:
        if is_private:
            return say("{connection}: the scheduled pull succeeded again.", connection=crm)
        return say("{connection}: {object} is up to date again.", connection=crm, object=notice.about)
    if is_private:
        return say("{connection}: a scheduled pull failed.", connection=crm)
    return say("{connection}: the scheduled pull of {object} failed.", connection=crm, object=notice.about)
