"""The steps from an empty database to the tables of ``integrations.store.schema``, run by Alembic.

A change of the schema is a new module under ``versions``, written by hand; the contract tests say what
still differs from ``schema`` on either database.
"""
