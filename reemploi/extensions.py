"""The extensions every room shares, created once and bound to the application by its factory."""

from typing import Any

from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf import CSRFProtect
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Base of every table; named constraints so that both engines and every migration agree."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class TransactionSession(Session):
    """The session class that tenancy and the transaction border listen to; tenancy says which rows are visible."""

    @staticmethod
    def visible(_row: object) -> bool:
        """Whether a row is in scope; `ground.tenancy` puts its own answer here."""
        return True

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """The row with this key, if it is in scope; one loaded before is answered without a query to bound."""
        row = super().get(entity, ident, **options)
        return row if row is None or self.visible(row) else None


db = SQLAlchemy(model_class=Base, session_options={"class_": TransactionSession, "expire_on_commit": False})
migrate = Migrate(render_as_batch=False)
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()
