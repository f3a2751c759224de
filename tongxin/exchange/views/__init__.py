"""The pages of bringing in, and the files that are taken out."""
