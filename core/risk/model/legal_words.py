"""The words for what a legal reference is: the same in sheets, views, pages and commands.

Nothing is imported here, so that a command may name them before it does any work.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ROLES: Final[Mapping[str, str]] = {
    "forbids": "禁止",
    "punishes": "处罚",
    "discretion": "裁量",
    "coercion": "强制",
    "exempts": "免罚",
}
YES, NO = "已核实", "未核实"
VERIFIED: Final[Mapping[str, str]] = {
    "text": f"{YES}（对照原文）",
    "eye": f"{YES}（人工核对）",
    "unverified": NO,
}
# What stands behind everything that nobody has verified.
UNVERIFIED: Final = f"【{NO}】"
