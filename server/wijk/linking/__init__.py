"""What others publish about places: registers, figures and services, and how a case is found there.

The only room that knows outside APIs.
"""
