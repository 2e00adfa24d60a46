"""Forms of people and places."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):
    """Address and password."""

    email = EmailField(_l("Adresse électronique"), [InputRequired(_l("Tapez votre adresse.")), Length(max=254)])
    password = PasswordField(_l("Mot de passe"), [InputRequired(_l("Tapez votre mot de passe.")), Length(max=1000)])
