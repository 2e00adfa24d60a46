"""The form that the gallery shows, empty and to be corrected."""

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, MultipleFileField, PasswordField

from reemploi.web.choices import Choice, Radio, Several
from reemploi.web.fields import Day, Filled, Form, LongText, PastInstant, ShortText, WholeNumber


class SampleForm(Form):
    """One field of each kind."""

    serial = ShortText("Numéro de série", required=True, longest=40, help="Sous l'appareil.")
    category = Choice("Catégorie", [("laptop", "Portable"), ("desktop", "Fixe")], empty="Choisissez")
    memory = WholeNumber("Mémoire", least=1, most=1024)
    arrived = Day("Arrivé le", required="Donnez le jour d'arrivée, par exemple 3 novembre 2026.")
    slot = PastInstant("Remis le")
    charger = Radio(
        "Chargeur",
        [("with", "Avec lui"), ("stock", "Du stock"), ("missing", "Manquant")],
        required="Dites si le chargeur est là.",
    )
    works = Several(
        "Ce qui fonctionne",
        [("screen", "Écran"), ("keyboard", "Clavier"), ("camera", "Caméra"), ("battery", "Batterie")],
    )
    tested = BooleanField("Testé de bout en bout", description="Il passera à « effacé » dès le disque vérifié.")
    note = LongText("Remarque", longest=280, help="Jamais de nom ni de mot de passe.")
    password = PasswordField(
        "Mot de passe", [Filled("Tapez votre mot de passe.")], render_kw={"autocomplete": "current-password"}
    )
    reports = MultipleFileField("Rapports d'outils", description="nwipe, lshw, smartctl ; 20 Mo au plus.")


def empty_form(prefix: str) -> SampleForm:
    """The form as it is first shown."""
    return SampleForm(None, prefix=prefix, meta={"csrf": False})


def wrong_form(prefix: str) -> SampleForm:
    """The form as it comes back when it cannot be accepted."""
    prefix = f"{prefix}-wrong"
    typed = MultiDict({f"{prefix}-memory": "9000", f"{prefix}-note": "Une vis manque. " * 20})
    form = SampleForm(typed, prefix=prefix, meta={"csrf": False})
    form.validate()
    return form
