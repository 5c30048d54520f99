"""The resources of `/api/v1`: one file each; every operation also stands in web/openapi.json."""
