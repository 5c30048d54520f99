"""`/def`: the ontology as people read it, in Dutch and in English."""
