"""Take a multipart/form-data body apart (RFC 7578). Enough for sign-in forms and file uploads."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form."""

    name: str
    filename: str | None
    data: bytes


def read_parts(content_type: str, body: bytes) -> list[Part]:
    """Give the parts of a body; what is none is left out."""
    found = re.search(r'boundary="?([^";,]+)"?', content_type, re.IGNORECASE)
    if found is None:
        return []
    parts = []
    for piece in body.split(b"--" + found[1].encode("latin-1"))[1:]:
        if piece.startswith(b"--"):
            break
        head, gap, data = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        text = head.decode("utf-8", "replace")
        name = re.search(r'[;\s]name="?([^";\r\n]*)"?', text)
        if not gap or name is None:
            continue
        filename = re.search(r'filename="?([^";\r\n]*)"?', text)
        parts.append(Part(name[1], filename[1] if filename else None, data.removesuffix(b"\r\n")))
    return parts
