"""Who checks that nobody changed a record meanwhile, in words (`RELIABILITY.md` §2).

One sentence a level, the same in the window and at the command line. Nothing is ever called safe or
guaranteed.
"""

from collections import abc
from dataclasses import dataclass

from writeback.model.jobs import Assurance
from writeback.runtime.wording import number, say


@dataclass(frozen=True, slots=True)
class Gap:
    """How long it was between the compare and the write's answer, over all requests at level B."""

    requests: int
    median_s: float
    p95_s: float
    most_s: float


def assurance_words(
    assurance: Assurance, crm: str, *, read: str = "", grain_s: float = 0, creates_by: str = ""
) -> str:
    """Say it before sending.

    Args:
        assurance: The level.
        crm: The connection's name.
        read: When its values were read, as a person reads it; '' leaves it out.
        grain_s: How fine the CRM's versions are: 0 exact.
        creates_by: The unique field by which records are made; '': they are updated.
    """
    if creates_by:
        return say(
            "{crm} itself refuses a second record with the same {field}: none is made twice, and one that is "
            "there by then is left as it is.",
            crm=crm,
            field=creates_by,
        )
    match assurance:
        case Assurance.A:
            told = (
                say(
                    "Checked by {crm} as it writes: a record changed since {read} is refused, "
                    "not overwritten.",
                    crm=crm,
                    read=read,
                )
                if read
                else say(
                    "Checked by {crm} as it writes: a record changed since it was read is refused, "
                    "not overwritten.",
                    crm=crm,
                )
            )
            grain = say("Changes within the same second are not noticed.") if grain_s >= 1 else ""
            return f"{told} {grain}".rstrip()
        case Assurance.B:
            return say(
                "Checked just before writing. A change made in between can be overwritten; "
                "the job tells how long that gap was."
            )
        case Assurance.C:
            return say("Not checked: what is in {crm} is replaced unseen.", crm=crm)


def measured_words(
    assurance: Assurance, crm: str, gap: Gap | None, *, grain_s: float = 0, creates_by: str = ""
) -> str:
    """Say it afterwards, with what was measured."""
    if assurance is not Assurance.B:
        return assurance_words(assurance, crm, grain_s=grain_s, creates_by=creates_by)
    if gap is None:
        return say("Checked just before writing, or by the CRM as it wrote: no gap was measured.")
    typical, often, most = (seconds(one) for one in (gap.median_s, gap.p95_s, gap.most_s))
    return say(
        "Checked just before writing. A change made in between (in this job {typical} typical, "
        "{often} in 95 of 100, {most} at most) can be overwritten.",
        typical=typical,
        often=often,
        most=most,
    )


def seconds(value: float) -> str:
    """Write a short length of time."""
    if value < 0.0995:
        return f"{value * 1000:.0f} ms"
    return f"{number(float(value))} s"


def gap_of(gaps: abc.Sequence[float]) -> Gap | None:
    """Sum up gaps, the shortest first; None where none was measured."""
    if not gaps:
        return None
    last = len(gaps) - 1
    return Gap(len(gaps), gaps[last // 2], gaps[-(-last * 95 // 100)], gaps[last])
