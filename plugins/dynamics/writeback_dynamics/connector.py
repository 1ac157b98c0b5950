"""Microsoft Dynamics 365 as a connector: opens sessions, and signs in at Entra by msal."""

from collections import abc
from datetime import datetime
from typing import Final

from writeback.sdk.connector import Access, Http
from writeback.sdk.sign_ins import Credentials, DeviceCode, Grant, RedirectFlow
from writeback_dynamics.session import DynamicsSession

_FORM: Final = ("origin", "client_id", "tenant", "tenant_id", "authority")


class DynamicsConnector:
    """The code that speaks Dataverse."""

    id = "dynamics"
    redirect_ports: tuple[int, ...] = (0,)
    """Any: Entra ignores the port of a redirect to `http://localhost`."""
    redirect_path = "/"

    def open(self, access: Access) -> DynamicsSession:
        """Open a conversation; makes no call.

        Raises:
            ConfigurationError: An option of the connection is malformed.
        """
        return DynamicsSession(access)

    def grant(self, credentials: Credentials, *, http: Http, now: datetime) -> Grant:
        """Ask Entra for an access token, once; see `session.signing_in.grant`."""
        from writeback_dynamics.session import signing_in  # noqa: PLC0415  msal is slow to import; most sessions never sign in

        return signing_in.grant(credentials, http=http, now=now)

    def begin_device(self, form: Credentials, *, http: Http, now: datetime) -> DeviceCode:
        """Ask Entra for a code that a person types on another device."""
        from writeback_dynamics.session import signing_in  # noqa: PLC0415  as above

        return signing_in.begin_device(form, http=http, now=now)

    def poll_device(self, code: DeviceCode, form: Credentials, *, http: Http, now: datetime) -> Grant | None:
        """Ask Entra once whether the person is done; None: not yet."""
        from writeback_dynamics.session import signing_in  # noqa: PLC0415  as above

        return signing_in.poll_device(code, form, http=http, now=now)

    def begin_redirect(self, form: Credentials, *, redirect_uri: str, http: Http) -> RedirectFlow:
        """Make the address for the browser; the form travels with the flow: it is not given again."""
        from writeback_dynamics.session import signing_in  # noqa: PLC0415  as above

        flow = signing_in.begin_redirect(form, redirect_uri=redirect_uri, http=http)
        kept = {name: form[name] for name in _FORM if name in form}
        return RedirectFlow(url=flow.url, state={"flow": flow.state, "form": kept})

    def finish_redirect(
        self, flow: RedirectFlow, answer: abc.Mapping[str, str], *, http: Http, now: datetime
    ) -> Grant:
        """Check Entra's answer and exchange its code, once."""
        from writeback_dynamics.session import signing_in  # noqa: PLC0415  as above

        inner = RedirectFlow(url=flow.url, state=flow.state["flow"])
        return signing_in.finish_redirect(inner, answer, flow.state["form"], http=http, now=now)
