"""the mark of a browser that was left with Gå nu, for whoever comes back by the link to say how it
went"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "back_after_leaving"
down_revision: str | None = "what_made_it_easier"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "visits",
        sa.Column(
            "left_mark",
            sa.String(length=64),
            nullable=True,
            comment="digest of the mark the browser keeps after Gå nu; opens no page alone",
        ),
    )


def downgrade() -> None:
    op.drop_column("visits", "left_mark")
