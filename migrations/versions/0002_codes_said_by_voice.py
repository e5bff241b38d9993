"""codes said by voice, the devices that are known by one, and the cookie given at admission"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "codes_said_by_voice"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "digits",
                "pictures",
                name="codekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("digest", sa.String(length=200), nullable=False, comment="argon2"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "replaced_at", sa.DateTime(timezone=True), nullable=True, comment="a newer one was said"
        ),
        sa.CheckConstraint(
            "CASE WHEN seat_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN placement_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_codes_one_link"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placements.id"],
            name=op.f("fk_codes_placement_id_placements"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seats.id"], name=op.f("fk_codes_seat_id_seats"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codes")),
    )
    op.create_index(op.f("ix_codes_placement_id"), "codes", ["placement_id"], unique=False)
    op.create_index(op.f("ix_codes_seat_id"), "codes", ["seat_id"], unique=False)

    op.create_table(
        "known_devices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "generation", sa.Integer(), nullable=False, comment="of the link the code was for"
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placements.id"],
            name=op.f("fk_known_devices_placement_id_placements"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_devices")),
        sa.UniqueConstraint("digest", name=op.f("uq_known_devices_digest")),
    )
    op.create_index(
        op.f("ix_known_devices_placement_id"), "known_devices", ["placement_id"], unique=False
    )

    op.add_column(
        "seats",
        sa.Column(
            "code_why",
            sa.String(length=16),
            server_default="",
            nullable=False,
            comment="domain/vouching.Why",
        ),
    )
    op.add_column(
        "sessions",
        sa.Column(
            "next_digest",
            sa.String(length=64),
            nullable=True,
            comment="of the cookie given at admission; the old one holds on",
        ),
    )
    op.add_column(
        "sessions",
        sa.Column(
            "vouched_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="a code was typed right here",
        ),
    )
    op.create_index(op.f("ix_sessions_next_digest"), "sessions", ["next_digest"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_sessions_next_digest"), table_name="sessions")
    op.drop_column("sessions", "vouched_at")
    op.drop_column("sessions", "next_digest")
    op.drop_column("seats", "code_why")
    op.drop_table("known_devices")
    op.drop_table("codes")
