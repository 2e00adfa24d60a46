"""What a label says. Never a person's name: a label may be read by anybody, anywhere."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LabelContent:
    """`tag`: ten digits; `page_url`: address of the device's open page; an empty text leaves its line out."""

    tag: str
    device_name: str
    serial_tail: str
    association: str
    telephone: str
    page_url: str

    @property
    def tag_groups(self) -> str:
        """The tag in groups for the eye: `1 4072 8815 8`."""
        return f"{self.tag[0]} {self.tag[1:5]} {self.tag[5:9]} {self.tag[9:]}"

    @property
    def last_four(self) -> str:
        """The everyday name of the device."""
        return self.tag[-4:]
