"""What the lessons import: questions, data, pictures and training helpers.

Import this package before TensorFlow, in the notebook's folder: it prepares the process for lessons
(`quiet`) and remembers the folder (`own_folder`). It loads neither TensorFlow nor Matplotlib by
itself.
"""

from crossentropy import own_folder, quiet

own_folder.remember()
quiet.prepare()
