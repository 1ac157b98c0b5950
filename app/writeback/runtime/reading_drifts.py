"""What drifted, for screens: from what the CRM last said, asking nobody.

Must not: ask a CRM; the façade's `drifts` does.
"""

from writeback.engine import drifting
from writeback.model.integrations import Integration
from writeback.runtime.drift_lines import report_of
from writeback.runtime.facade.drifts import DriftReport
from writeback.store.glances import Glances


def report(glances: Glances, integration: Integration) -> DriftReport:
    """Give an integration's drifts in words."""
    with glances.reading() as db:
        found = drifting.find_kept(db, integration)
    return report_of(integration.id, integration.object, found)
