"""How cases are found: by what they are filed under, by what they say, by what they are like."""
