"""What portals take, made from the snapshot and the change log: records, dumps, feeds, streams."""
