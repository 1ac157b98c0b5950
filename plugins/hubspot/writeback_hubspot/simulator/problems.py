"""Refusals in the vendor's form (wire contract, sections 11 and 12).

A Problem may befall a whole call (`body`) or one input of a batch (`standard`).
"""

from collections import abc
from dataclasses import dataclass, field

Json = dict[str, object]
Context = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class BadValue:
    """One property value that was not taken."""

    name: str
    code: str
    message: str


@dataclass(slots=True, eq=False)
class Problem(Exception):  # noqa: N818  it is an answer, raised to leave early
    """What the CRM says when it does not do what it was asked."""

    category: str
    message: str
    status: int = 400
    context: Context = field(default_factory=dict)
    details: list[Json] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    more: Json = field(default_factory=dict)  # further keys of the body
    bad: list[BadValue] = field(default_factory=list)

    def body(self, correlation_id: str) -> Json:
        """Give the body of a refused call."""
        told: Json = {"status": "error", "message": self.message, "correlationId": correlation_id}
        if self.category:
            told["category"] = self.category
        if self.context:
            told["context"] = self.context
        if self.details:
            told["errors"] = self.details
        return told | self.more

    def standard(self, more: Context) -> Json:
        """Give the entry of a batch's `errors`."""
        return {
            "status": "error",
            "category": self.category,
            "message": self.message,
            "context": {**self.context, **more},
            "errors": self.details,
            "links": {},
        }


def invalid(message: str, **context: list[str]) -> Problem:
    """Give a 400 VALIDATION_ERROR."""
    return Problem("VALIDATION_ERROR", message, context=dict(context))


def not_found(message: str = "resource not found", **context: list[str]) -> Problem:
    """Give a 404."""
    return Problem("OBJECT_NOT_FOUND", message, 404, context=dict(context))


def missing(kind: str, ids: abc.Sequence[str], **more: list[str]) -> Problem:
    """Give what a batch says of ids nobody knows; the text is the vendor's."""
    message = (
        f"Could not get some {kind} objects, they may be deleted or not exist. Check that ids are valid."
    )
    return Problem("OBJECT_NOT_FOUND", message, 404, context={"ids": list(ids), **more})


def limited(policy: str) -> Problem:
    """Give a 429 in the very words that the vendor's own client looks for (section 15)."""
    words = {"TEN_SECONDLY_ROLLING": "ten_secondly_rolling", "SECONDLY": "secondly", "DAILY": "daily"}
    message = f"You have reached your {words[policy]} limit."
    more: Json = {"errorType": "RATE_LIMIT", "policyName": policy}
    return Problem("RATE_LIMITS", message, 429, more=more)
