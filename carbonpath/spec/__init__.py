"""What exists: dimensions, units, tables, parameters, quantities. Pure declarations."""
