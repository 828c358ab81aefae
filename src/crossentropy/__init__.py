"""What the lessons import: questions, data, pictures and training helpers.

Importing this package settles the process for lessons (see :mod:`crossentropy.quiet`). Import it
before TensorFlow. It loads neither TensorFlow nor Matplotlib by itself.
"""

from crossentropy import quiet

quiet.settle()
