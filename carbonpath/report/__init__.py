"""One offline HTML page made from stored results: briefing, charts, tables, trust."""
