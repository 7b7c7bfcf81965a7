"""A list of villages judged row by row: which village is meant, and what is odd."""
