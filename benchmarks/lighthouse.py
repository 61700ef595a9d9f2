"""Measures the example site with Lighthouse, as a phone on a slow network meets it.

    make lighthouse

The site runs under the production server, on a data folder of its own.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, TypeAlias

from tests.running_site import ROOT, running_site

PAGES = {
    "home": "/",
    "article": "/blog/magnesium-voor-het-slapengaan/",
    "theme": "/thema/slaap/",
    "author": "/auteurs/mirjam/",
}
# A page is measured an odd number of times, and the middle of each number counts.
TIMES = 3
# Lighthouse sometimes misses the beginning of a page (NO_NAVSTART) and asks to be run again.
ATTEMPTS = 3

LIGHTHOUSE = ROOT / ".node" / "node_modules" / ".bin" / "lighthouse"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)

# What Lighthouse says of one page, as JSON.
Report: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Quantity:
    """A column of the table: how it is read from a report, how written, and its bound."""

    name: str
    read: Callable[[Report], float]
    form: str = "{:,.0f}"
    at_least: float | None = None
    at_most: float | None = None

    def written(self, value: float) -> str:
        """The value for people."""
        return self.form.format(value)

    def complaint(self, value: float) -> str:
        """What is wrong with the value; nothing when it keeps the bound."""
        if self.at_least is not None and value < self.at_least:
            bound = f"at least {self.written(self.at_least)}"
        elif self.at_most is not None and value > self.at_most:
            bound = f"at most {self.written(self.at_most)}"
        else:
            return ""
        return f"{self.name} is {self.written(value)} and should be {bound}."


def score(category: str) -> Callable[[Report], float]:
    """Reads a score; there is none when Lighthouse could not tell, and that is no pass."""
    return lambda report: round(100 * (report["categories"][category]["score"] or 0))


def audited(audit: str) -> Callable[[Report], float]:
    """Reads the number that an audit found."""
    return lambda report: float(report["audits"][audit]["numericValue"])


def seconds_to_largest_paint(report: Report) -> float:
    """Reads when the largest piece of the page was there."""
    return audited("largest-contentful-paint")(report) / 1_000


def number_of_requests(report: Report) -> float:
    """Reads how often the browser asked for something."""
    return len(report["audits"]["network-requests"]["details"]["items"])


SCORES = {
    "performance": Quantity("performance", score("performance"), at_least=98),
    "accessibility": Quantity("accessibility", score("accessibility"), at_least=100),
    "best-practices": Quantity("best practices", score("best-practices"), at_least=100),
    "seo": Quantity("SEO", score("seo"), at_least=100),
}
QUANTITIES = [
    *SCORES.values(),
    Quantity("LCP", seconds_to_largest_paint, "{:.2f} s", at_most=1.8),
    Quantity("CLS", audited("cumulative-layout-shift"), "{:.3f}", at_most=0.02),
    Quantity("bytes", audited("total-byte-weight")),
    Quantity("requests", number_of_requests),
]


def main() -> int:
    """Print the table and all that is wrong; the exit status."""
    if missing := missing_tool():
        print(missing, file=sys.stderr)
        return 2
    findings: list[str] = []
    complaints: list[str] = []
    print_row("page", [quantity.name for quantity in QUANTITIES])
    with (
        tempfile.TemporaryDirectory(prefix="leestafel-lighthouse-") as folder,
        running_site(Path(folder), "--demo") as site,
    ):
        for page, address in PAGES.items():
            reports = [measure(site.url + address, Path(folder)) for _ in range(TIMES)]
            values = [median(map(quantity.read, reports)) for quantity in QUANTITIES]
            print_row(page, [q.written(v) for q, v in zip(QUANTITIES, values, strict=True)])
            findings += [f"{page}: {finding}" for finding in below_100(reports)]
            found = [q.complaint(v) for q, v in zip(QUANTITIES, values, strict=True)]
            complaints += [f"{page}: {complaint}" for complaint in found if complaint]
    for lines in (findings, complaints):
        if lines:
            print("", *lines, sep="\n")
    return 1 if complaints else 0


def missing_tool() -> str:
    """What this machine lacks and what to do about it; nothing when all is there."""
    if not shutil.which("node") or not LIGHTHOUSE.exists():
        return "Lighthouse is missing: install Node.js with npm, then run “make node-tools”."
    if not CHROMIUM:
        return (
            "Chromium is missing: install it (on Debian and Ubuntu with “sudo apt install "
            "chromium”) or set CHROMIUM to its path."
        )
    return ""


def measure(url: str, folder: Path) -> Report:
    """Let Lighthouse look at a page once, with its own defaults for the phone and the network."""
    path = folder / "report.json"
    command = [
        str(LIGHTHOUSE),
        url,
        "--quiet",
        "--no-enable-error-reporting",
        f"--only-categories={','.join(SCORES)}",
        "--output=json",
        f"--output-path={path}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    environment = os.environ | {"CHROME_PATH": str(CHROMIUM)}
    for _ in range(ATTEMPTS):
        result = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        if result.returncode == 0:
            report: Report = json.loads(path.read_text(encoding="utf-8"))
            return report
    sys.exit(f"Lighthouse could not measure {url}: {result.stderr.strip()}")


def below_100(reports: list[Report]) -> Iterator[str]:
    """What kept each score that is not full from being so, each audit once."""
    for category, quantity in SCORES.items():
        if median(map(quantity.read, reports)) < 100:
            failed = [line for report in reports for line in failed_audits(report, category)]
            yield from (f"{quantity.name}: {line}" for line in dict.fromkeys(failed))


def failed_audits(report: Report, category: str) -> Iterator[str]:
    """The audits of a category that did not pass or broke down."""
    for reference in report["categories"][category]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        broke_down = audit["scoreDisplayMode"] == "error"
        passed = audit["score"] is None or audit["score"] == 1
        # A hidden audit is kept for older programs, and counts for nothing.
        if broke_down or not (passed or reference.get("group") == "hidden"):
            yield f"{audit['id']} ({audit['title']})"


def print_row(page: str, cells: list[str]) -> None:
    """One line of the table, at once: the next one takes half a minute."""
    widths = [max(len(quantity.name), 7) for quantity in QUANTITIES]
    columns = [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)]
    print(page.ljust(8), *columns, sep="  ", flush=True)


if __name__ == "__main__":
    sys.exit(main())
