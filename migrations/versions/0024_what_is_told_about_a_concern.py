"""what the young person is told about a concern

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "what_is_told_about_a_concern"
down_revision: str | None = "what_must_be_passed_on"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "requests",
        sa.Column(
            "told",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="of a concern: what the young person hears",
        ),
    )


def downgrade() -> None:
    op.drop_column("requests", "told")
