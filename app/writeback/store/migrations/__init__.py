"""The history of the schema, run by Alembic on an open transaction."""

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection


def upgrade(db: Connection, revision: str) -> None:
    """Bring the workspace under `db` to `revision`, inside its transaction."""
    command.upgrade(configured(db), revision)


def configured(db: Connection) -> Config:
    """Give Alembic's settings: the scripts beside this file, the connection that is open."""
    config = Config()
    config.set_main_option("script_location", "writeback.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = db
    return config
