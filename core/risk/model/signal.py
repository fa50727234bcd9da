"""The canonical signal: a complaint or a citizen's message about a kind of violation.

A signal is no case: it counts for no grade and no figure of one, and is shown beside a point as
社会关注度, because the notice asks to take points of public concern first. It has no column for a
person and none for what was written.
"""

from __future__ import annotations

from typing import Final

from .column import CanonicalColumn

SIGNAL_COLUMNS: Final = (
    CanonicalColumn("signal_id", "text", "诉求编号", "Number of the message.", required=True),
    CanonicalColumn("violation", "text", "违法行为", "Id in the catalogue.", required=True),
    CanonicalColumn("received_on", "date", "受理日期", "When it was received.", required=True),
    CanonicalColumn("district", "text", "区县", "District of the place."),
    CanonicalColumn("place", "text", "地点", "Road segment or site, folded."),
    CanonicalColumn("lat", "float", "纬度", "Degrees, WGS-84."),
    CanonicalColumn("lon", "float", "经度", "Degrees, WGS-84."),
    CanonicalColumn("channel", "text", "渠道", "By which it came, e.g. 12345热线."),
)
