"""Exports in which made-up personal data stands wherever it could, each in a row of its own."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist, with what would give them away."""

    name: str
    identity: str
    phone: str
    plate: str
    energy_plate: str

    @property
    def secrets(self) -> dict[str, str]:
        """What must not get out, each also as careless typists write it."""
        return {
            "name": self.name,
            "identity": self.identity,
            "identity, full width": self.identity.translate(_WIDE),
            "identity, parted": f"{self.identity[:6]} {self.identity[6:14]} {self.identity[14:]}",
            "phone": self.phone,
            "phone, parted": f"{self.phone[:3]}-{self.phone[3:7]}-{self.phone[7:]}",
            "plate": self.plate,
            "plate, with a dot": f"{self.plate[:2]}·{self.plate[2:]}",
            "plate, full width": self.plate.translate(_WIDE),
            "plate, lower case": self.plate.lower(),
            "plate, spaced out": " ".join(self.plate),
            "name, spaced out": " ".join(self.name),
            "new-energy plate": self.energy_plate,
        }


def people(seed: int = 20261124) -> Iterator[Person]:
    """One person after another; region 99, network 179 and province 样 do not exist."""
    chance = random.Random(seed)
    number = 0
    while True:
        number += 1
        surname = chance.choice("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨")
        day = dt.date(1950, 1, 1) + dt.timedelta(days=chance.randrange(20_000))
        figures = f"{chance.randrange(10**5):05}"
        yield Person(
            name=surname + chance.choice("样例") + chr(0x6C5F + number),
            identity=f"9901{chance.randrange(10, 99)}{day:%Y%m%d}{chance.randrange(1000):03}X",
            phone=f"179{chance.randrange(10**8):08}",
            plate=f"样A{figures}",
            energy_plate=f"样AD{figures}",
        )


POLICE = {
    "序号": "1",
    "决定书编号": "",
    "决定机关": "江州交警",
    "当事人": "",
    "证件号码": "",
    "号牌号码": "",
    "号牌种类": "02",
    "违法时间": "2026-03-05 08:15:00",
    "违法地点": "花园路",
    "所属辖区": "澄湖区",
    "违法行为": "违法停车",
    "强制措施类型": "无",
    "处罚种类": "罚款",
    "罚款金额": "200",
    "适用程序": "简易",
    "处罚时间": "2026-03-06 09:00:00",
    "当事人类型": "个人",
    "是否改正": "是",
    "危害后果": "无",
    "是否经提示劝导": "否",
    "处理状态": "已办结",
}
RECORD = {
    "CF_WSH": "",
    "CF_XDR_MC": "",
    "CF_XDR_LB": "自然人",
    "CF_XDR_SHXYM": "",
    "CF_XDR_GSZC": "",
    "CF_XDR_ZZJG": "",
    "CF_XDR_SWDJ": "",
    "CF_FRDB": "",
    "CF_FR_ZJHM": "",
    "CF_XDR_ZJHM": "",
    "CF_WFXW": "机动车违法停放",
    "CF_SY": "机动车违法停放",
    "CF_YJ": "道路交通安全法",
    "CF_CFLB": "罚款",
    "CF_NR": "罚款200元",
    "CF_NR_FK": "0.02",
    "CF_NR_WFFF": "",
    "CF_NR_ZKDX": "",
    "CF_JDRQ": "2026-03-06",
    "CF_CFJG": "江州交警",
    "CF_ZT": "0",
    "BZ": "",
}
# Where a person stands by right, and the number of the case, which is shown.
_OWN = {"当事人": "name", "证件号码": "identity", "号牌号码": "plate"}
_OWN_OF_RECORD = {"CF_XDR_MC": "name", "CF_XDR_ZJHM": "identity"}
_NUMBERS = ("决定书编号", "CF_WSH")


def write_police_export(path: Path) -> list[str]:
    """An export of the traffic police; gives every secret that stands in it."""
    return _write(path, POLICE, _OWN)


def write_record(path: Path) -> list[str]:
    """A 双公示 record; gives every secret that stands in it."""
    return _write(path, RECORD, _OWN_OF_RECORD)


def _write(path: Path, usual: Mapping[str, str], own: Mapping[str, str]) -> list[str]:
    """Every secret in every column, alone and within the usual words, in a row of its own."""
    secrets: list[str] = []
    some = people()
    kinds = tuple(next(some).secrets)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, usual)
        writer.writeheader()
        number = 0
        for column in usual:
            if column in _NUMBERS:
                continue
            for kind in kinds:
                for cell in ("{secret}", "{usual}{secret}", "{usual}，{secret}，{usual}"):
                    number += 1
                    person = next(some)
                    secret = person.secrets[kind]
                    row = {**usual, **{name: getattr(person, kept) for name, kept in own.items()}}
                    row.update(dict.fromkeys(set(_NUMBERS) & set(usual), f"第{number}号"))
                    row[column] = cell.format(secret=secret, usual=usual[column])
                    writer.writerow(row)
                    secrets += {secret, *(person.secrets[kept] for kept in own.values())}
    return secrets
