"""The whole site as static files: what the application answers, asked in this process."""
