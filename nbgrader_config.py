"""nbgrader's settings: solutions/ is the source, notebooks/ is the release; nothing else moves."""

from importlib.util import find_spec
import os
from pathlib import Path
import sys

# nbgrader calls its database tool by name, which is found beside this Python even when the
# environment has not been activated.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

c = get_config()  # noqa: F821  (nbgrader puts this name in place)

c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"

# The learners' version keeps the pictures of the lesson and none of the answers.
ours = "classroom.authoring.release_steps."
nbgraders = "nbgrader.preprocessors."
c.GenerateAssignment.preprocessors = [
    nbgraders + "IncludeHeaderFooter",
    ours + "DropWorkedSolutions",
    nbgraders + "LockCells",
    nbgraders + "ClearSolutions",
    ours + "KeepLessonOutputs",
    ours + "HideWhatIsToBePredicted",
    ours + "LetUnsolvedCellsFail",
    nbgraders + "CheckCellMetadata",
    nbgraders + "ComputeChecksums",
    nbgraders + "SaveCells",
    nbgraders + "ClearHiddenTests",
    nbgraders + "ClearMarkScheme",
    ours + "DropAttachments",
    nbgraders + "ComputeChecksums",
    nbgraders + "CheckCellMetadata",
    ours + "Normalise",
]
c.ClearSolutions.code_stub = {
    "python": "# Write your answer here, in place of the next line.\nraise NotImplementedError"
}

# Lessons whose worked solutions learners get later, such as "02-softmax-and-logits": the next
# `make release` takes them back.
c.WorkedSolutions.withheld = []

# A lesson on training takes longer than nbgrader's 30 seconds a cell.
c.ExecutePreprocessor.timeout = 300
c.Execute.timeout = 300
# A file numpy.py or a folder crossentropy/ in a submission must not be imported in place of ours.
c.Execute.extra_arguments = ["--InteractiveShellApp.ignore_cwd=True"]

# Answers and tries travel beside the notebook; no road may drop or overwrite them.
OWN_FILES = ["responses.json", "tries.json"]
lessons = [path.name for path in Path(__file__).parent.glob("solutions/*")]
c.Autograde.exclude_overwriting = dict.fromkeys(lessons, OWN_FILES)
c.ZipCollectApp.collector_plugin = "nbgrader.plugins.zipcollect.FileNameCollectorPlugin"
# The .txt is timestamp.txt, which says when it was handed in.
c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".json", ".txt"]
# One archive or folder a student, named after the student; folders inside it do not matter.
c.FileNameCollectorPlugin.named_regexp = (
    r".*[\\/]extracted[\\/](?P<student_id>[^\\/]+)[\\/](?:.*[\\/])?(?P<file_id>[^\\/]+)$"
)

# The Formgrader and feedback pages show formulas without a network, too.
c.HTMLExporter.filters = {"markdown2html": "classroom.notebook_text.markdown2html"}
# The Formgrader loads MathJax from a network, and its keys would be dead without one. Jupyter finds
# our template in place of the one that does.
templates = Path(find_spec("classroom").origin).parent / "grading" / "templates" / "jupyter"
jupyter_path = os.environ.get("JUPYTER_PATH", "").split(os.pathsep)
os.environ["JUPYTER_PATH"] = os.pathsep.join(
    dict.fromkeys([str(templates), *filter(None, jupyter_path)])
)
