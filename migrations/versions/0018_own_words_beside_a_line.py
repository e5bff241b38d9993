"""what a young person says about a line of their note"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "own_words_beside_a_line"
down_revision: str | None = "a_greeting"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column(
            "stand",
            sa.String(length=32),
            nullable=False,
            comment="domain/commenting.Stand; empty: words alone",
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_comments_item_id_items"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["wording_id"],
            ["wordings.id"],
            name=op.f("fk_comments_wording_id_wordings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name=op.f("fk_comments_session_id_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index(op.f("ix_comments_item_id"), "comments", ["item_id"], unique=False)
    op.create_index(op.f("ix_comments_wording_id"), "comments", ["wording_id"], unique=False)
    op.create_index(op.f("ix_comments_session_id"), "comments", ["session_id"], unique=False)


def downgrade() -> None:
    op.drop_table("comments")
