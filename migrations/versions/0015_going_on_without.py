"""going on without somebody whose line broke while they paused

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "going_on_without"
down_revision: str | None = "incidents"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "interruptions",
        sa.Column(
            "passed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="the host went on: their pause holds nobody up until they are back",
        ),
    )


def downgrade() -> None:
    op.drop_column("interruptions", "passed_at")
