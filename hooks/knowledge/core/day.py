"""The day: what a build takes for today, which decides what of the content is out."""

from __future__ import annotations

import datetime as dt
import os
from functools import cache

VARIABLE = "SOURCE_DATE_EPOCH"


def today() -> dt.date:
    """Today, here; or in UTC the day of `SOURCE_DATE_EPOCH`, by which builds are told the time that they are made for.

    Source: <https://reproducible-builds.org/specs/source-date-epoch/>.
    """
    return _day_of(os.environ.get(VARIABLE, "")) or dt.date.today()


def latest() -> dt.date:
    """The latest day on which something may have happened: east of here it is tomorrow already."""
    return today() + dt.timedelta(days=1)


def mistold() -> str | None:
    """What `SOURCE_DATE_EPOCH` says where it is no time, at which MkDocs would stop; else None."""
    told = os.environ.get(VARIABLE)
    return None if _day_of(told or "") else told


@cache
def _day_of(told: str) -> dt.date | None:
    try:
        return dt.datetime.fromtimestamp(int(told), dt.UTC).date() if told.isdecimal() else None
    except (ValueError, OverflowError, OSError):  # beyond all calendars
        return None
