"""a caseworker's greeting to whoever waits

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "a_greeting"
down_revision: str | None = "a_wish_is_handed_over"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "accounts",
        sa.Column(
            "greeting",
            sa.String(length=120),
            server_default="",
            nullable=False,
            comment="what whoever waits reads (S24)",
        ),
    )


def downgrade() -> None:
    op.drop_column("accounts", "greeting")
