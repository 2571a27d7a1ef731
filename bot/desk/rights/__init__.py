"""Patients' rights: what is kept of a person is found, handed over and erased."""
