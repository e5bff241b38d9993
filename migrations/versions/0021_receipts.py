"""a receipt for each handover, in words that are never changed"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "receipts"
down_revision: str | None = "how_it_went"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

HANDED_OVER = """
INSERT INTO receipts (item_id, wording_id, handover_id, home, must, at)
SELECT releases.item_id, releases.wording_id, handovers.id, placements.home_name,
  CASE WHEN items.must_pass_on_at IS NULL THEN false ELSE true END, handovers.released_at
FROM releases
JOIN items ON items.id = releases.item_id
JOIN handovers ON handovers.id = releases.handover_id
JOIN placements ON placements.id = handovers.placement_id
ORDER BY releases.id
"""


def upgrade() -> None:
    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("home", sa.String(length=60), nullable=False, comment="by the name it had then"),
        sa.Column(
            "must",
            sa.Boolean(),
            nullable=False,
            comment="had to be passed on; else it was chosen",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_receipts_item_id_items"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["wording_id"],
            ["wordings.id"],
            name=op.f("fk_receipts_wording_id_wordings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"],
            ["handovers.id"],
            name=op.f("fk_receipts_handover_id_handovers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("handover_id", name=op.f("uq_receipts_handover_id")),
    )
    op.create_index(op.f("ix_receipts_item_id"), "receipts", ["item_id"], unique=False)
    op.create_index(op.f("ix_receipts_wording_id"), "receipts", ["wording_id"], unique=False)
    # What homes have been handed already has its receipt as well.
    op.execute(sa.text(HANDED_OVER))


def downgrade() -> None:
    op.drop_table("receipts")
