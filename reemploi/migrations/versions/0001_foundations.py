"""The first schema: people, journey, intake, bench, erasure, papers, and the ground they stand on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


STATUSES = (
    "announced",
    "received",
    "to_wipe",
    "wiped",
    "in_repair",
    "available",
    "reserved",
    "in_transit",
    "lent",
    "assigned",
    "returned",
    "given",
    "sold",
    "for_parts",
    "waste",
    "lost",
    "given_back",
    "ceded",
)


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_account_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "association",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("siren", sa.String(length=9), nullable=True),
        sa.Column("rna", sa.String(length=10), nullable=True),
        sa.Column("address_lines", sa.Text(), nullable=False),
        sa.Column("telephone", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association")),
        sa.UniqueConstraint("address", name=op.f("uq_association_address")),
        sa.UniqueConstraint("name", name=op.f("uq_association_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("purpose", "subject", name=op.f("uq_attempt_purpose_subject")),
    )
    op.create_table(
        "issued_tag",
        sa.Column("tag", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_issued_tag")),
    )
    op.create_table(
        "status",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_status")),
    )
    op.create_table(
        "mail",
        sa.Column("to_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=200), nullable=True),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_mail_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("address", name=op.f("uq_mail_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_mail_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mail_next", "mail", ["sent_at", "not_before"], unique=False)
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_number_series_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_number_series_association_id_id")),
        sa.UniqueConstraint(
            "association_id", "series", "year", name=op.f("uq_number_series_association_id_series_year")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "organisation",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("siret", sa.String(length=14), nullable=True),
        sa.Column("rna", sa.String(length=10), nullable=True),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("postal_address", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("telephone", sa.String(length=30), nullable=False),
        sa.Column("is_structure", sa.Boolean(), nullable=False),
        sa.Column("is_donor", sa.Boolean(), nullable=False),
        sa.Column("is_funder", sa.Boolean(), nullable=False),
        sa.Column("is_partner", sa.Boolean(), nullable=False),
        sa.Column("shares_cases", sa.Boolean(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('association', 'company', 'public_body', 'school', 'social_action', 'individual', 'other')",
            name=op.f("ck_organisation_kind"),
        ),
        sa.CheckConstraint(
            "is_structure OR is_donor OR is_funder OR is_partner", name=op.f("ck_organisation_some_quality")
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_organisation_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("address", name=op.f("uq_organisation_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_organisation_association_id_id")),
        sa.UniqueConstraint("association_id", "name", name=op.f("uq_organisation_association_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_organisation_folded", "organisation", ["association_id", "folded"], unique=False)
    op.create_index(
        "uq_organisation_siret",
        "organisation",
        ["association_id", "siret"],
        unique=True,
        sqlite_where=sa.text("siret IS NOT NULL"),
        postgresql_where=sa.text("siret IS NOT NULL"),
    )
    op.create_table(
        "site",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("municipality_code", sa.String(length=5), nullable=False),
        sa.Column("postal_address", sa.Text(), nullable=False),
        sa.Column("opening_hours", sa.Text(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_site_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("address", name=op.f("uq_site_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_site_association_id_id")),
        sa.UniqueConstraint("association_id", "name", name=op.f("uq_site_association_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "member",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("function", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_member_account_id")),
        sa.ForeignKeyConstraint(
            ["association_id", "organisation_id"],
            ["organisation.association_id", "organisation.id"],
            name=op.f("fk_member_association_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "site_id"],
            ["site.association_id", "site.id"],
            name=op.f("fk_member_association_id_site_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_member_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("address", name=op.f("uq_member_address")),
        sa.UniqueConstraint(
            "association_id", "account_id", "name", name=op.f("uq_member_association_id_account_id_name")
        ),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_member_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "offer",
        sa.Column("donor_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(length=280), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.String(length=280), nullable=False),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("decision IN ('open', 'accepted', 'refused')", name=op.f("ck_offer_decision")),
        sa.ForeignKeyConstraint(
            ["association_id", "donor_id"],
            ["organisation.association_id", "organisation.id"],
            name=op.f("fk_offer_association_id_donor_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_offer_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("address", name=op.f("uq_offer_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_offer_association_id_id")),
        sa.UniqueConstraint("association_id", "number", name=op.f("uq_offer_association_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_offer_decision", "offer", ["association_id", "decision", "offered_at", "id"], unique=False)
    op.create_table(
        "place",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("tag", sa.String(length=10), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "site_id"],
            ["site.association_id", "site.id"],
            name=op.f("fk_place_association_id_site_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_place_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("address", name=op.f("uq_place_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_place_association_id_id")),
        sa.UniqueConstraint("association_id", "site_id", "name", name=op.f("uq_place_association_id_site_id_name")),
        sa.UniqueConstraint("tag", name=op.f("uq_place_tag")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "access_log",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "member_id"],
            ["member.association_id", "member.id"],
            name=op.f("fk_access_log_association_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_access_log_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_access_log_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_access_log_household", "access_log", ["association_id", "household_id", "at"], unique=False)
    op.create_table(
        "captured_file",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("source IN ('upload', 'stick', 'demo')", name=op.f("ck_captured_file_source")),
        sa.ForeignKeyConstraint(
            ["association_id", "received_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_captured_file_association_id_received_by"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_captured_file_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captured_file")),
        sa.UniqueConstraint("association_id", "digest", name=op.f("uq_captured_file_association_id_digest")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_captured_file_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "delivery",
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("donor_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_as", sa.String(length=40), nullable=False),
        sa.Column("legal_origin", sa.String(length=40), nullable=False),
        sa.Column("signatory", sa.String(length=200), nullable=False),
        sa.Column("collector", sa.String(length=200), nullable=False),
        sa.Column("reservations", sa.String(length=280), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("entered_as IN ('donation', 'waste')", name=op.f("ck_delivery_entered_as")),
        sa.ForeignKeyConstraint(
            ["association_id", "donor_id"],
            ["organisation.association_id", "organisation.id"],
            name=op.f("fk_delivery_association_id_donor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "offer_id"],
            ["offer.association_id", "offer.id"],
            name=op.f("fk_delivery_association_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "received_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_delivery_association_id_received_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "site_id"],
            ["site.association_id", "site.id"],
            name=op.f("fk_delivery_association_id_site_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_delivery_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("address", name=op.f("uq_delivery_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_delivery_association_id_id")),
        sa.UniqueConstraint("association_id", "number", name=op.f("uq_delivery_association_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delivery_arrived", "delivery", ["association_id", "arrived_at", "id"], unique=False)
    op.create_index("ix_delivery_donor", "delivery", ["association_id", "donor_id", "arrived_at", "id"], unique=False)
    op.create_index("ix_delivery_offer", "delivery", ["association_id", "offer_id"], unique=False)
    op.create_table(
        "device",
        sa.Column("tag", sa.String(length=10), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_hands_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("maker", sa.String(length=100), nullable=False),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("serial", sa.String(length=100), nullable=False),
        sa.Column("serial_folded", sa.String(length=100), nullable=True),
        sa.Column("identity", sa.String(length=220), nullable=True),
        sa.Column("processor", sa.String(length=200), nullable=False),
        sa.Column("memory_bytes", sa.BigInteger(), nullable=True),
        sa.Column("entered_as", sa.String(length=40), nullable=False),
        sa.Column("legal_origin", sa.String(length=40), nullable=False),
        sa.Column("weight_grams", sa.Integer(), nullable=True),
        sa.Column("charger", sa.String(length=40), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("no_storage_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("no_storage_by", sa.Integer(), nullable=True),
        sa.Column("declared_erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locks_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("grade", sa.String(length=1), nullable=True),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("system", sa.String(length=200), nullable=False),
        sa.Column("system_installed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("safety_stop", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "charger IN ('with_it', 'from_stock', 'missing', 'none_needed')", name=op.f("ck_device_charger")
        ),
        sa.CheckConstraint("entered_as IN ('donation', 'waste')", name=op.f("ck_device_entered_as")),
        sa.CheckConstraint("grade IS NULL OR grade IN ('A', 'B', 'C', 'D')", name=op.f("ck_device_grade")),
        sa.CheckConstraint(
            "(no_storage_at IS NULL) = (no_storage_by IS NULL)", name=op.f("ck_device_no_storage_named")
        ),
        sa.CheckConstraint("weight_grams IS NULL OR weight_grams > 0", name=op.f("ck_device_weight")),
        sa.ForeignKeyConstraint(
            ["association_id", "no_storage_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_device_association_id_no_storage_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "place_id"],
            ["place.association_id", "place.id"],
            name=op.f("fk_device_association_id_place_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_device_association_id")),
        sa.ForeignKeyConstraint(["status"], ["status.code"], name=op.f("fk_device_status")),
        sa.ForeignKeyConstraint(["tag"], ["issued_tag.tag"], name=op.f("fk_device_tag")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_device_association_id_id")),
        sa.UniqueConstraint("tag", name=op.f("uq_device_tag")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_device_serial", "device", ["association_id", "serial_folded"], unique=False)
    op.create_index("ix_device_status", "device", ["association_id", "status", "moved_at", "id"], unique=False)
    op.create_index(
        "uq_device_identity",
        "device",
        ["association_id", "identity"],
        unique=True,
        sqlite_where=sa.text("identity IS NOT NULL"),
        postgresql_where=sa.text("identity IS NOT NULL"),
    )
    op.create_table(
        "document",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("frozen_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prints", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "made_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_document_association_id_made_by"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_document_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("address", name=op.f("uq_document_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_document_association_id_id")),
        sa.UniqueConstraint("association_id", "number", name=op.f("uq_document_association_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_document_subject"), "document", ["subject"], unique=False)
    op.create_table(
        "household",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("channel_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("municipality", sa.String(length=200), nullable=False),
        sa.Column("neighbourhood", sa.String(length=40), nullable=False),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.Column("schooled_children", sa.Integer(), nullable=False),
        sa.Column("devices_at_home", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("anonymised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("neighbourhood IN ('yes', 'no', 'unknown')", name=op.f("ck_household_neighbourhood")),
        sa.CheckConstraint(
            "adults BETWEEN 0 AND 20 AND schooled_children BETWEEN 0 AND 20", name=op.f("ck_household_composition")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "created_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_household_association_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "organisation_id"],
            ["organisation.association_id", "organisation.id"],
            name=op.f("fk_household_association_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_household_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("address", name=op.f("uq_household_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_household_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "job",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("result", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_job_state")),
        sa.ForeignKeyConstraint(
            ["association_id", "asked_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_job_association_id_asked_by"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_job_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("address", name=op.f("uq_job_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_job_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_next", "job", ["state", "not_before"], unique=False)
    op.create_table(
        "offer_line",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("count BETWEEN 1 AND 10000", name=op.f("ck_offer_line_count")),
        sa.ForeignKeyConstraint(
            ["association_id", "offer_id"],
            ["offer.association_id", "offer.id"],
            name=op.f("fk_offer_line_association_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_offer_line_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_line")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_offer_line_association_id_id")),
        sa.UniqueConstraint("offer_id", "category", name=op.f("uq_offer_line_offer_id_category")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "role_grant",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("granted_by IS NULL OR granted_by <> member_id", name=op.f("ck_role_grant_not_to_oneself")),
        sa.ForeignKeyConstraint(
            ["association_id", "granted_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_role_grant_association_id_granted_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "member_id"],
            ["member.association_id", "member.id"],
            name=op.f("fk_role_grant_association_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_role_grant_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_role_grant_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_role_grant_open",
        "role_grant",
        ["member_id", "role"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "setting_value",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "set_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_setting_value_association_id_set_by"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_setting_value_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_value")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_setting_value_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_setting_value_name", "setting_value", ["association_id", "name", "valid_from"], unique=False)
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=40), nullable=True),
        sa.Column("browser", sa.String(length=80), nullable=False),
        sa.Column("opened_by", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.CheckConstraint("opened_by IN ('password', 'link')", name=op.f("ck_sign_in_session_opened_by")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_session_account_id")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_sign_in_session_association_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_sign_in_session_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("address", name=op.f("uq_sign_in_session_address")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_session_digest")),
    )
    op.create_index(op.f("ix_sign_in_session_account_id"), "sign_in_session", ["account_id"], unique=False)
    op.create_table(
        "signed_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('invitation', 'new_password', 'one_time', 'choice')", name=op.f("ck_signed_link_purpose")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_signed_link_account_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_signed_link_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_signed_link_digest")),
    )
    op.create_index("ix_signed_link_account", "signed_link", ["account_id", "purpose"], unique=False)
    op.create_table(
        "arrival",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "delivery_id"],
            ["delivery.association_id", "delivery.id"],
            name=op.f("fk_arrival_association_id_delivery_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_arrival_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_arrival_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_arrival_association_id_id")),
        sa.UniqueConstraint("delivery_id", "device_id", name=op.f("uq_arrival_delivery_id_device_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_arrival_delivery", "arrival", ["association_id", "delivery_id", "id"], unique=False)
    op.create_index("ix_arrival_device", "arrival", ["association_id", "device_id"], unique=False)
    op.create_table(
        "capture",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("tool", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_capture_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "file_id"],
            ["captured_file.association_id", "captured_file.id"],
            name=op.f("fk_capture_association_id_file_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_capture_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_capture_association_id_id")),
        sa.UniqueConstraint("device_id", "file_id", name=op.f("uq_capture_device_id_file_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "checked_line",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('pass', 'fail', 'not_tested', 'not_applicable')", name=op.f("ck_checked_line_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "checked_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_checked_line_association_id_checked_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_checked_line_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_checked_line_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checked_line")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_checked_line_association_id_id")),
        sa.UniqueConstraint("device_id", "line", name=op.f("uq_checked_line_device_id_line")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "device_alias",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_device_alias_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_device_alias_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_alias")),
        sa.UniqueConstraint("association_id", "code", name=op.f("uq_device_alias_association_id_code")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_device_alias_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("from_status", sa.String(length=40), nullable=True),
        sa.Column("to_status", sa.String(length=40), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("desk", sa.String(length=40), nullable=True),
        sa.Column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "actor_id"],
            ["member.association_id", "member.id"],
            name=op.f("fk_event_association_id_actor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_event_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_event_association_id")),
        sa.ForeignKeyConstraint(["from_status"], ["status.code"], name=op.f("fk_event_from_status")),
        sa.ForeignKeyConstraint(["to_status"], ["status.code"], name=op.f("fk_event_to_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_event_association_id_id")),
        sa.UniqueConstraint("device_id", "seq", name=op.f("uq_event_device_id_seq")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_happened", "event", ["association_id", "happened_at"], unique=False)
    op.create_table(
        "file_drop",
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped_by", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_file_drop_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "dropped_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_file_drop_association_id_dropped_by"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_file_drop_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_drop")),
        sa.UniqueConstraint("address", name=op.f("uq_file_drop_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_file_drop_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_file_drop_dropped", "file_drop", ["association_id", "dropped_at", "id"], unique=False)
    op.create_table(
        "household_word",
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "household_id"],
            ["household.association_id", "household.id"],
            name=op.f("fk_household_word_association_id_household_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_household_word_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_word")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_household_word_association_id_id")),
        sa.UniqueConstraint("household_id", "digest", name=op.f("uq_household_word_household_id_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_household_word_digest", "household_word", ["association_id", "digest"], unique=False)
    op.create_table(
        "label_token",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=20), nullable=False),
        sa.Column("prints", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_label_token_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_label_token_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_token")),
        sa.UniqueConstraint("association_id", "device_id", name=op.f("uq_label_token_association_id_device_id")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_label_token_association_id_id")),
        sa.UniqueConstraint("token", name=op.f("uq_label_token_token")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "lock_check",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("imei", sa.String(length=64), nullable=False),
        sa.Column("imei_reason", sa.String(length=280), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "checked_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_lock_check_association_id_checked_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_lock_check_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_lock_check_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lock_check")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_lock_check_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lock_check_device", "lock_check", ["association_id", "device_id", "id"], unique=False)
    op.create_table(
        "prescription",
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("prescriber_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("need", sa.String(length=40), nullable=False),
        sa.Column("urgency", sa.String(length=40), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("criterion_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_gift", sa.Boolean(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'submitted', 'incomplete', 'waiting', 'proposed', 'appointment', 'served', 'refused', 'redirected', 'cancelled')",
            name=op.f("ck_prescription_status"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "decided_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_prescription_association_id_decided_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "household_id"],
            ["household.association_id", "household.id"],
            name=op.f("fk_prescription_association_id_household_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "organisation_id"],
            ["organisation.association_id", "organisation.id"],
            name=op.f("fk_prescription_association_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "prescriber_id"],
            ["member.association_id", "member.id"],
            name=op.f("fk_prescription_association_id_prescriber_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_prescription_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prescription")),
        sa.UniqueConstraint("address", name=op.f("uq_prescription_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_prescription_association_id_id")),
        sa.UniqueConstraint("association_id", "number", name=op.f("uq_prescription_association_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_prescription_status", "prescription", ["association_id", "status", "submitted_at"], unique=False
    )
    op.create_index(
        "ix_prescription_structure", "prescription", ["association_id", "organisation_id", "id"], unique=False
    )
    op.create_table(
        "received_scan",
        sa.Column("scan_id", sa.String(length=40), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("read", sa.String(length=120), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("kept", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "delivery_id"],
            ["delivery.association_id", "delivery.id"],
            name=op.f("fk_received_scan_association_id_delivery_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_received_scan_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "recorded_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_received_scan_association_id_recorded_by"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_received_scan_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_scan")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_received_scan_association_id_id")),
        sa.UniqueConstraint("association_id", "scan_id", name=op.f("uq_received_scan_association_id_scan_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_received_scan_open", "received_scan", ["association_id", "delivery_id", "settled_at", "id"], unique=False
    )
    op.create_table(
        "repair",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=True),
        sa.Column("fault", sa.String(length=280), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("work", sa.String(length=280), nullable=False),
        sa.Column("cost_cents", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("line IS NOT NULL OR fault <> ''", name=op.f("ck_repair_some_reason")),
        sa.CheckConstraint("cost_cents >= 0 AND minutes >= 0", name=op.f("ck_repair_measures")),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_repair_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "done_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_repair_association_id_done_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "opened_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_repair_association_id_opened_by"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_repair_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair")),
        sa.UniqueConstraint("address", name=op.f("uq_repair_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_repair_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_repair_device", "repair", ["association_id", "device_id"], unique=False)
    op.create_table(
        "sorting_line",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("weight_grams", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('kept', 'waste', 'parts', 'given_back', 'refused')", name=op.f("ck_sorting_line_outcome")
        ),
        sa.CheckConstraint("count BETWEEN 1 AND 10000", name=op.f("ck_sorting_line_count")),
        sa.CheckConstraint("weight_grams IS NULL OR weight_grams > 0", name=op.f("ck_sorting_line_weight")),
        sa.ForeignKeyConstraint(
            ["association_id", "delivery_id"],
            ["delivery.association_id", "delivery.id"],
            name=op.f("fk_sorting_line_association_id_delivery_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "recorded_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_sorting_line_association_id_recorded_by"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_sorting_line_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sorting_line")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_sorting_line_association_id_id")),
        sa.UniqueConstraint(
            "delivery_id", "category", "outcome", name=op.f("uq_sorting_line_delivery_id_category_outcome")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "storage_medium",
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("bus", sa.String(length=40), nullable=False),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("serial", sa.String(length=100), nullable=False),
        sa.Column("serial_folded", sa.String(length=100), nullable=True),
        sa.Column("bytes", sa.BigInteger(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_how", sa.String(length=40), nullable=True),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ended_how IS NULL OR ended_how IN ('removed', 'destroyed')", name=op.f("ck_storage_medium_ended_how")
        ),
        sa.CheckConstraint(
            "kind IN ('hdd', 'ssd', 'nvme', 'emmc', 'internal', 'other')", name=op.f("ck_storage_medium_kind")
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_how IS NULL)", name=op.f("ck_storage_medium_ended_whole")),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_storage_medium_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_storage_medium_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_storage_medium")),
        sa.UniqueConstraint("address", name=op.f("uq_storage_medium_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_storage_medium_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_storage_medium_device", "storage_medium", ["association_id", "device_id"], unique=False)
    op.create_index(
        "uq_storage_medium_serial",
        "storage_medium",
        ["association_id", "serial_folded"],
        unique=True,
        sqlite_where=sa.text("serial_folded IS NOT NULL"),
        postgresql_where=sa.text("serial_folded IS NOT NULL"),
    )
    op.create_table(
        "appointment",
        sa.Column("prescription_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fixed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fixed_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('kept', 'absent', 'moved')", name=op.f("ck_appointment_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "fixed_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_appointment_association_id_fixed_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "prescription_id"],
            ["prescription.association_id", "prescription.id"],
            name=op.f("fk_appointment_association_id_prescription_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "site_id"],
            ["site.association_id", "site.id"],
            name=op.f("fk_appointment_association_id_site_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_appointment_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("address", name=op.f("uq_appointment_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_appointment_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_appointment_at", "appointment", ["association_id", "at"], unique=False)
    op.create_index(
        "uq_appointment_open",
        "appointment",
        ["prescription_id"],
        unique=True,
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.create_table(
        "dropped_part",
        sa.Column("drop_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("serial_folded", sa.String(length=100), nullable=True),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("sentences", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('done', 'attention', 'refused', 'unknown', 'same')", name=op.f("ck_dropped_part_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_dropped_part_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "drop_id"],
            ["file_drop.association_id", "file_drop.id"],
            name=op.f("fk_dropped_part_association_id_drop_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "file_id"],
            ["captured_file.association_id", "captured_file.id"],
            name=op.f("fk_dropped_part_association_id_file_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_dropped_part_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dropped_part")),
        sa.UniqueConstraint("address", name=op.f("uq_dropped_part_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_dropped_part_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dropped_part_drop", "dropped_part", ["association_id", "drop_id"], unique=False)
    op.create_index(
        "ix_dropped_part_unknown", "dropped_part", ["association_id", "outcome", "serial_folded"], unique=False
    )
    op.create_table(
        "handover",
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("prescription_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prepared_by", sa.Integer(), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_by", sa.Integer(), nullable=True),
        sa.Column("signed_how", sa.String(length=10), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('loan', 'gift')", name=op.f("ck_handover_kind")),
        sa.CheckConstraint(
            "signed_how IS NULL OR signed_how IN ('screen', 'paper')", name=op.f("ck_handover_signed_how")
        ),
        sa.CheckConstraint(
            "state IN ('prepared', 'running', 'done', 'returned', 'declined', 'undone')", name=op.f("ck_handover_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('prepared', 'running') OR ended_at IS NULL", name=op.f("ck_handover_ended_when_over")
        ),
        sa.CheckConstraint(
            "state NOT IN ('running', 'done', 'returned') OR handed_at IS NOT NULL", name=op.f("ck_handover_handed")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "document_id"],
            ["document.association_id", "document.id"],
            name=op.f("fk_handover_association_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "handed_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_handover_association_id_handed_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "household_id"],
            ["household.association_id", "household.id"],
            name=op.f("fk_handover_association_id_household_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "prepared_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_handover_association_id_prepared_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "prescription_id"],
            ["prescription.association_id", "prescription.id"],
            name=op.f("fk_handover_association_id_prescription_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "site_id"],
            ["site.association_id", "site.id"],
            name=op.f("fk_handover_association_id_site_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_handover_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("address", name=op.f("uq_handover_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_handover_association_id_id")),
        sa.UniqueConstraint("association_id", "number", name=op.f("uq_handover_association_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handover_household", "handover", ["association_id", "household_id"], unique=False)
    op.create_index("ix_handover_prescription", "handover", ["association_id", "prescription_id"], unique=False)
    op.create_index("ix_handover_running", "handover", ["association_id", "state", "due_on"], unique=False)
    op.create_table(
        "pending_wipe",
        sa.Column("medium_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=280), nullable=False),
        sa.Column("photo_digest", sa.String(length=64), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("doubt", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_by", sa.Integer(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("one_person", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=280), nullable=False),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("doubt IN ('', 'zone', 'clock')", name=op.f("ck_pending_wipe_doubt")),
        sa.CheckConstraint("kind IN ('declared', 'log')", name=op.f("ck_pending_wipe_kind")),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by IS NULL) AND (settled_at IS NULL) = (confirmed IS NULL)",
            name=op.f("ck_pending_wipe_settled_whole"),
        ),
        sa.CheckConstraint(
            "settled_by IS NULL OR NOT confirmed OR one_person OR settled_by <> declared_by",
            name=op.f("ck_pending_wipe_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "declared_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_pending_wipe_association_id_declared_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_pending_wipe_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "file_id"],
            ["captured_file.association_id", "captured_file.id"],
            name=op.f("fk_pending_wipe_association_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "medium_id"],
            ["storage_medium.association_id", "storage_medium.id"],
            name=op.f("fk_pending_wipe_association_id_medium_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "settled_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_pending_wipe_association_id_settled_by"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_pending_wipe_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_wipe")),
        sa.UniqueConstraint("address", name=op.f("uq_pending_wipe_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_pending_wipe_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pending_wipe_device", "pending_wipe", ["association_id", "device_id"], unique=False)
    op.create_index(
        "ix_pending_wipe_waiting", "pending_wipe", ["association_id", "settled_at", "declared_at", "id"], unique=False
    )
    op.create_index(
        "uq_pending_wipe_open",
        "pending_wipe",
        ["medium_id"],
        unique=True,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "prescription_line",
        sa.Column("prescription_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("for_whom", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("declined_reason", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('proposed', 'served')) = (device_id IS NOT NULL)",
            name=op.f("ck_prescription_line_device_when_proposed"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'proposed', 'served', 'ended')", name=op.f("ck_prescription_line_state")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_prescription_line_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "prescription_id"],
            ["prescription.association_id", "prescription.id"],
            name=op.f("fk_prescription_line_association_id_prescription_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "proposed_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_prescription_line_association_id_proposed_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_prescription_line_association_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prescription_line")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_prescription_line_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_prescription_line_prescription", "prescription_line", ["association_id", "prescription_id"], unique=False
    )
    op.create_index(
        "uq_prescription_line_device",
        "prescription_line",
        ["device_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "wipe_evidence",
        sa.Column("medium_id", sa.Integer(), nullable=True),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("file_digest", sa.String(length=64), nullable=True),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("tool", sa.String(length=200), nullable=False),
        sa.Column("tool_version", sa.String(length=200), nullable=False),
        sa.Column("serial", sa.String(length=200), nullable=False),
        sa.Column("method", sa.String(length=200), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("verification", sa.String(length=40), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("operator_id", sa.Integer(), nullable=True),
        sa.Column("verifier_id", sa.Integer(), nullable=True),
        sa.Column("one_person", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=280), nullable=False),
        sa.Column("photo_digest", sa.String(length=64), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("refusals", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "NOT accepted OR source NOT IN ('manual', 'third_party') OR one_person OR operator_id <> verifier_id",
            name=op.f("ck_wipe_evidence_two_people"),
        ),
        sa.CheckConstraint("accepted = (result <> 'refused')", name=op.f("ck_wipe_evidence_accepted_result")),
        sa.CheckConstraint(
            "level IS NULL OR level IN ('clear', 'purge', 'destroy')", name=op.f("ck_wipe_evidence_level")
        ),
        sa.CheckConstraint(
            "result IN ('erased', 'removed', 'destroyed', 'refused')", name=op.f("ck_wipe_evidence_result")
        ),
        sa.CheckConstraint(
            "source IN ('upload', 'stick', 'manual', 'third_party')", name=op.f("ck_wipe_evidence_source")
        ),
        sa.CheckConstraint("NOT accepted OR ended_at IS NOT NULL", name=op.f("ck_wipe_evidence_accepted_dated")),
        sa.CheckConstraint(
            "NOT accepted OR medium_id IS NOT NULL", name=op.f("ck_wipe_evidence_accepted_for_a_medium")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_wipe_evidence_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "file_id"],
            ["captured_file.association_id", "captured_file.id"],
            name=op.f("fk_wipe_evidence_association_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "medium_id"],
            ["storage_medium.association_id", "storage_medium.id"],
            name=op.f("fk_wipe_evidence_association_id_medium_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "operator_id"],
            ["member.association_id", "member.id"],
            name=op.f("fk_wipe_evidence_association_id_operator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "verifier_id"],
            ["member.association_id", "member.id"],
            name=op.f("fk_wipe_evidence_association_id_verifier_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_wipe_evidence_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wipe_evidence")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_wipe_evidence_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_wipe_evidence_device", "wipe_evidence", ["association_id", "device_id"], unique=False)
    op.create_index(
        "ix_wipe_evidence_medium", "wipe_evidence", ["association_id", "medium_id", "recorded_at"], unique=False
    )
    op.create_index("ix_wipe_evidence_run", "wipe_evidence", ["association_id", "fingerprint"], unique=False)
    op.create_index(
        "uq_wipe_evidence_fingerprint",
        "wipe_evidence",
        ["association_id", "fingerprint"],
        unique=True,
        sqlite_where=sa.text("accepted AND fingerprint IS NOT NULL"),
        postgresql_where=sa.text("accepted AND fingerprint IS NOT NULL"),
    )
    op.create_table(
        "handover_line",
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("prescription_line_id", sa.Integer(), nullable=True),
        sa.Column("accessories_out", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("accessories_back", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("condition_out_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("condition_in_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("address", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('given', 'returned', 'declined', 'undone')",
            name=op.f("ck_handover_line_outcome"),
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name=op.f("ck_handover_line_ended_whole")),
        sa.ForeignKeyConstraint(
            ["association_id", "device_id"],
            ["device.association_id", "device.id"],
            name=op.f("fk_handover_line_association_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "ended_by"],
            ["member.association_id", "member.id"],
            name=op.f("fk_handover_line_association_id_ended_by"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "handover_id"],
            ["handover.association_id", "handover.id"],
            name=op.f("fk_handover_line_association_id_handover_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "prescription_line_id"],
            ["prescription_line.association_id", "prescription_line.id"],
            name=op.f("fk_handover_line_association_id_prescription_line_id"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_handover_line_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_line")),
        sa.UniqueConstraint("address", name=op.f("uq_handover_line_address")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_handover_line_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handover_line_handover", "handover_line", ["association_id", "handover_id"], unique=False)
    op.create_index(
        "uq_handover_line_open",
        "handover_line",
        ["device_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "handover_reminder",
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "handover_id"],
            ["handover.association_id", "handover.id"],
            name=op.f("fk_handover_reminder_association_id_handover_id"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_handover_reminder_association_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_reminder")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_handover_reminder_association_id_id")),
        sa.UniqueConstraint("handover_id", "due_on", "step", name=op.f("uq_handover_reminder_handover_id_due_on_step")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_device_last_four", "device", ["association_id", sa.literal_column("substr(tag, 7)")])
    op.bulk_insert(sa.table("status", sa.column("code", sa.String)), [{"code": code} for code in STATUSES])
