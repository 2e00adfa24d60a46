"""What a drive is, from its model's name: `lshw` tells no solid-state disk from a magnetic one.

Families and prefixes are those makers print on their drives. An unknown name stays unknown: nothing is guessed.
"""

import re

SOLID_STATE = re.compile(
    r"""ssd | nvme | solid\s?state | ^(samsung\s)?mz[-\dahlnqvy] | ^(crucial[_\s])?ct\d+[a-z]
    | ^kingston\s(s[akvmu]|om|rb) | ^sandisk\s(s[dp]|x\d) | ^sd[789s][a-z] | ^ts\d+g(ssd|mts|esd) | ^(wdc\s)?wds\d
    | ^lite-?on | ^sk\s?hynix | ^hfs\d | ^micron[_\s] | ^mtfd | ^toshiba\s(th|q\d|kxg|kbg) | ^(thn|kxg|kbg) | ^ocz
    | ^adata\ss | ^plextor\spx | ^pny\scs | ^apacer\sa | ^ramaxel\sr | ^union\smemory | ^hoodisk | ^intenso\ss
    | ^corsair\s(force|neutron) | ^patriot\s(b|p) | ^umis | ^biwin | ^dogfish | ^kingspec""",
    re.VERBOSE | re.IGNORECASE,
)
MAGNETIC = re.compile(
    r"""^st\d{3} | ^(wdc\s)?wd\d | ^hitachi\sh | ^h(ts|ds|dt|ua|us|uh|uc)[\dt] | ^hgst\sh | ^wuh\d
    | ^toshiba\s(mk|mq|dt|mg|md|hdw) | ^(mk|mq|dt)\d{2} | ^samsung\s(hd|hm|hn|sp|hs) | ^maxtor | ^fujitsu\sm
    | ^excelstor | ^ic\d{2}[a-z] | ^quantum | ^seagate\sst | ^(barracuda|momentus)""",
    re.VERBOSE | re.IGNORECASE,
)


def kind_of_model(model: str | None) -> str | None:
    """`ssd`, `hdd`, or None for a name of no known family."""
    name = (model or "").strip()
    if SOLID_STATE.search(name):
        return "ssd"
    return "hdd" if MAGNETIC.search(name) else None
