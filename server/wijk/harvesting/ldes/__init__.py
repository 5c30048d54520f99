"""The change log as a Linked Data Event Stream (LDES 1.0) in pages of TREE."""
