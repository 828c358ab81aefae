"""What a learner's file of answers may hold."""

import json


def hold(lesson, question_id, *answers):
    """Put down attempts as a learner's file, or somebody hostile, might hold them."""
    path = lesson / "responses.json"
    record = json.loads(path.read_text()) if path.exists() else {"schema": 2, "responses": {}}
    record["responses"][question_id] = {"attempts": [{"answer": one} for one in answers]}
    path.write_text(json.dumps(record))
