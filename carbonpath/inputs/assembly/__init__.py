"""Clean tables to the parameters of an EnergySystem, one file per subject."""
