"""talks beside the room

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "asides"
down_revision: str | None = "around_a_talk"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    kinds, moments = ("together", "alone"), ("before", "pause", "after")
    op.create_table(
        "asides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", _words("kind", *kinds), nullable=False),
        sa.Column("moment", _words("moment", *moments), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            op.f("fk_asides_meeting_id_meetings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seats.id"], op.f("fk_asides_seat_id_seats"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asides")),
    )
    op.create_index(op.f("ix_asides_meeting_id"), "asides", ["meeting_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_asides_meeting_id"), table_name="asides")
    op.drop_table("asides")


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
