"""The numbers behind the pictures of lesson 07, against sums by hand and against Keras."""

from crossentropy.pictures.calibration_bins import bin_answers, cross_entropy, softmax
from keras.losses import CategoricalCrossentropy, SparseCategoricalCrossentropy
import numpy as np
import pytest

RANDOM = np.random.RandomState(70)
SCORES = RANDOM.normal(0, 3, (200, 5)).astype("float32")
LABELS = RANDOM.randint(0, 5, 200)
ONE_HOT = np.eye(5, dtype="float32")[LABELS]


def two_classes(confidences):
    """Rows of probabilities whose first class has these."""
    return np.array([[c, 1 - c] for c in confidences])


def test_the_error_is_the_mean_gap_weighted_by_the_answers():
    # Three answers with 0.9, two of them right; one with 0.6, right.
    bins = bin_answers(two_classes([0.9, 0.9, 0.9, 0.6]), [0, 0, 1, 0])
    assert bins.error == pytest.approx(3 / 4 * (0.9 - 2 / 3) + 1 / 4 * 0.4)


def test_gaps_of_different_signs_do_not_cancel():
    rows = two_classes([0.9, 0.6])
    assert bin_answers(rows, [1, 0]).error == pytest.approx((0.9 + 0.4) / 2)
    assert bin_answers(rows, [1, 0], bins=1).error == pytest.approx(0.25)


@pytest.mark.parametrize(("confidence", "place"), [(0.5, 1), (0.51, 2), (0.75, 2), (1.0, 3)])
def test_a_bin_holds_its_upper_edge_and_not_its_lower_one(confidence, place):
    bins = bin_answers(two_classes([confidence]), [0], bins=4)
    assert np.flatnonzero(bins.count).tolist() == [place]


def test_no_answer_is_lost():
    for bins in (1, 2, 7, 10, 100):
        for equal in ("width", "count"):
            held = bin_answers(softmax(SCORES), LABELS, bins=bins, equal=equal).count
            assert (len(held), held.sum()) == (bins, 200)


def test_an_empty_bin_has_no_mean_and_adds_nothing():
    bins = bin_answers(two_classes([0.95]), [0])
    assert np.isnan(bins.confidence[:9]).all()
    assert bins.error == pytest.approx(0.05)


def test_equally_full_bins_hold_as_many_answers_and_follow_each_other():
    bins = bin_answers(softmax(SCORES), LABELS, bins=10, equal="count")
    assert set(bins.count) == {20}
    assert (bins.low[1:] >= bins.high[:-1]).all()


def test_more_equally_full_bins_than_answers_leave_some_empty():
    bins = bin_answers(two_classes([0.9, 0.8]), [0, 0], bins=3, equal="count")
    assert bins.count.tolist() == [1, 1, 0]
    assert bins.error == pytest.approx(0.15)


def test_one_hot_and_integer_labels_give_the_same():
    rows = softmax(SCORES)
    assert bin_answers(rows, ONE_HOT).error == bin_answers(rows, LABELS).error
    assert cross_entropy(SCORES, ONE_HOT) == cross_entropy(SCORES, LABELS)


def test_finer_bins_that_split_others_never_show_a_smaller_error():
    rows = softmax(SCORES)
    errors = [bin_answers(rows, LABELS, bins=bins).error for bins in (5, 10, 20, 100)]
    assert errors == sorted(errors)


@pytest.mark.parametrize("temperature", [0.25, 1.0, 4.0])
def test_the_loss_is_that_of_keras_from_divided_scores(temperature):
    divided = SCORES / np.float32(temperature)
    ours = cross_entropy(SCORES, ONE_HOT, temperature)
    assert ours == pytest.approx(
        float(CategoricalCrossentropy(from_logits=True)(ONE_HOT, divided)), rel=1e-5
    )
    assert ours == pytest.approx(
        float(SparseCategoricalCrossentropy(from_logits=True)(LABELS, divided)), rel=1e-5
    )


def test_no_temperature_changes_an_answer():
    for temperature in np.geomspace(0.05, 20, 9):
        answers = softmax(SCORES, temperature).argmax(axis=1)
        np.testing.assert_array_equal(answers, SCORES.argmax(axis=1))


def test_large_scores_do_not_overflow():
    assert cross_entropy(np.array([[1000.0, 0.0]]), [1], 0.05) == pytest.approx(20000)
    np.testing.assert_array_equal(softmax(np.array([[1000.0, 0.0]]), 0.05), [[1, 0]])
