"""where a home's mail goes

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "where_a_homes_mail_goes"
down_revision: str | None = "said_about_a_line"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "home_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column(
            "language", sa.String(length=2), nullable=False, comment="empty: the house's own"
        ),
        sa.Column(
            "off_at", sa.DateTime(timezone=True), nullable=True, comment="the home wants none"
        ),
        sa.Column(
            "refused_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="the address was not taken",
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placements.id"],
            op.f("fk_home_mails_placement_id_placements"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_mails")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_home_mails_placement_id")),
    )


def downgrade() -> None:
    op.drop_table("home_mails")
