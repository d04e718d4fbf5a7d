"""From a linear model to a solution: the solver, its options, and what an infeasible model says."""
