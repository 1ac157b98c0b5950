"""hubspot-api-client on the handed `http`: its requests, our transport, the version's paths.

The package opens connections of its own, without a time limit, and knows the v3 and v4 paths only. Its
`api_factory` lets us put what it calls a pool in their place: there every request is moved to the version in
force and sent through `http`, under the host's rules. A refusal leaves by `RefusedAnswer`, before the
package decodes its body (it takes any body for UTF-8). Calls are made with `_preload_content=False`, so no
model object is built for a row.

`hubspot.Client` builds a new API object at every attribute chain; they are made once for each token here.
"""

from collections import abc
from typing import Any, Final, cast
from urllib.parse import urlsplit

import hubspot
import urllib3

from writeback.sdk.connector import Http
from writeback_hubspot.wire.answers import Answer
from writeback_hubspot.wire.paths import versioned

_READS: Final = frozenset({"GET", "HEAD"})


class RefusedAnswer(Exception):  # noqa: N818  control flow: an answer that is no 2xx
    """HubSpot answered something else than 2xx."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class _PoolAnswer:
    """What the generated client reads of a urllib3 answer."""

    def __init__(self, answer: Answer, reason: str) -> None:
        self.status, self.reason, self.data = answer.status, reason, answer.content
        self.answer = answer
        self._headers = urllib3.HTTPHeaderDict(answer.headers)

    def getheaders(self) -> urllib3.HTTPHeaderDict:
        """Give all headers."""
        return self._headers

    def getheader(self, name: str, default: str | None = None) -> str | None:
        """Give one header."""
        return self._headers.get(name, default)


class _Pool:
    """What the generated client asks of a urllib3 pool, answered by the session of the host."""

    def __init__(self, http: Http, version: str) -> None:
        self._http = http
        self._version = version

    def request(
        self,
        method: str,
        url: str,
        *,
        body: str | None = None,
        fields: abc.Sequence[tuple[str, str]] | None = None,
        headers: abc.Mapping[str, str] | None = None,
        **_unused: object,
    ) -> _PoolAnswer:
        """Send one request to the version in force.

        Raises:
            RefusedAnswer: The answer is no 2xx.
        """
        parts = urlsplit(url)
        moved = parts._replace(path=versioned(parts.path, self._version)).geturl()
        told = self._http.request(
            method,
            moved,
            params=list(fields or ()) if method in _READS else None,
            data=None if body is None else body.encode("ascii"),
            headers=dict(headers or {}),
        )
        answer = Answer(told.status_code, told.content, told.headers)
        if not 200 <= answer.status < 300:
            raise RefusedAnswer(answer)
        return _PoolAnswer(answer, "")


class Apis:
    """The package's API objects for one token, made once. Each call gives an `Answer`."""

    def __init__(self, http: Http, *, origin: str, token: str, version: str) -> None:
        self.token = token
        pool = _Pool(http, version)

        def make(package: Any, api_name: str, config: abc.Mapping[str, Any]) -> Any:  # noqa: ANN401  generated
            configuration = package.Configuration()
            configuration.host = origin
            configuration.access_token = config["access_token"]
            client = package.ApiClient(configuration=configuration)
            client.rest_client.pool_manager = pool
            client.user_agent = "hubspot-api-client-python; Writeback"
            return getattr(package, api_name)(api_client=client)

        crm = hubspot.Client.create(access_token=token, api_factory=make).crm
        self.basic: Final = crm.objects.basic_api
        self.batch: Final = crm.objects.batch_api
        self.search: Final = crm.objects.search_api
        self.owners: Final = crm.owners.owners_api
        self.properties: Final = crm.properties.core_api
        self.schemas: Final = crm.schemas.core_api
        self.links: Final = crm.associations.v4.basic_api
        self.link_batch: Final = crm.associations.v4.batch_api


def answer_of(told: Any) -> Answer:  # noqa: ANN401  what a call with `_preload_content=False` gives
    """Give the answer that a call of the package brought."""
    return cast("Answer", told.answer)  # our own pool made it
