"""the opening words are a mark

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.

No version ever wrote or read this column: that the opening words were said is a mark of the call.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "opening_words"
down_revision: str | None = "the_notes_sections"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.drop_column("meetings", "frame_said_at")


def downgrade() -> None:
    op.add_column(
        "meetings",
        sa.Column(
            "frame_said_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="the opening words (S33)",
        ),
    )
