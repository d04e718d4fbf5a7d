"""From a system to a linear model: rules, the data they read, and their lowering to a matrix."""
