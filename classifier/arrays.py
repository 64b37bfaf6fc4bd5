"""The two kinds of tables that the parts of the classifier hand to each other: a row for each post, a column for each topic."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Flags = NDArray[np.bool_]
