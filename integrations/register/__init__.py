"""The register's files: what the organisation has agreed on, read with all faults at once, and written."""

from integrations.register.dump import dump_register
from integrations.register.load import load_register
from integrations.register.references import KnownPolicies

__all__ = ["KnownPolicies", "dump_register", "load_register"]
