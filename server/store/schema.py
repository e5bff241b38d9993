"""All tables, for migrations and tests: importing this module registers every one."""

from server.store import (
    choosing_tables,
    during_tables,
    export_tables,
    hold_tables,
    home_tables,
    incidents,
    jobs,
    mail_tables,
    note_tables,
    passing_tables,
    protection_tables,
    remembered_tables,
    tables,
    team_tables,
    way_tables,
)
from server.store.base import Base

METADATA = Base.metadata
MODULES = (
    tables, note_tables, during_tables, protection_tables, way_tables, team_tables,
    remembered_tables, incidents, choosing_tables, export_tables, passing_tables, home_tables,
    hold_tables, mail_tables, jobs,
)  # fmt: skip
