"""Many runs of one scenario under uncertainty: plan a sample, run it, collect what came out."""
