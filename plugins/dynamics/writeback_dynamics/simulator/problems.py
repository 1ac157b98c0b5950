"""What the simulated environment refuses, with the vendor's codes and texts.

Codes and texts are those of the wire contract, section 4; where it calls one unverified, so is it here.
"""

from collections import abc

from writeback.sdk.simulator import Answer, json_answer

HELP_LINK = "http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a"
_DETAILS = "@Microsoft.PowerApps.CDS.ErrorDetails."
JSON_TYPE = "application/json; odata.metadata=minimal"


class Problem(Exception):  # noqa: N818  the vendor's word is "error"; ours end in Error and live in errors.py
    """One refusal: a code (often empty), a text and the HTTP status."""

    def __init__(
        self, code: str, message: str, *, status: int = 400, details: abc.Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.status = status
        self.details = dict(details or {})
        self.headers: dict[str, str] = {}

    def answer(self, *, is_annotated: bool = False) -> Answer:
        """Give the answer; with annotations the error says more (section 4)."""
        told: dict[str, object] = {"code": self.code, "message": self.message}
        if is_annotated:
            told |= {f"{_DETAILS}{name}": text for name, text in self.details.items()}
            told |= {
                f"{_DETAILS}OperationStatus": "0",
                f"{_DETAILS}SubErrorCode": "0",
                "@Microsoft.PowerApps.CDS.HelpLink": f"{HELP_LINK}{self.code.removeprefix('0x')}",
                "@Microsoft.PowerApps.CDS.TraceText": "\r\n",
                "@Microsoft.PowerApps.CDS.InnerError.Message": self.message,
            }
        answer = json_answer({"error": told}, status=self.status)
        answer.headers |= {"Content-Type": JSON_TYPE, "OData-Version": "4.0", **self.headers}
        return answer


def no_such_segment(name: str) -> Problem:
    """A path names something that is not there."""
    return Problem("0x8006088a", f"Resource not found for the segment '{name}'.", status=404)


def wrong_method(url: str) -> Problem:
    """A function was posted to, or an action read."""
    return Problem("", f"No HTTP resource was found that matches the request URI '{url}'.", status=404)


def not_allowed(method: str) -> Problem:
    """The resource knows no such method."""
    message = f"The requested resource does not support http method '{method}'."
    return Problem("", message, status=405)


def bad_query(message: str) -> Problem:
    """A query option cannot be understood or is not supported."""
    return Problem("0x80060888", message)


def bad_key(entity_name: str) -> Problem:
    """The parentheses of a URL hold no key of the table (section 11)."""
    resource = f"'Microsoft.Dynamics.CRM.{entity_name}'"
    message = (
        f"The key in the request URI is not valid for resource {resource}. Ensure that the names and number"
        f" of key properties match the declared or alternate key properties for the resource {resource}."
    )
    return Problem("0x80060888", message)


def bad_payload(what: str, inner: str, *, has_link: bool = True) -> Problem:
    """0x80048d19: the body is not what the model says."""
    link = (
        " For more information on this error please follow this help link"
        " https://go.microsoft.com/fwlink/?linkid=2195293 "
        if has_link
        else ""
    )
    message = (
        f"Error identified in Payload provided by the user for Entity :'{what}',{link}"
        f" ---->  InnerException : {inner}"
    )
    return Problem("0x80048d19", message)


def undeclared(name: str) -> str:
    """Tell that an annotation belongs to no navigation property."""
    return (
        f"Microsoft.OData.ODataException: An undeclared property '{name}' which only has property annotations"
        " in the payload but no property value was found in the payload. In OData, only declared navigation"
        " properties and declared named streams can be represented as properties without values."
    )


def wrong_literal(value: object, edm_type: str) -> str:
    """Tell that a JSON value has the wrong type."""
    shown = str(value).lower() if isinstance(value, bool) else value
    return (
        "Microsoft.OData.ODataException: Cannot convert the literal"
        f" '{shown}' to the expected type '{edm_type}'."
    )
