"""Grade a lesson for a class: prepare, execute apart, record as nbgrader does, give feedback."""
