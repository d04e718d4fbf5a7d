"""What a run is called."""

from carbonpath.accounts.labels import Text, text
from carbonpath.results.results import Results


def title_of(results: Results) -> Text:
    """Return the title of a scenario, its id where it has none."""
    title = results.manifest.get("title") or {}
    if isinstance(title, str):
        return text(title, title)
    zh, en = str(title.get("zh") or ""), str(title.get("en") or "")
    return text(zh or en or results.id, en or zh or results.id)
