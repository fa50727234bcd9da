"""A headless Chromium, and what an official would see in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync --lang=zh-CN"
)

# Every text that shows, in the page and in what the browser draws from attributes; explanations
# folded away are opened first. Code is the same in every language.
_TEXTS = """
const [leftOut, attributes] = arguments
document.querySelectorAll('details').forEach(details => { details.open = true })
const texts = [document.title]
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
while (walker.nextNode()) {
  const holder = walker.currentNode.parentElement
  const shows = holder.tagName === 'OPTION' || holder.getClientRects().length
  if (shows && !holder.closest(leftOut)) texts.push(walker.currentNode.textContent)
}
for (const name of attributes)
  for (const holder of document.querySelectorAll('[' + name + ']'))
    if (!holder.closest(leftOut)) texts.push(holder.getAttribute(name))
return texts.map(text => text.trim()).filter(Boolean)
"""
_CODE = "code, pre, textarea, style, script"
_ATTRIBUTES = ("placeholder", "aria-label", "data-heading", "title")


@contextmanager
def chromium(profile: Path) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS.split(), f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        driver.get("about:blank")
        driver.get_log("performance")
        yield driver
    finally:
        driver.quit()


def follow(driver: webdriver.Chrome, element: WebElement) -> None:
    """Click what leads to another page, and wait until the old one is gone."""
    old = driver.find_element(By.TAG_NAME, "html")
    element.click()
    WebDriverWait(driver, 60, poll_frequency=0.05).until(staleness_of(old))


def resize(driver: webdriver.Chrome, width: int) -> None:
    """Show pages as on a screen of that width; a phone's where it is narrow."""
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def texts(driver: webdriver.Chrome, raw: bool) -> list[str]:
    """What there is to read on the page; of a `raw` table only the frame, not the codes in it."""
    if not raw:
        return driver.execute_script(_TEXTS, _CODE, _ATTRIBUTES)
    left_out = f"{_CODE}, tbody td, .facts dd, .columns"
    return driver.execute_script(_TEXTS, left_out, _ATTRIBUTES[:-1])


def requested(driver: webdriver.Chrome) -> list[str]:
    """The addresses that pages have asked for since the last call."""
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    return [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]


def complaints(driver: webdriver.Chrome) -> list[str]:
    """What the console has said since the last call, refusals of the page's policy among it."""
    return [entry["message"] for entry in driver.get_log("browser") if entry["level"] != "INFO"]
