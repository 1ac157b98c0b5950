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
from writeback.store import form_drafts


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
        self.restriction.refuse()  # the trust may have been taken back since it was begun
        return self._once(
            act, "finish_sign_in", lambda: self._connecting.finish_sign_in(attempt, pasted=pasted)
        )

    def paste_sign_in(self, attempt: str, address: str) -> None:
        """See `Facade.paste_sign_in`."""
        self._connecting.paste(attempt, address)

    def cancel_sign_in(self, attempt: str) -> None:
        """See `Facade.cancel_sign_in`."""
        self._connecting.cancel_sign_in(attempt)

    def change_connection(self, connection: str, change: ConnectionChange, *, act: str) -> Connection:
        """See `Facade.change_connection`."""
        self._permitting.admit(Right.SET_WRITE_BACK)
        return self._once(act, "change_connection", lambda: self._connecting.change(connection, change))

    def pause_connection(self, connection: str, *, act: str) -> int:
        """See `Facade.pause_connection`."""
        self._permitting.admit(Right.WRITE)
        return self._once(act, "pause_connection", lambda: self._steer_all(connection, pauses=True))

    def resume_connection(self, connection: str, *, act: str) -> int:
        """See `Facade.resume_connection`."""
        self._permitting.admit(Right.WRITE)
        return self._once(act, "resume_connection", lambda: self._steer_all(connection, pauses=False))

    def _steer_all(self, connection: str, *, pauses: bool) -> int:
        return self._connecting.steer_all(connection, pauses=pauses, by=self._permitting.author)

    def disconnect(self, connection: str, *, confirm_org: str, act: str) -> None:
        """See `Facade.disconnect`."""
        self._permitting.admit(Right.ADMINISTER)
        self._once(act, "disconnect", lambda: self._connecting.disconnect(connection, typed=confirm_org))

    def keep_form(self, name: str, answers: tuple[tuple[str, str], ...]) -> None:
        """See `Facade.keep_form`."""
        with self.workspace.writing(durable=False) as db:
            form_drafts.put(db, name, dict(answers), at=self.workspace.now())

    def test_connection(self, connection: str) -> ConnectionTest:
        """See `Facade.test_connection`."""
        self.restriction.refuse()
        return self._connecting.test(connection)

    def _admit_connecting(self, wish: ConnectionWish) -> None:
        """A new connection needs the right *administer*; to sign in to a known one again needs none."""
        self.restriction.refuse()
        if wish.name not in {one.name for one in self.told.connections()}:
            self._permitting.admit(Right.ADMINISTER)
