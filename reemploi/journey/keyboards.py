"""What a scanner that pretends to be an American keyboard types on other keyboards: a table, and its reading back.

Each layout lists the signs its keys give, in the order of the American keys, without and with Shift. The French rows
follow a table measured in the field (third-culture-software/bhima, issue 6436); the others the makers' layouts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

US_PLAIN = r"`1234567890-=" r"qwertyuiop[]\ " r"asdfghjkl;'" r"zxcvbnm,./"
US_SHIFT = r"~!@#$%^&*()_+" r"QWERTYUIOP{}| " r'ASDFGHJKL:"' r"ZXCVBNM<>?"


@dataclass(frozen=True)
class Layout:
    """A keyboard layout: the signs of its keys in the order of the American ones, plain and with Shift.

    `shift_lock`: Caps Lock also turns the row of digits, as on French and Belgian Windows.
    """

    name: str
    plain: str
    shift: str
    shift_lock: bool = False

    @cached_property
    def readings(self) -> tuple[tuple[bool, Mapping[str, str]], ...]:
        """Each state of Caps Lock with its table, received sign → American sign: off, letters only, held Shift."""
        tables = [(False, self.plain + self.shift), (True, self.plain.swapcase() + self.shift.swapcase())]
        if self.shift_lock:
            tables.append((True, self.shift + self.plain))
        return tuple((caps, dict(zip(signs, US_PLAIN + US_SHIFT, strict=True))) for caps, signs in tables)


LAYOUTS = (
    Layout("azerty", "²&é\"'(-è_çà)=" "azertyuiop^$* " "qsdfghjklmù" "wxcvbn,;:!",
           "~1234567890°+" "AZERTYUIOP¨£µ " "QSDFGHJKLM%" "WXCVBN?./§", shift_lock=True),
    Layout("azerty_mac", "@&é\"'(§è!çà)-" "azertyuiop^$` " "qsdfghjklmù" "wxcvbn,;:=",
           "#1234567890°_" "AZERTYUIOP¨*£ " "QSDFGHJKLM%" "WXCVBN?./+", shift_lock=True),
    Layout("azerty_belgian", "²&é\"'(§è!çà)-" "azertyuiop^$µ " "qsdfghjklmù" "wxcvbn,;:=",
           "³1234567890°_" "AZERTYUIOP¨*£ " "QSDFGHJKLM%" "WXCVBN?./+", shift_lock=True),
    Layout("qwertz_swiss", "§1234567890'^" "qwertzuiopè¨$ " "asdfghjkléà" "yxcvbnm,.-",
           "°+\"*ç%&/()=?`" "QWERTZUIOPü!£ " "ASDFGHJKLöä" "YXCVBNM;:_"),
    Layout("bepo", "$\"«»()@+-/*=%" "bépoè^vdljzwç " "auie,ctsrnm" "àyx.k’qghf",
           "#1234567890°`" "BÉPOÈ!VDLJZWÇ " "AUIE;CTSRNM" "ÀYX:K?QGHF", shift_lock=True),
)  # fmt: skip


@dataclass(frozen=True)
class Retyped:
    """A text as the scanner meant it, and the layout under which it reads so (`us` when nothing was mangled)."""

    text: str
    layout: str
    caps: bool = False


def retyped(text: str) -> Iterator[Retyped]:
    """Each way to read a text typed by a scanner: as it stands, then under every layout that has all its signs."""
    yield Retyped(text, "us")
    for layout in LAYOUTS:
        for caps, keys in layout.readings:
            meant = [keys.get(sign) for sign in text]
            if None not in meant:
                yield Retyped("".join(sign for sign in meant if sign), layout.name, caps)
