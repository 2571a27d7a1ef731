"""Stands in for Keras, which is not installed; see tensorflow_standin."""

from tensorflow_standin import stand_in

__version__ = "2.12.0"
stand_in(__name__)
