"""One name per maker, whatever the firmware spells.

`ASUSTeK COMPUTER INC.`, `ASUS` and `Asustek` are one maker; measured spellings: ten for ASUS, eight for Dell
(162,852 published DMI dumps).
"""

import re

from reemploi.journey.placeholders import is_placeholder

NAMES = {
    "HP": ("hp", "hewlettpackard", "hewlettpackardhp", "hphewlettpackard"),
    "HPE": ("hpe", "hewlettpackardenterprise"),
    "Dell": ("dell", "dellproducts", "dellemc", "dellcomputers"),
    "Lenovo": ("lenovo", "lenovobeijing", "lenovopc", "lenovopchk", "lenovogroup", "lenovoproduct"),
    "ASUS": ("asus", "asustek", "asustech", "asusteck", "asuspc"),
    "Acer": ("acer", "acercomputer", "acerincorporated"),
    "Fujitsu": ("fujitsu", "fujitsusiemens", "fujitsuclient", "fujitsuclientcomputing", "fujitsupc", "fujitsufujitsu"),
    "Toshiba": ("toshiba", "toshibaclientsolutions", "toshibapc"),
    "Dynabook": ("dynabook",),
    "Apple": ("apple", "applecomputer", "applecomputers"),
    "Samsung": ("samsung",),
    "Sony": ("sony", "vaio"),
    "MSI": ("msi", "microstar"),
    "Gigabyte": ("gigabyte",),
    "Microsoft": ("microsoft",),
    "Intel": ("intel", "intelrclient", "intelr", "intelclient", "intelrclientsystems", "intelclientsystems"),
    "Packard Bell": ("packardbell", "packardbellbv", "packardbellnec"),
    "Panasonic": ("panasonic", "matsushita", "panasonicconnect"),
    "LG": ("lg", "lge"),
    "IBM": ("ibm",),
    "NEC": ("nec", "necpersonal", "necci"),
    "Huawei": ("huawei",),
    "Google": ("google",),
    "Medion": ("medion", "medionpc"),
    "ASRock": ("asrock",),
    "Shuttle": ("shuttle",),
    "Supermicro": ("supermicro", "supermicr"),
    "VIA": ("via",),
    "Wortmann": ("wortmann", "terra", "wortmannterra"),
    "Xiaomi": ("xiaomi", "timi"),
}
BY_KEY = {key: name for name, keys in NAMES.items() for key in keys}

LEGAL_WORDS = frozenset(
    """
    inc incorporated corp corporation co company cie ltd ltda limited llc gmbh ag sa sas bv kg plc spa oy ab pte kk
    computer computers computing technology technologies electronics electronic electric industrial industries
    international intl group system systems the siemens
    """.split()
)


def _words(text: str) -> list[str]:
    plain = re.sub(r"\((r|tm|c)\)", " ", text.lower())
    return [word for word in re.split(r"[^0-9a-z\u00c0-\uffff]+", plain) if word]


def fold_maker(text: str | None) -> str | None:
    """A maker's key, equal for every spelling of the same maker; None for an empty name or a placeholder."""
    if text is None or is_placeholder(text):
        return None
    words = _words(text)
    kept = [word for word in words if word not in LEGAL_WORDS] or words
    key = "".join(kept)
    return BY_KEY.get(key, key).lower() or None


def maker_name(text: str | None) -> str | None:
    """The maker's usual name for people, or the text as read when the maker is not a known one."""
    key = fold_maker(text)
    if key is None or text is None:
        return None
    known = {name.lower(): name for name in NAMES}
    return known.get(key, " ".join(text.split()))
