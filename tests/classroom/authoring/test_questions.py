"""The bank from a teacher's side: checked, shown, sealed and exported by the classroom command."""

from pathlib import Path
import shutil

from crossentropy.quiz import bank, texts
import nbformat
import pytest
import yaml

from classroom.authoring import questions

ROOT = Path(__file__).parents[3]
LESSONS = bank.lessons()


@pytest.fixture
def course(tmp_path):
    """A course with the challenge and the place of its sealed file."""
    (tmp_path / "solutions").mkdir()
    (tmp_path / "data" / "questions").mkdir(parents=True)
    for path in (ROOT / "solutions").glob(questions.CHALLENGES):
        shutil.copy(path, tmp_path / "solutions")
    return tmp_path


def test_the_bank_and_the_sealed_files_of_the_curriculum_are_sound():
    assert questions.check(ROOT) == []


def test_sealing_makes_the_bytes_that_stand_in_the_repository(course):
    [written] = questions.seal(course)
    assert written.read_bytes() == (ROOT / "data" / "questions" / written.name).read_bytes()


def test_a_challenge_that_was_changed_and_not_sealed_is_told(course):
    questions.seal(course)
    [path] = (course / "solutions").glob(questions.CHALLENGES)
    path.write_text(path.read_text().replace("What does this print?", "What is printed?"))
    [told] = questions.check(course)
    assert told.endswith(
        "does not hold the questions of 08-mastery.challenge.yaml: run make release."
    )


def test_a_broken_challenge_is_told_with_file_question_and_field(course):
    [path] = (course / "solutions").glob(questions.CHALLENGES)
    path.write_text(path.read_text().replace("    time_limit: 120\n", "", 1))
    [told] = questions.check(course)
    assert told.startswith(
        "solutions/08-mastery.challenge.yaml, question 08-mean-of-two, field time_limit: "
    )


@pytest.mark.parametrize(
    "question_id", ["01-what-it-measures", "01-loss-to-probability", "08-mean-of-two"]
)
def test_an_author_reads_the_key_and_every_explanation(question_id):
    told = questions.explain(question_id)
    question = bank.question(question_id)
    assert f"Key: {question.key}" in told
    assert all(one.why.strip() in told for one in [*question.options, *question.wrong])
    told_texts = [question.why, question.otherwise, question.hint]
    told_texts += [text for _, text in texts.solution(question)]
    assert all(text.strip() in told for text in told_texts)


def test_an_author_reads_the_template_the_first_question_and_a_draw():
    told = questions.explain("01-loss-to-probability")
    head, first, drawn = told.split("---\n\n")[0], *told.split("---\n\n")[1:]
    assert "p, from 0.06 to 0.36 by 0.01" in head
    assert "loss = round(-log(p), 3)" in head
    assert "where p != 0.25" in head
    assert "In the lesson (p = 0.3, loss = 1.204); this one counts for points" in head
    assert "the mean loss 1.204" in first
    assert "Key: 0.3" in first
    assert "the mean loss 1.204" not in drawn
    assert "Key: " in drawn


def test_a_template_of_which_a_draw_is_unsound_is_told_with_file_question_and_field(
    course, monkeypatch
):
    entry = bank.question("02-recall-rain").template
    entry = {**entry, "values": {"p": {"first": 0.25, "low": 0.2, "high": 0.9, "step": 0.01}}}
    entry["hint"] = "Not {{p / 7:.7f}}."
    folder = course / "data" / "questions"
    (folder / "02-few.yaml").write_text(
        yaml.safe_dump({"lesson": "02-few", "questions": [entry]}, sort_keys=False)
    )
    monkeypatch.setattr(bank, "folder", lambda: folder)
    monkeypatch.setattr(questions, "lesson_names", lambda course: [])
    for path in (course / "solutions").glob(questions.CHALLENGES):
        path.unlink()
    sections = [one for one in questions.check(course) if "field section" not in one]
    [told] = sections
    assert told.startswith("data/questions/02-few.yaml, question 02-recall-rain, field hint: 0.")
    assert "is too long to work with by hand, with p = 0." in told


def test_at_least_25_questions_are_templates():
    assert len(questions.templates()) >= 25


@pytest.mark.parametrize(
    ("question_id", "lesson", "call"),
    [
        ("01-what-it-measures", "01-loss-definition", 'quiz.ask("01-what-it-measures")'),
        ("01-predict-uniform", "01-loss-definition", 'quiz.predict("01-predict-uniform")'),
        ("08-mean-of-two", "08-mastery", "quiz.challenge()"),
    ],
)
def test_a_question_is_shown_in_a_notebook_of_its_lesson(tmp_path, question_id, lesson, call):
    path = questions.notebook_with(question_id, tmp_path)
    assert path == tmp_path / lesson / f"{lesson}.ipynb"
    [cell] = nbformat.read(path, 4).cells
    assert cell.source.endswith(f"\n{call}")


def test_the_texts_of_a_question_say_how_to_answer_each_kind():
    for question_id, call in {
        "08-which-pairs-run": '("08-which-pairs-run", "ab"), with your letters.',
        "01-cheapest-first": '("01-cheapest-first", "abcd"), with the letters in',
    }.items():
        assert call in texts.as_plain(bank.question(question_id))


def test_a_section_that_is_no_heading_of_its_lesson_is_told(course):
    questions.seal(course)
    for lesson in LESSONS:
        shutil.copytree(ROOT / "solutions" / lesson, course / "solutions" / lesson)
    assert questions.check(course) == []
    path = course / "solutions" / "01-loss-definition" / "01-loss-definition.ipynb"
    section = bank.question("03-recall-first-batch").section
    path.write_text(path.read_text().replace(f"# {section}", "# Another heading"))
    told = questions.check(course)
    assert (
        "data/questions/03-from-logits.yaml, question 03-recall-first-batch, field section: "
        f"{section!r} is no heading of 01-loss-definition."
    ) in told
    assert any(
        "01-loss-definition.yaml, question 01-first-loss, field section" in one for one in told
    )
