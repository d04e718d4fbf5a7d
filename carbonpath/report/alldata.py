"""All data of a page in one archive: indicators in full precision, targets, prices, sources."""

import base64
import html
import zipfile
from collections.abc import Sequence
from io import BytesIO

import pandas as pd

from carbonpath.accounts.calibration import calibrated
from carbonpath.accounts.comparison import indicators
from carbonpath.accounts.declare import INDICATORS, Accounts
from carbonpath.accounts.labels import text
from carbonpath.accounts.prices import shadow_prices
from carbonpath.accounts.quality import sources_used
from carbonpath.accounts.scorecard import scorecard
from carbonpath.report.markup import Speaker

MOST = 220_000
"""Bytes: a larger archive is not put into the page, so that twelve pathways stay below 3 MB."""
STAMP = (1980, 1, 1, 0, 0, 0)
"""Files in the archive bear no time, so that the same run gives the same page."""


def tables(runs: Sequence[Accounts]) -> dict[str, pd.DataFrame]:
    """Return the tables of the archive by name; those of several runs have a scenario column."""
    wide = indicators(runs).reset_index()
    wide.insert(1, "name_zh", [INDICATORS[name].zh for name in wide["indicator"]])
    wide.insert(2, "name_en", [INDICATORS[name].en for name in wide["indicator"]])
    stacked = {
        "targets": [one.once(scorecard) for one in runs],
        "shadow_prices": [one.once(shadow_prices) for one in runs],
        "calibration": [calibrated(one) for one in runs],
        "sources": [one.once(sources_used) for one in runs],
    }
    made = {"indicators": wide}
    for name, frames in stacked.items():
        named = [
            frame.assign(scenario=one.results.id) for one, frame in zip(runs, frames, strict=True)
        ]
        kept = [frame for frame in named if len(frame)]
        if kept:
            made[name] = pd.concat(kept, ignore_index=True).set_index("scenario").reset_index()
    return made


def archive(runs: Sequence[Accounts]) -> bytes:
    """Return the tables as CSV files in one zip archive."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, frame in tables(runs).items():
            info = zipfile.ZipInfo(f"{name}.csv", STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, "\ufeff" + frame.to_csv(index=False))
    return buffer.getvalue()


def all_data(packed: bytes, name: str, speaker: Speaker, beside: str = "") -> str:
    """Return the button that saves an archive of all data, or a link to the file that holds them.

    `beside` names the file that lies beside the page where the archive is too large for it.
    """
    if beside:
        said = text(
            f"全部数据：{beside}（与本页同一文件夹）", f"All data: {beside}, beside this page"
        )
        return f'<a class="take" href="{html.escape(beside)}">{speaker(said)}</a>'
    said = text("下载全部数据", "Download all data")
    code = base64.b64encode(packed).decode()
    return (
        f'<button type="button" class="take" data-do="all">{speaker(said)}</button>'
        f'<script type="text/plain" id="all-data" data-name="{html.escape(name)}.zip">'
        f"{code}</script>"
    )
