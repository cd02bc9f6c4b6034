"""A ward where nine people promise seven things each, at length; the texts of one are hostile."""

from dataclasses import replace
from pathlib import Path

import town
import townhall

from portal.record.documents import Kind
from portal.settings import Settings

LONG = "Rà soát, đo đạc, lập hồ sơ và xử lý dứt điểm toàn bộ các trường hợp ĐẤT CÔNG bị lấn chiếm, " * 4
PEOPLE, EACH = 9, 7
HOSTILE = '#image("/etc/passwd") $x^2$ *b* \\ [ ] <script>alert(1)</script> {{ title }} 試 ☂'


def crowd(folder: Path) -> Settings:
    """The settings of that ward's installation."""
    settings = townhall.found(folder)
    pattern = [c for c in town.commitments().values() if c.programme_ref == "ct0chairman"][:EACH]
    lines = []
    for n in range(PEOPLE):
        who = town.holder(f"Phạm Thị Giả Định {n}", "Phó Chủ tịch UBND phường", "phuong-nhi-chieu")
        ref = f"ct0crowd{n}"
        lines.append(town.line(Kind.PROGRAMME, replace(town.programme("ct0chairman", who, f"9{n}/QĐ-MH",
                     withheld=0), ref=ref, tasks=())))  # fmt: skip
        for k, doc in enumerate(pattern):
            text = HOSTILE if n == 0 else f"{LONG} ({n}.{k})"
            made = replace(doc, ref=f"ckcrowd{n}{k}", programme_ref=ref, holder=who, text=text,
                           measure_unit="hồ sơ đủ điều kiện trên một nghìn dân cư")  # fmt: skip
            lines.append(town.line(Kind.COMMITMENT, made))
    townhall.write(settings, lines)
    return settings
