"""The pages that compare the articles."""
