"""what made it easier, remembered to the next meeting until it is changed or forgotten"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "what_made_it_easier"
down_revision: str | None = "tries_of_each_device"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "remembered",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("wishes", sa.String(length=400), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="last said, or said again",
        ),
        sa.ForeignKeyConstraint(
            ["young_person_id"],
            ["young_people.id"],
            op.f("fk_remembered_young_person_id_young_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remembered")),
        sa.UniqueConstraint("young_person_id", name=op.f("uq_remembered_young_person_id")),
    )


def downgrade() -> None:
    op.drop_table("remembered")
