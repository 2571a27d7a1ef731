"""The front desk's console: who may come in, and its pages."""
