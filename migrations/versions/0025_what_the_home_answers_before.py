"""what the home answers before a talk

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "what_the_home_answers_before"
down_revision: str | None = "what_is_told_about_a_concern"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ASKS = ("room", "others", "help", "timing", "afterwards", "no_questions", "own_talk")


def upgrade() -> None:
    op.create_table(
        "home_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("told_time_id", sa.Integer(), nullable=False),
        sa.Column(
            "question",
            sa.Enum(*ASKS, name="ask", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["told_time_id"],
            ["told_times.id"],
            op.f("fk_home_replies_told_time_id_told_times"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_replies")),
    )
    op.create_index(op.f("ix_home_replies_told_time_id"), "home_replies", ["told_time_id"])


def downgrade() -> None:
    op.drop_table("home_replies")
