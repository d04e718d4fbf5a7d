"""The validated system: sets, parameters, time and money. It knows no files and no solver."""
