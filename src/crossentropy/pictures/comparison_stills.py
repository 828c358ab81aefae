"""The figures of lesson 06 beside its explorers: images under suspicion."""

from collections.abc import Sequence

from crossentropy.pictures.drawing import Picture, new_figure
import numpy as np


def suspicious_images(
    x: np.ndarray,
    y_given: np.ndarray,
    probabilities: np.ndarray,
    class_names: Sequence[str],
    chosen: Sequence[int],
) -> Picture:
    """Show images with the label that they carry, and what a network says to each.

    Parameters
    ----------
    x : array, shape (N, height, width, 1)
        Images, 0 to 1.
    y_given : array, shape (N, K)
        One-hot labels as they were given.
    probabilities : array, shape (N, K)
        What the network predicts.
    class_names : sequence of K str
    chosen : sequence of int
        Places of the images to show, at most ten, in rows of five.

    Returns
    -------
    Picture
        Above each image: its label, what the network says and how surely, and the loss.
    """
    chosen = np.asarray(chosen)[:10]
    rows = -(-len(chosen) // 5)
    figure, panels = new_figure(
        columns=5,
        rows=rows,
        height=2.1 * rows,
        alt=f"{len(chosen)} training images, each with the label that it carries, what the network "
        "says instead, and its loss.",
    )
    for panel in figure.axes:
        panel.set_axis_off()
    for panel, place in zip(np.ravel(panels), chosen, strict=False):
        said = int(probabilities[place].argmax())
        loss = -np.log(probabilities[place, y_given[place].argmax()])
        panel.imshow(x[place, ..., 0], cmap="gray_r", vmin=0, vmax=1)
        panel.set_title(
            f'"{class_names[y_given[place].argmax()]}"\n'
            f"says {class_names[said]}\n"
            f"{probabilities[place, said]:.0%}, loss {loss:.1f}",
            fontsize=9,
        )
    return figure
