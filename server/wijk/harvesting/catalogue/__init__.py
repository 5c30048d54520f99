"""The catalogue of the datasets, for portals: DCAT, schema.org, VoID and a list of services."""
