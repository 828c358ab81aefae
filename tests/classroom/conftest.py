"""What the tests of the classroom share."""

import forked_programs

forked_programs.ask_no_alembic()
