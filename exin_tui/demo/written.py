"""What is gathered while one group of the demo's participants is written."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

from exin_tui.demo.happenings import Telling
from exin_tui.demo.lives import Life
from exin_tui.demo.plans import Line


@dataclass
class Written:
    """The ids of a group of participants, and by life the lines in which the program tells what was written."""

    ids: dict[int, int]
    told: dict[int, list[Telling]] = field(default_factory=dict)

    def tell(self, life: Life, line: Line, day: date, subject: str) -> None:
        """Note a line to write among the entries."""
        columns = {
            "at": line.at,
            "day": day,
            "kind": line.kind,
            "detail": "" if line.entry else json.dumps(line.detail, ensure_ascii=False),
            "created_at": line.at,
            **line.entry,
        }
        self.told.setdefault(life.number, []).append(Telling(life.number, line.at, None, columns, subject))
