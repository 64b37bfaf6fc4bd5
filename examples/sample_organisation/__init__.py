"""An invented province with its plan, its registry and its local sites: what `bamsat demo` and the end-to-end tests run on.

It is reached over real HTTP by the same code as real outlets. `truth` is for tests and evaluation, never for the product.
"""

from examples.sample_organisation.organisation import SampleOrganisation, TrueLabel, build
from examples.sample_organisation.server import serve
from examples.sample_organisation.sites import Site

__all__ = ["SampleOrganisation", "Site", "TrueLabel", "build", "serve"]
