"""Results of a run: the dataset, its storage, its extraction."""
