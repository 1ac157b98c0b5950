"""What the simulated CRM refuses, with the vendor's codes, texts and details.

Source: `specs/zoho/official_examples_v8.json` and section 5 of the wire contract. Two forms exist: a flat
object that is the whole answer, and an element of `data` that belongs to one row.
"""

from collections import abc

from writeback.sdk.simulator import Answer, json_answer

Details = abc.Mapping[str, object]


class Problem(Exception):  # noqa: N818  the vendor's word is "error"; ours end in Error and live in errors.py
    """A refusal of a whole request: a flat object."""

    def __init__(self, code: str, message: str, details: Details | None = None, *, status: int = 400) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.details = dict(details or {})
        self.status = status

    def told(self) -> dict[str, object]:
        """Give the JSON object."""
        return {"code": self.code, "details": self.details, "message": self.message, "status": "error"}

    def answer(self) -> Answer:
        """Give the whole answer."""
        return json_answer(self.told(), status=self.status)


class RowProblem(Problem):
    """A refusal of one row: an element of `data`. `status` counts where all rows are refused so."""

    def answer(self) -> Answer:
        """Give the answer of a request that failed as a whole in a row's form."""
        return json_answer({"data": [self.told()]}, status=self.status)


def row_path(row: int, *names: object) -> str:
    """Say where in the body something stands."""
    tail = "".join(f"[{name}]" if isinstance(name, int) else f".{name}" for name in names)
    return f"$.data[{row}]{tail}"


def invalid_value(name: str, path: str, **expected: object) -> RowProblem:
    """A value has another type, is too long, or stands in no list."""
    details = {**expected, "api_name": name, "json_path": path}
    return RowProblem("INVALID_DATA", "invalid data", details)


def unknown_field(name: str, path: str) -> RowProblem:
    """A row names a field the module does not have."""
    message = "the field api name given seems to be invalid"
    return RowProblem("INVALID_DATA", message, {"api_name": name, "json_path": path})


def bad_id(name: str, path: str) -> RowProblem:
    """An id belongs to no living record."""
    message = "the id given seems to be invalid"
    return RowProblem("INVALID_DATA", message, {"api_name": name, "json_path": path})


def mandatory(name: str, path: str, **more: object) -> RowProblem:
    """A mandatory field is missing or would be empty."""
    details = {"api_name": name, "json_path": path, **more}
    return RowProblem("MANDATORY_NOT_FOUND", "required field not found", details)


def no_privilege() -> RowProblem:
    """The user may not do this to this record or field."""
    message = "User does not have sufficient privilege to perform this action"
    return RowProblem("AUTHORIZATION_FAILED", message)


def several(problems: abc.Sequence[RowProblem]) -> RowProblem:
    """Give one refusal for one or more."""
    if len(problems) == 1:
        return problems[0]
    errors = [problem.told() for problem in problems]
    return RowProblem("MULTIPLE_OR_MULTI_ERRORS", "Multiple errors in the request", {"errors": errors})


def too_many_rows(most: int = 100) -> RowProblem:
    """A write holds more rows than it may."""
    details = {"maximum_length": most, "api_name": "data"}
    return RowProblem("LIMIT_EXCEEDED", "count of records in your request exceeds the limit", details)


def no_such_module() -> Problem:
    """The module of the address does not exist."""
    message = "the module name given seems to be invalid"
    return Problem("INVALID_MODULE", message, {"resource_path_index": 0})


def no_such_address() -> Problem:
    """Nothing lies there."""
    message = "Please check if the URL trying to access is a correct one"
    return Problem("INVALID_URL_PATTERN", message, status=404)


def wrong_method() -> Problem:
    """The address knows no such method."""
    return Problem("INVALID_REQUEST_METHOD", "The HTTP request method type is not a valid one.")


def param_missing(name: str) -> Problem:
    """A parameter that has to be there is not."""
    return Problem("REQUIRED_PARAM_MISSING", "required param is missing", {"param_name": name})


def bad_param(name: str, **more: object) -> Problem:
    """A parameter has a value it may not have."""
    return Problem("INVALID_DATA", "invalid data", {**more, "param_name": name})


def bad_body(expected: str = "jsonobject") -> Problem:
    """The body is no JSON, or not the JSON expected."""
    return Problem("INVALID_DATA", "body", {"expected_data_type": expected})


def wrong_scope() -> Problem:
    """The token was not given for this."""
    return Problem("OAUTH_SCOPE_MISMATCH", "Unauthorized", status=401)


def dead_token(code: str) -> Problem:
    """The token lives no more, or never did."""
    message = "invalid oauth token" if code != "AUTHENTICATION_FAILURE" else "Authentication failed"
    return Problem(code, message, status=401)


def too_many_requests(what: str) -> Problem:
    """A limit is exceeded; how long to wait is never said."""
    return Problem("TOO_MANY_REQUESTS", f"You have exceeded the {what}", status=429)
