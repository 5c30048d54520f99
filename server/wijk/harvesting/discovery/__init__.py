"""How what is here is found: sitemap, robots, links in headers, schema.org in pages."""
