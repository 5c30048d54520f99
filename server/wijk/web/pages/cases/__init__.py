"""The pages of cases and initiatives, and what belongs to them: how to cite, what changed."""
