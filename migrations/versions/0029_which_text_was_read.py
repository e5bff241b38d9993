"""which text on who sees what was read before a choice

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "which_text_was_read"
down_revision: str | None = "holds"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    read = "which text on who sees what was read"
    op.add_column(
        "choices",
        sa.Column("notice", sa.String(24), nullable=False, server_default="", comment=read),
    )


def downgrade() -> None:
    op.drop_column("choices", "notice")
