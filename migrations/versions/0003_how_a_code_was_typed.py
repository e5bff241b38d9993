"""how a code was typed: pictures let somebody knock and open nothing"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "how_a_code_was_typed"
down_revision: str | None = "what_protects"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "sessions",
        sa.Column(
            "vouched_as",
            sa.String(length=16),
            server_default="",
            nullable=False,
            comment="domain/vouching.CodeKind",
        ),
    )


def downgrade() -> None:
    op.drop_column("sessions", "vouched_as")
