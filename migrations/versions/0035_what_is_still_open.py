"""what is still open

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "what_is_still_open"
down_revision: str | None = "where_a_homes_mail_goes"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NOT_DONE = sa.text("done_at IS NULL")
NOT_ENDED = sa.text("left_at IS NULL AND turned_away_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_jobs_kind_due_at",
        "jobs",
        ["kind", "due_at"],
        sqlite_where=NOT_DONE,
        postgresql_where=NOT_DONE,
    )
    op.create_index(
        "ix_visits_seat_id_not_ended",
        "visits",
        ["seat_id"],
        sqlite_where=NOT_ENDED,
        postgresql_where=NOT_ENDED,
    )
    op.create_index("ix_trail_who_at", "trail", ["who", "at"])


def downgrade() -> None:
    op.drop_index("ix_trail_who_at", "trail")
    op.drop_index("ix_visits_seat_id_not_ended", "visits")
    op.drop_index("ix_jobs_kind_due_at", "jobs")
