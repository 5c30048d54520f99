"""`/reconcile`: the Reconciliation Service API 0.2, by which OpenRefine couples tables to things.

The specification is the final report of the W3C Entity Reconciliation Community Group:
https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from wijk.web.reconcile.service import add

__all__ = ("add",)
