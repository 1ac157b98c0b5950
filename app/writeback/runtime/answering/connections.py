"""Answers about connections."""

from writeback.model.connections import Connection
from writeback.model.permissions import Right
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade import (
    ConnectionChange,
    ConnectionTest,
    ConnectionWish,
    SignInStarted,
)


class ConnectionAnswers(Answering):
    """Answers about connections."""

    def connect(self, wish: ConnectionWish, *, act: str) -> Connection:
        """See `Facade.connect`."""
        self._admit_connecting(wish)
        return self._once(act, "connect", lambda: self._connecting.connect(wish))

    def begin_sign_in(self, wish: ConnectionWish, *, act: str) -> SignInStarted:
        """See `Facade.begin_sign_in`."""
        self._admit_connecting(wish)
        return self._connecting.begin_sign_in(wish, attempt=act)

    def finish_sign_in(self, attempt: str, *, pasted: str = "", act: str) -> Connection:
        """See `Facade.finish_sign_in`."""
        return self._once(
            act, "finish_sign_in", lambda: self._connecting.finish_sign_in(attempt, pasted=pasted)
        )

    def change_connection(self, connection: str, change: ConnectionChange, *, act: str) -> Connection:
        """See `Facade.change_connection`."""
        self._permitting.admit(Right.SET_WRITE_BACK)
        return self._once(act, "change_connection", lambda: self._connecting.change(connection, change))

    def test_connection(self, connection: str) -> ConnectionTest:
        """See `Facade.test_connection`."""
        return self._connecting.test(connection)

    def _admit_connecting(self, wish: ConnectionWish) -> None:
        """A new connection needs the right *administer*; to sign in to a known one again needs none."""
        if wish.name not in {one.name for one in self.told.connections()}:
            self._permitting.admit(Right.ADMINISTER)
