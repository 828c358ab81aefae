"""The images under suspicion stand with their label, the network's answer and their loss."""

from crossentropy.pictures import comparison_stills
import numpy as np

NAMES = ("T-shirt/top", "Trouser", "Coat")


def shown(chosen):
    images = np.arange(4.0).reshape(4, 1, 1, 1) * np.ones((4, 28, 28, 1)) / 4
    given = np.eye(3)[[0, 1, 2, 0]]
    probabilities = np.array([[0.1, 0.2, 0.7], [0.1, 0.8, 0.1], [0.6, 0.2, 0.2], [0.9, 0.1, 0.0]])
    return comparison_stills.suspicious_images(images, given, probabilities, NAMES, chosen)


def test_each_image_has_its_label_the_answer_and_the_loss_of_the_label():
    titles = [axes.get_title() for axes in shown([2, 0]).axes if axes.images]
    assert titles == [
        '"Coat"\nsays T-shirt/top\n60%, loss 1.6',
        '"T-shirt/top"\nsays Coat\n70%, loss 2.3',
    ]


def test_the_images_are_those_that_were_chosen_in_their_order():
    figure = shown([3, 1])
    means = [float(axes.images[0].get_array().mean()) for axes in figure.axes if axes.images]
    assert means == [0.75, 0.25]


def test_at_most_ten_images_are_shown():
    assert len([axes for axes in shown([0, 1, 2] * 5).axes if axes.images]) == 10
