"""What a message says, in plain lines."""

from typing import Final

from writeback.sdk.channels import NoticeEvent, NoticeLine

MOST_LINES: Final = 200
"""A digest of more says how many it leaves out; the window's list has them all."""


def shown(event: NoticeEvent) -> tuple[NoticeLine, ...]:
    """Give the changes that a message tells one by one."""
    return event.lines[:MOST_LINES]


def body_of(event: NoticeEvent) -> str:
    """Give the text of a message, a line a change."""
    lines = [f"{one.at:%Y-%m-%d %H:%M} UTC  {one.words}" for one in shown(event)]
    if left := len(event.lines) - len(lines):
        lines.append(f"… +{left}")
    return "\n".join(lines) or event.title
