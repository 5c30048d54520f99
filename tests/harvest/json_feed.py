"""The rules of JSON Feed 1.1, as far as a feed of ours uses it."""

TEXT = {"type": "string", "minLength": 1}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}


# What https://jsonfeed.org/version/1.1 asks, as far as it is used here.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        **{name: {"type": "string"} for name in ("title", "description", "language")},
        **{name: {"type": "string", "format": "uri"} for name in ("home_page_url", "feed_url")},
        "authors": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/author"}},
        "items": {"type": "array", "items": {"$ref": "#/$defs/item"}},
    },
    "patternProperties": {"^_": {"type": "object"}},
    "additionalProperties": False,
    "$defs": {
        "author": {
            "type": "object",
            "minProperties": 1,
            "properties": {"name": {"type": "string", "minLength": 1}, "url": {"type": "string"}},
            "additionalProperties": False,
        },
        "item": {
            "type": "object",
            "required": ["id", "content_text"],
            "properties": {
                **{name: TEXT for name in ("id", "url", "title", "content_text", "language")},
                **{name: MOMENT for name in ("date_published", "date_modified")},
                "tags": {"type": "array", "uniqueItems": True, "items": {"type": "string"}},
            },
            "patternProperties": {"^_": {"type": "object"}},
            "additionalProperties": False,
        },
    },
}
