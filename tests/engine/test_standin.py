"""TensorFlow is not there; Rasa imports all the same, and needing it gives one clear error."""

import pytest
from rasa.shared.exceptions import RasaException


def test_every_stock_component_imports() -> None:
    from rasa.engine.recipes.default_components import DEFAULT_COMPONENTS

    assert {"DIETClassifier", "TEDPolicy"} <= {c.__name__ for c in DEFAULT_COMPONENTS}


def test_the_stand_in_is_what_is_imported() -> None:
    import tensorflow

    assert "stands in" in tensorflow.__doc__.lower()


def test_names_serve_as_annotation_base_class_and_decorator() -> None:
    import tensorflow as tf

    class Layer(tf.keras.layers.Layer):
        """A layer."""

    @tf.function
    def call(value: tf.Tensor) -> tf.Tensor:
        return value

    assert issubclass(Layer, tf.keras.Model.__class__) is False
    assert call(3) == 3


def test_submodules_import() -> None:
    from keras.utils.control_flow_util import smart_cond
    from tensorflow.python.eager.wrap_function import WrappedFunction

    assert smart_cond is not WrappedFunction


def test_using_it_says_what_is_missing_and_what_to_do() -> None:
    import tensorflow as tf

    with pytest.raises(
        RasaException, match=r"TensorFlow isn't installed.*\(tensorflow\.constant\)"
    ):
        tf.constant([1, 2])


def test_a_component_that_needs_it_is_named() -> None:
    from rasa.nlu.classifiers.diet_classifier import DIET

    with pytest.raises(RasaException, match=r"diet_classifier\.DIET\).*remove them"):
        DIET(data_signature={}, label_data=None, entity_tag_specs=None, config={})
