"""The day: what a build takes for today, which decides what of the content is out."""

from __future__ import annotations

import datetime as dt
import os


def today() -> dt.date:
    """Today, here; or in UTC the day of `SOURCE_DATE_EPOCH`, by which builds are told the time that they are made for.

    Source: <https://reproducible-builds.org/specs/source-date-epoch/>.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return dt.datetime.fromtimestamp(int(told), dt.UTC).date() if told.isdecimal() else dt.date.today()
