"""how it went with what somebody wanted to say themselves"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "how_it_went"
down_revision: str | None = "how_they_want_it_said"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "telling_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column(
            "went",
            sa.Enum(
                "said",
                "not_yet",
                "help",
                "not_after_all",
                name="went",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["choice_id"],
            ["choices.id"],
            name=op.f("fk_telling_answers_choice_id_choices"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name=op.f("fk_telling_answers_session_id_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling_answers")),
    )
    op.create_index(
        op.f("ix_telling_answers_choice_id"), "telling_answers", ["choice_id"], unique=False
    )
    op.create_index(
        op.f("ix_telling_answers_session_id"), "telling_answers", ["session_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("telling_answers")
