"""How the pages are made: `sphinx-build docs FOLDER`."""

from carbonpath.version import VERSION

project = "carbonpath"
author = "the carbonpath developers"
release = VERSION
extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["changelog.d"]
html_theme = "alabaster"
html_theme_options = {"description": "Least-cost pathways of a province", "page_width": "1100px"}
html_copy_source = False
suppress_warnings = ["misc.highlighting_failure"]
