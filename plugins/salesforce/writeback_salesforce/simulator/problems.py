"""What the simulated CRM refuses, with the vendor's codes and texts.

Texts are those of the wire contract, section 5; where it calls one unverified, so is it here.
"""

from collections import abc

from writeback.sdk.simulator import Answer, json_answer


class Problem(Exception):  # noqa: N818  the vendor's word is "error"; ours end in Error and live in errors.py
    """One refusal: a code, a text, the fields it is about, and the status a single request gets."""

    def __init__(self, code: str, message: str, *, fields: abc.Sequence[str] = (), status: int = 400) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.fields = list(fields)
        self.status = status

    def told(self) -> dict[str, object]:
        """Give the element of a REST error array."""
        told: dict[str, object] = {"message": self.message, "errorCode": self.code}
        return told | {"fields": self.fields} if self.fields else told

    def told_in_row(self) -> dict[str, object]:
        """Give the element of `errors` in a collections result."""
        return {"statusCode": self.code, "message": self.message, "fields": self.fields}

    def told_in_csv(self) -> str:
        """Give the text of `sf__Error`."""
        return f"{self.code}:{self.message}:{' '.join(self.fields)}{' ' if self.fields else ''}--"

    def answer(self) -> Answer:
        """Give the whole answer of a REST resource."""
        return json_answer([self.told()], status=self.status)


def not_found(message: str = "The requested resource does not exist") -> Problem:
    """Nothing lies at that address."""
    return Problem("NOT_FOUND", message, status=404)


def no_such_column(name: str, object_name: str) -> Problem:
    """A write names a field the object does not have, or the user may not see."""
    return Problem("INVALID_FIELD", f"No such column '{name}' on sobject of type {object_name}")


def not_writable(names: abc.Sequence[str]) -> Problem:
    """A write names fields the user may not write."""
    shown = ", ".join(names)
    return Problem(
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        f"Unable to create/update fields: {shown}. Please check the security settings of this field"
        " and verify that it is read/write for your profile or permission set.",
        fields=names,
    )


def too_many(most: int = 200) -> Problem:
    """A collections call holds more records than it may."""
    message = f"record limit reached. cannot submit more than {most} records into this call"
    return Problem("EXCEEDED_ID_LIMIT", message)


def unparsable(what: str, value: object, *, column: int = 1) -> Problem:
    """A JSON value has the wrong type for its field."""
    kind = {bool: "BOOLEAN", int: "NUMBER_INT", float: "NUMBER_FLOAT", str: "STRING"}.get(
        type(value), "OBJECT"
    )
    shown = str(value).lower() if isinstance(value, bool) else value
    return Problem(
        "JSON_PARSER_ERROR",
        f"Cannot deserialize instance of {what} from VALUE_{kind} value {shown}"
        f" or request may be missing a required field at [line:1, column:{column}]",
    )


def bulk_problem(code: str, message: str, *, status: int = 400) -> Problem:
    """One of the bulk API's own codes."""
    return Problem(code, message, status=status)
