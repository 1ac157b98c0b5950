"""The one collection of tables."""

from sqlalchemy import MetaData

metadata = MetaData()
