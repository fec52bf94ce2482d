"""Every table of the program, gathered so that Alembic sees them all."""

import lms.accounts.models
import lms.assessment.models
import lms.catalog.models
import lms.certificates.models
import lms.core.audit
import lms.core.mail
import lms.core.outbox
import lms.core.site
import lms.core.throttle
import lms.learning.models  # noqa: F401 - importing is the purpose
from lms.core.db import Base

metadata = Base.metadata
