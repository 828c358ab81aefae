"""What the overfitting experiment lets a learner choose."""

import json

from crossentropy.experiment import allowed
from crossentropy.experiment import recipe as recipes
from crossentropy.experiment.allowed import RecipeError
import keras
from keras import layers
import numpy as np
import pytest
import tensorflow as tf

CHOSEN = {
    "optimizer": "adam",
    "learning_rate": 1e-3,
    "batch_size": 64,
    "epochs": 2,
    "patience": None,
}


def chosen(**changes):
    return lambda: {**CHOSEN, **changes}


def small_model():
    return network(layers.Flatten(), layers.Dense(8, activation="relu"))


def network(*hidden, last=None):
    last = layers.Dense(5, activation="softmax") if last is None else last
    return keras.Sequential([keras.Input((28, 28, 1)), *hidden, last])


def refusal(build_model, hyperparameters=None):
    with pytest.raises(RecipeError) as caught:
        recipes.read(build_model, hyperparameters or chosen())
    return str(caught.value)


def test_a_recipe_is_plain_json_and_builds_the_same_layers():
    recipe = json.loads(json.dumps(recipes.read(small_model, chosen())))
    rebuilt = recipes.fresh_model(recipe)
    assert [type(layer).__name__ for layer in rebuilt.layers] == ["Flatten", "Dense", "Dense"]
    assert rebuilt.count_params() == small_model().count_params()


def test_a_functional_model_is_as_good_as_a_sequential_one():
    def build_model():
        inputs = keras.Input((28, 28, 1))
        flat = layers.Flatten()(inputs)
        both = layers.Concatenate()([layers.Dense(4)(flat), layers.Dense(4)(flat)])
        return keras.Model(inputs, layers.Dense(5, activation="softmax")(both))

    rebuilt = recipes.fresh_model(recipes.read(build_model, chosen()))
    assert rebuilt.count_params() == build_model().count_params()


@pytest.mark.parametrize(
    "hidden",
    [
        [layers.Conv2D(4, 3, padding="same"), layers.BatchNormalization(), layers.ReLU()],
        [layers.Conv2D(4, 3, kernel_regularizer="l2"), layers.SpatialDropout2D(0.2)],
        [layers.SeparableConv2D(4, 3, activation="elu"), layers.GlobalAveragePooling2D()],
        [layers.GaussianNoise(0.1), layers.Conv2D(4, 3, kernel_initializer="he_normal")],
        [layers.RandomFlip("horizontal"), layers.RandomTranslation(0.1, 0.1)],
        [layers.RandomRotation(0.05), layers.RandomZoom(0.1), layers.RandomContrast(0.2)],
        [layers.Rescaling(2.0, offset=-1.0), layers.ZeroPadding2D(2), layers.AlphaDropout(0.1)],
    ],
)
def test_the_usual_remedies_are_allowed(hidden):
    recipe = recipes.read(lambda: network(*hidden, layers.Flatten()), chosen())
    assert recipes.fresh_model(recipe).output_shape == (None, 5)


@pytest.mark.parametrize("name", ["Adam", "adamw", "AdamW", "SGD", "RMSprop"])
def test_an_optimizer_may_be_spelled_as_keras_spells_it(name):
    recipe = recipes.read(small_model, chosen(optimizer=name))
    assert type(recipes.optimizer(recipe)).__name__.lower() == name.lower()


@pytest.mark.parametrize(
    "activation",
    [
        tf.nn.relu,
        tf.nn.silu,
        tf.nn.softmax,
        keras.activations.gelu,
        keras.ops.tanh,
        layers.LeakyReLU(0.2),
        layers.ReLU(),
    ],
)
def test_an_activation_may_be_given_by_function_or_as_a_layer(activation):
    def build_model():
        return network(layers.Flatten(), layers.Dense(8, activation=activation))

    rebuilt = recipes.fresh_model(recipes.read(build_model, chosen()))
    x = np.random.default_rng(0).normal(size=(3, 28, 28, 1)).astype("float32")
    original = build_model()
    rebuilt.set_weights(original.get_weights())
    np.testing.assert_allclose(rebuilt(x), original(x), rtol=1e-6)


def functional(join):
    """A network with two branches, joined as `join` says, that ends in what it returns."""
    inputs = keras.Input((28, 28, 1))
    flat = layers.Flatten()(inputs)
    branches = [layers.Dense(5)(flat), layers.Dense(5)(flat)]
    return keras.Model(inputs, join(*branches))


@pytest.mark.parametrize(
    "join",
    [
        lambda x, y: layers.Softmax()(x + y),
        lambda x, y: keras.activations.softmax(keras.activations.relu(x) - 0.5 * y),
        lambda x, y: layers.Dense(5, activation="softmax")(keras.ops.maximum(x, y)),
        lambda x, y: layers.Average()([layers.Softmax()(x), layers.Softmax()(y)]),
    ],
)
def test_networks_may_be_written_with_operators_functions_and_averages(join):
    recipe = recipes.read(lambda: functional(join), chosen())
    x = np.random.default_rng(0).normal(size=(3, 28, 28, 1)).astype("float32")
    np.testing.assert_allclose(np.sum(recipes.fresh_model(recipe)(x), axis=1), 1, rtol=1e-6)
    assert recipes.layers_in_words(recipe)


@pytest.mark.parametrize(
    "join", [lambda x, y: layers.Average()([layers.Softmax()(x), y]), lambda x, y: x + y]
)
def test_what_is_no_distribution_of_probabilities_is_refused(join):
    assert "does not end in a softmax" in refusal(lambda: functional(join))


def test_the_rules_of_the_lesson_name_the_optimizers_that_are_allowed():
    assert set(recipes._OPTIMIZERS) == set(allowed.OPTIMIZERS)


def test_other_images_may_have_another_shape():
    def build_model():
        return keras.Sequential(
            [
                keras.Input((32, 32, 3)),
                layers.GlobalAveragePooling2D(),
                layers.Dense(5, activation="softmax"),
            ]
        )

    recipe = recipes.read(build_model, chosen(), image=(32, 32, 3))
    assert recipes.fresh_model(recipe).input_shape == (None, 32, 32, 3)
    assert "start it with keras.Input((28, 28, 1))" in refusal(build_model)


def test_the_same_choices_have_the_same_key_however_often_keras_has_counted():
    def build_model():
        inputs = keras.Input((28, 28, 1))
        hidden = keras.activations.relu(layers.Dense(8)(layers.Flatten()(inputs)))
        return keras.Model(inputs, layers.Dense(5, activation="softmax")(hidden + 1.0))

    keys = {recipes.key(recipes.read(build_model, chosen())) for _ in range(3)}
    assert len(keys) == 1
    others = [
        recipes.key(recipes.read(build_model, chosen(epochs=3))),
        recipes.key(recipes.read(small_model, chosen())),
    ]
    assert len(keys.union(others)) == 3


def test_weights_set_by_hand_do_not_survive():
    def build_model():
        model = small_model()
        model.set_weights([np.full_like(weights, 7.0) for weights in model.get_weights()])
        return model

    rebuilt = recipes.fresh_model(recipes.read(build_model, chosen()))
    assert not any((weights == 7.0).any() for weights in rebuilt.get_weights())


def test_methods_replaced_on_the_model_do_not_survive():
    def build_model():
        model = small_model()
        model.evaluate = model.predict = model.fit = lambda *_, **__: "forged"
        return model

    rebuilt = recipes.fresh_model(recipes.read(build_model, chosen()))
    assert not {"evaluate", "predict", "fit"} & set(vars(rebuilt))


def test_a_model_class_with_its_own_training_step_is_refused():
    class Cheat(keras.Sequential):
        def train_step(self, data):
            return {"loss": 0.0, "accuracy": 1.0}

    text = refusal(lambda: Cheat(network(layers.Flatten()).layers))
    assert "a class of its own, Cheat" in text


def test_a_layer_of_ones_own_is_refused():
    class Oracle(layers.Layer):
        def call(self, inputs):
            return inputs

    assert "Oracle" in refusal(lambda: network(Oracle(), layers.Flatten()))


def test_a_stock_layers_name_does_not_let_a_layer_of_ones_own_in():
    class Dense(layers.Dense):
        pass

    assert "Dense" in refusal(lambda: network(layers.Flatten(), Dense(5)))


@pytest.mark.filterwarnings("ignore:The object being serialized includes a `lambda`")
def test_functions_inside_layers_are_refused():
    in_lambda = refusal(lambda: network(layers.Lambda(lambda x: x), layers.Flatten()))
    assert "Lambda" in in_lambda
    in_activation = refusal(
        lambda: network(layers.Flatten(), layers.Dense(5, activation=lambda x: x))
    )
    assert "Dense has an activation of its own" in in_activation


def test_weights_hidden_in_an_initializer_are_refused():
    weights = np.ones((784, 5)).tolist()
    constant = keras.initializers.Constant(weights)
    text = refusal(lambda: network(layers.Flatten(), layers.Dense(5, kernel_initializer=constant)))
    assert text.startswith("Dense starts from given weights")


def test_layers_that_carry_data_are_refused():
    stored = layers.Normalization(mean=[0.5], variance=[0.1])
    assert "Normalization" in refusal(lambda: network(stored, layers.Flatten()))
    assert "Discretization" in refusal(
        lambda: network(layers.Flatten(), layers.Discretization(bin_boundaries=[0.5]))
    )


def test_a_compiled_model_is_sent_back_because_the_loss_is_fixed():
    def build_model():
        model = small_model()
        model.compile(loss="mse", optimizer="adam")
        return model

    assert "leave compile() out" in refusal(build_model)


@pytest.mark.parametrize(
    ("build_model", "words"),
    [
        (lambda: None, "returned nothing (None), not a Keras model"),
        (lambda: "model", "returned a str"),
        (lambda: network(last=layers.Dense(5, activation="softmax")), "a Flatten is missing"),
        (lambda: network(layers.Flatten(), last=layers.Dense(5)), "does not end in a softmax"),
        (
            lambda: network(layers.Flatten(), last=layers.Dense(3, activation="softmax")),
            "(None, 5) is needed",
        ),
        (
            lambda: keras.Sequential(
                [keras.Input((28, 28)), layers.Flatten(), layers.Dense(5, activation="softmax")]
            ),
            "start it with keras.Input((28, 28, 1))",
        ),
        (lambda: keras.Sequential([layers.Dense(5)]), "put keras.Input((28, 28, 1)) first"),
        (lambda: network(layers.Flatten(), layers.Dense(4000)), "the limit is 3,000,000"),
        (
            lambda: network(layers.Flatten(), *(layers.ReLU() for _ in range(40))),
            "layers: keep to 40",
        ),
    ],
)
def test_a_model_that_does_not_fit_gets_one_clear_sentence(build_model, words):
    text = refusal(build_model)
    assert words in text
    assert "\n" not in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"optimizer": keras.optimizers.Adam()}, '"optimizer" is'),
        ({"optimizer": "lion"}, "choose one of the words adam, adamw, rmsprop, sgd"),
        ({"learning_rate": keras.optimizers.schedules.ExponentialDecay(1, 1, 1)}, "learning_rate"),
        ({"learning_rate": 0}, "above 0"),
        ({"learning_rate": float("nan")}, "above 0"),
        ({"batch_size": 1}, "from 16 to 512"),
        ({"batch_size": 64.5}, "a whole number"),
        ({"batch_size": True}, "a whole number"),
        ({"epochs": 10_000}, "from 1 to 60"),
        ({"patience": 0}, "or None, for no early stopping"),
        ({"loss": "mse"}, "has 'loss', which this experiment does not use"),
        ({"callbacks": [keras.callbacks.Callback()]}, "has 'callbacks'"),
        ({"validation_split": 0.5}, "has 'validation_split'"),
        ({"x_train": np.zeros(3)}, "has 'x_train'"),
    ],
)
def test_a_hyperparameter_that_is_not_a_plain_choice_is_refused(changes, words):
    assert words in refusal(small_model, chosen(**changes))


def test_a_missing_hyperparameter_is_named():
    assert 'has no "epochs"' in refusal(
        small_model,
        lambda: {"optimizer": "adam"} | {"learning_rate": 0.1, "batch_size": 32, "patience": 3},
    )
    assert "return a dictionary" in refusal(small_model, lambda: [1, 2])


def test_numpy_numbers_are_numbers():
    recipe = recipes.read(small_model, chosen(epochs=np.int64(3), learning_rate=np.float32(0.01)))
    assert type(recipe["hyperparameters"]["epochs"]) is int
    assert type(recipe["hyperparameters"]["learning_rate"]) is float


def test_a_number_that_changes_its_mind_is_refused():
    class Liar(int):
        def __le__(self, other):
            return True

    assert "epochs" in refusal(small_model, chosen(epochs=Liar(10_000)))


def test_what_is_not_written_yet_stays_not_implemented():
    def build_model():
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        recipes.read(build_model, chosen())


def test_a_recipe_from_elsewhere_is_checked_again():
    recipe = recipes.read(small_model, chosen())
    with pytest.raises(RecipeError):
        recipes.fresh_model(
            {**recipe, "hyperparameters": {**recipe["hyperparameters"], "epochs": 999}}
        )
    with pytest.raises(RecipeError):
        recipes.fresh_model({**recipe, "model": recipe["model"].replace('"Flatten"', '"Lambda"')})


def test_layers_are_told_in_words():
    model = network(
        layers.RandomFlip("horizontal"),
        layers.RandomTranslation(0.1, 0.2),
        layers.Conv2D(8, 3, activation="relu", kernel_regularizer=keras.regularizers.L2(0.001)),
        layers.Conv2D(8, 3, strides=2, padding="same"),
        layers.MaxPooling2D(),
        layers.Dropout(0.25),
        layers.Flatten(),
    )
    recipe = recipes.read(lambda: model, chosen())
    assert recipes.layers_in_words(recipe) == [
        "RandomFlip horizontal",
        "RandomTranslation 0.1 0.2",
        "Conv2D 8 3x3 relu L2(0.001)",
        "Conv2D 8 3x3 stride 2 same",
        "MaxPooling2D 2x2",
        "Dropout 0.25",
        "Flatten",
        "Dense 5 softmax",
    ]
