"""The tool that keeps the catalogues, on a small package of its own."""

import gettext
import os
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from scripts.catalogue_faults import faults, problems
from scripts.catalogue_tools import Source, compile_catalogues, update
from scripts.french_typography import typeset

PYTHON = """
from somewhere import N_, counted, gettext as _, lazy_gettext, ngettext

SAVE = N_("Enregistrer")
HELLO = lazy_gettext("Bonjour %(name)s !")
def told(n):
    return ngettext("%(n)s étiquette", "%(n)s étiquettes", n), _(f"{n} : non")
MANY = counted("un appareil", "%(n)s appareils", 3)
"""
TEMPLATE = """
<h1>{{ _('Étiquettes') }}</h1>
<p>{% trans count=rows|length %}Une ligne{% pluralize %}{{ count }} lignes{% endtrans %}</p>
<p>{{ _("Voir <a href='%(link)s'>la page</a>", link='/') }}</p>
"""


@pytest.fixture
def source(tmp_path: Path) -> Source:
    package = tmp_path / "reemploi"
    for stage in ("labels", "web"):
        (package / stage).mkdir(parents=True)
        (package / stage / "__init__.py").touch()
    (package / "labels" / "views.py").write_text(PYTHON)
    (package / "errors.py").write_text('N_("Enregistrer")\nN_("Impossible : %(why)s")')
    for folder in ("labels", "components"):
        (package / "templates" / folder).mkdir(parents=True)
    (package / "templates" / "labels" / "sheet.html").write_text(TEMPLATE)
    (package / "templates" / "components" / "button.html").write_text("{{ _('Annuler') }}")
    (package / "templates" / "base.html").write_text("{{ _('Menu') }}")
    return Source(package)


def ids(source: Source, stage: str) -> set[object]:
    return {message.id for message in source.catalogues()[stage] if message.id}


def translate(source: Source, stage: str, **words: str) -> None:
    """Fill in translations by the text they replace; the rest gets a neutral one with the same marks."""
    file = source.english / f"{stage}.po"
    lines, current = [], {}
    for line in file.read_text().splitlines():
        kind, _, text = line.partition(' "')
        if kind.startswith("msgid"):
            current[kind] = text.rstrip('"')
        if kind.startswith("msgstr") and current["msgid"]:
            own = current["msgid_plural" if kind == "msgstr[1]" else "msgid"]
            line = f'{kind} "{words.get(own, own)}"'
        lines.append(line)
    file.write_text("\n".join(lines) + "\n")


def test_each_text_belongs_to_the_stage_that_holds_it(source: Source) -> None:
    assert ids(source, "labels") == {
        "Enregistrer",
        "Bonjour %(name)s !",
        ("%(n)s étiquette", "%(n)s étiquettes"),
        ("un appareil", "%(n)s appareils"),
        "Étiquettes",
        ("Une ligne", "%(count)s lignes"),
        "Voir <a href='%(link)s'>la page</a>",
    }
    assert ids(source, "web") == {"Enregistrer", "Impossible : %(why)s", "Annuler", "Menu"}


def test_a_template_that_does_not_parse_is_loud(source: Source) -> None:
    (source.package / "templates" / "base.html").write_text("{% if %}")
    with pytest.raises(Exception, match="expression"):
        source.catalogues()


def test_an_update_asks_for_every_text_and_touches_nothing_the_second_time(source: Source) -> None:
    assert update(source) == ["labels", "web"]
    missing = problems(source)
    assert len([line for line in missing if "not translated" in line]) == len(missing) == 11
    before = {file: file.stat().st_mtime_ns for file in source.english.iterdir()}
    assert update(source) == []
    assert {file: file.stat().st_mtime_ns for file in source.english.iterdir()} == before


def test_an_update_keeps_translations_and_drops_what_is_no_longer_used(source: Source) -> None:
    update(source)
    translate(source, "web", Enregistrer="Save", Annuler="Cancel", Menu="Menu")
    (source.package / "templates" / "base.html").write_text("{{ _('Aide') }}")
    assert update(source) == ["labels", "web"]
    text = (source.english / "web.po").read_text()
    assert 'msgstr "Cancel"' in text
    assert 'msgid "Menu"' not in text
    assert 'msgid "Aide"\nmsgstr ""' in text
    assert 'msgid "Enregistrer"\nmsgstr "Save"' in (source.english / "labels.po").read_text()


def test_an_update_of_one_stage_leaves_the_others_alone(source: Source) -> None:
    assert update(source, ["web"]) == ["web"]
    assert [file.name for file in source.english.iterdir()] == ["web.po"]


def test_the_catalogue_of_a_stage_without_texts_leaves(source: Source) -> None:
    update(source)
    (source.package / "labels" / "views.py").write_text("")
    (source.package / "templates" / "labels" / "sheet.html").write_text("")
    assert update(source) == ["labels"]
    assert [file.name for file in source.english.iterdir()] == ["web.po"]


def test_a_complete_catalogue_has_no_problem(source: Source) -> None:
    update(source)
    translate(source, "labels")
    translate(source, "web")
    assert problems(source) == []


def test_a_missing_an_unused_and_a_contradicting_text_are_told(source: Source) -> None:
    update(source)
    translate(source, "labels")
    translate(source, "web", Enregistrer="Save")
    (source.package / "templates" / "base.html").write_text("{{ _('Aide') }}")
    assert problems(source) == [
        "web: missing from the English catalogue: 'Aide'",
        "web: no longer used: 'Menu'",
        "web: translated otherwise in labels: 'Enregistrer'",
    ]


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("Reste %(n)s", "%(n)s left", []),
        ("Reste %(n)s", "%(m)s left", ["placeholders differ"]),
        ("Reste %(n)s", "left", ["placeholders differ"]),
        ("Reste %(n)s %%", "%(n)s % left", ["a lone % (write %%)"]),
        ("Reste %(n)s %%", "%(n)s%% left", []),
        ("<b>Oui</b>", "Yes", ["tags differ"]),
        ("Oui\u00a0!", "Yes!", ["no-break space in the source (write ordinary spaces)"]),
        ("Oui", " ", ["not translated"]),
        (("un appareil", "%(n)s appareils"), ("one device", "%(n)s devices"), []),
        (("un appareil", "%(n)s appareils"), ("%(n)s device", "%(n)s devices"), []),
        (("un appareil", "%(n)s appareils"), ("one device", "devices"), ["placeholders differ"]),
        (("un appareil", "%(n)s appareils"), ("one device", ""), ["not translated"]),
    ],
)
def test_each_fault_of_a_translation_is_named(text: object, translation: object, expected: list[str]) -> None:
    assert list(faults(Message(text, translation))) == expected  # type: ignore[arg-type]


def test_a_fuzzy_translation_is_a_fault() -> None:
    assert list(faults(Message("Oui", "Yes", flags={"fuzzy"}))) == ["marked fuzzy"]


def compiled(source: Source, language: str) -> gettext.GNUTranslations:
    with (source.package / "translations" / language / "LC_MESSAGES" / "messages.mo").open("rb") as content:
        return gettext.GNUTranslations(content)


def test_the_compiled_catalogues_speak_both_languages(source: Source) -> None:
    update(source)
    translate(source, "labels", Étiquettes="Labels", Enregistrer="Save")
    translate(source, "web", Enregistrer="Save")
    assert compile_catalogues(source)
    english, french = compiled(source, "en"), compiled(source, "fr")
    assert english.gettext("Étiquettes") == "Labels"
    assert french.gettext("Bonjour %(name)s !") == "Bonjour %(name)s\u202f!"
    assert french.gettext("Impossible : %(why)s") == "Impossible\u00a0: %(why)s"


@pytest.mark.parametrize(("n", "french", "english"), [(0, "un", "%(n)s"), (1, "un", "un"), (2, "%(n)s", "%(n)s")])
def test_french_and_english_count_differently(source: Source, n: int, french: str, english: str) -> None:
    update(source)
    translate(source, "labels")
    compile_catalogues(source)
    for language, start in (("fr", french), ("en", english)):
        assert compiled(source, language).ngettext("un appareil", "%(n)s appareils", n).split()[0] == start


def test_what_is_not_translated_shows_the_french_text(source: Source) -> None:
    update(source)
    compile_catalogues(source)
    assert compiled(source, "en").ngettext("un appareil", "%(n)s appareils", 1) == "un appareil"


def test_compiling_again_does_nothing_until_a_catalogue_changes(source: Source) -> None:
    update(source)
    assert compile_catalogues(source)
    assert not compile_catalogues(source)
    file = source.english / "web.po"
    later = (source.package / "translations/fr/LC_MESSAGES/messages.mo").stat().st_mtime_ns + 1
    os.utime(file, ns=(later, later))
    assert compile_catalogues(source)


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("Prêt ?", "Prêt\u202f?"),
        ("Non ; oui !", "Non\u202f; oui\u202f!"),
        ("Quoi ?!", "Quoi\u202f?!"),
        ("Nom :", "Nom\u00a0:"),
        ("« prêt »", "«\u00a0prêt\u00a0»"),
        ("« <b>prêt</b> » ?", "«\u00a0<b>prêt</b>\u00a0»\u202f?"),
        ("%(name)s : %(n)s ?", "%(name)s\u00a0: %(n)s\u202f?"),
        ("%(n)s %% de %(total)s", "%(n)s\u00a0%% de %(total)s"),
        ("%(n)s %(unit)s", "%(n)s %(unit)s"),
        ("12 € ou 3 %", "12\u00a0€ ou 3\u00a0%"),
        ("à 14:30 sur https://exemple.fr/?a=1;b", "à 14:30 sur https://exemple.fr/?a=1;b"),
        ('<a title="ici : non ?">là ?</a>', '<a title="ici : non ?">là\u202f?</a>'),
        ("Sans signe", "Sans signe"),
    ],
)
def test_french_typography(written: str, set_: str) -> None:
    assert typeset(written) == set_
    assert typeset(set_) == set_
