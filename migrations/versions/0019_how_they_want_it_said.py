"""how the young person would want it said, beside a choice of other words"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "how_they_want_it_said"
down_revision: str | None = "own_words_beside_a_line"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "word_wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["choice_id"],
            ["choices.id"],
            name=op.f("fk_word_wishes_choice_id_choices"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_wishes")),
        sa.UniqueConstraint("choice_id", name=op.f("uq_word_wishes_choice_id")),
    )


def downgrade() -> None:
    op.drop_table("word_wishes")
