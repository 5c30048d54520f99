"""The resources of `/api/v1`: one file each; `description` tells of all of them."""
