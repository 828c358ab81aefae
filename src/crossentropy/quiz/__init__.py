"""Quizzes inside a notebook: shown from the bank, recorded beside the notebook, graded from there.

::

    from crossentropy import quiz

    quiz.ask("01-what-it-measures")            # show a question; each answer is recorded at once
    quiz.predict("01-predict-uniform")         # record a prediction before the code runs
    quiz.reveal("01-predict-uniform", loss)    # and set it against what the run gave
    quiz.points(["01-what-it-measures"], out_of=1)   # last line of a grade cell

    quiz.bet("01-what-it-measures")            # spread probabilities over the options
    quiz.bets()                                # what all bets cost, and whether you are too sure

    quiz.passed("01-cross-entropy")            # in a graded cell, after its visible checks
    quiz.worked_solution("01-cross-entropy")   # a button that unfolds it

    quiz.challenge(), quiz.test()              # questions one at a time, see quiz.sittings
    quiz.challenge_points(5), quiz.test_points(10)
    quiz.progress()                            # what is done, and what to recall next
    quiz.hand_in()                             # one file of this lesson, for a teacher

    quiz.answer("01-what-it-measures", "b")    # the same as clicking, where there are no widgets
    quiz.bet("01-what-it-measures", [0.1, 0.7, 0.1, 0.1])
    quiz.another("01-what-it-measures")        # fresh numbers, where the question has any
    quiz.next_question("test")                 # then quiz.answer(..., sitting="test")
    quiz.save_badge("Ada")
"""

from crossentropy.quiz.betting import bet, bets
from crossentropy.quiz.by_call import another, answer, next_question, save_badge
from crossentropy.quiz.exercises import passed, worked_solution
from crossentropy.quiz.handing_in import hand_in
from crossentropy.quiz.predictions import predict, reveal
from crossentropy.quiz.score import challenge_points, points, test_points
from crossentropy.quiz.showing import ask, challenge, progress, test

__all__ = [
    "another",
    "answer",
    "ask",
    "bet",
    "bets",
    "challenge",
    "challenge_points",
    "hand_in",
    "next_question",
    "passed",
    "points",
    "predict",
    "progress",
    "reveal",
    "save_badge",
    "test",
    "test_points",
    "worked_solution",
]
