"""What sites of others show of us in a frame: a choice of cases, and a map of them."""
