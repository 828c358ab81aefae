"""What teachers run: release, execute, hand out, grade. Its own process never imports TensorFlow.

Of grading, only the kernel server does, a process from which learners' kernels are forked.
"""

import sys

# jsonschema, which reads every notebook, would have this module compile the grammar of IRIs, for a
# second at each start; without it, it leaves out one check that no notebook needs. It is not in
# `uv.lock`; what pip installs for `environment.yml` has it.
sys.modules.setdefault("rfc3987_syntax", None)
