"""OAI-PMH 2.0 (protocol of 2002, document of 2015): the cases as records for aggregators."""
