"""the list of two

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "the_list_of_two"
down_revision: str | None = "asides"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


OWNERS = ("meeting", "seat", "session")


def upgrade() -> None:
    op.create_table(
        "team_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "say",
                "not_say",
                "sign",
                name="about",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{owner}_id"],
                [f"{owner}s.id"],
                op.f(f"fk_team_lines_{owner}_id_{owner}s"),
                ondelete="CASCADE",
            )
            for owner in OWNERS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_lines")),
    )
    for owner in OWNERS:
        op.create_index(op.f(f"ix_team_lines_{owner}_id"), "team_lines", [f"{owner}_id"])


def downgrade() -> None:
    op.drop_table("team_lines")
