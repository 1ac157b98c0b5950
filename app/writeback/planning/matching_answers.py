"""By what a survey's answer is matched to a record: what a text means, whoever wrote it."""

import enum


class By(enum.StrEnum):
    """How the file names whose answer it is."""

    ID = "id"
    """Our record id, or a CRM's."""
    EMAIL = "email"
    DOMAIN = "domain"
    """Of a web address or an e-mail address."""
    VALUE = "value"
    """The text of an attribute, without case."""


def meaning(text: str, by: By) -> str:
    """Give what a text is compared by; '' means nobody."""
    if by is By.ID:
        return text.strip()  # ids of some CRMs differ by case alone
    bare = text.strip().casefold()
    if by is not By.DOMAIN:
        return bare
    host = bare.rpartition("@")[2].partition("//")[2] or bare.rpartition("@")[2]
    host = host.partition("/")[0].partition("?")[0].partition(":")[0].rstrip(".")
    return host.removeprefix("www.") if "." in host else ""
