"""What makes a password acceptable: length, not the address, not a common one; nothing about composition."""

import pytest

from reemploi.people.passwords import fault, hash_password, matches

EMAIL = "clairedupont@ccas-exemple.example"


@pytest.mark.parametrize(
    "password",
    [
        "atelier du canal",
        "une phrase inventée pour l'essai",
        "correct horse",
        "tout en minuscules",
        "984375620183",
        "🚲 mon vélo est bleu",
        "Claire aime les pommes de terre",
        " " * 3 + "des espaces aux bords",
        "x7" * 3 + "quelque chose",
    ],
)
def test_a_sentence_of_ones_own_is_accepted(password: str) -> None:
    assert fault(password, EMAIL) is None


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("onze signes", "12 signes"),
        ("a" * 1001, "1000 signes"),
        (EMAIL, "votre adresse"),
        (EMAIL.upper() + "1", "votre adresse"),
        ("clairedupont2026", "votre adresse"),
        ("aaaaaaaaaaaa", "plus courants"),
        ("123456789012", "plus courants"),
        ("9876543210987", "plus courants"),
        ("azertyuiopqs", "plus courants"),
        ("MotDePasse2026!", "plus courants"),
        ("motdepassemotdepasse", "plus courants"),
        ("Bénévole2026", "plus courants"),
        ("2026202620262026", "plus courants"),
        ("a z e r t y u i o p q s", "plus courants"),
    ],
)
def test_what_everybody_would_try_is_refused(password: str, sentence: str) -> None:
    wrong = fault(password, EMAIL)
    assert wrong is not None and sentence in str(wrong)


def test_an_account_without_a_password_is_never_matched() -> None:
    assert not matches(None, "personne")
    assert not matches("not a hash", "personne")
    assert matches(hash_password("une phrase à moi"), "une phrase à moi")
