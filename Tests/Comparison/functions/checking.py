"""Functions that fail for arguments of another type, as typed parameters in Swift do."""


def checked(wanted, value):
    """Returns the value if it is of the given type."""
    if type(value) is not wanted:
        raise TypeError(f"wanted {wanted}, got {value!r}")
    return value


def whole(value):
    """Returns the value if it is an integer of at most 64 bits, such as 1.0."""
    if type(value) not in (int, float) or value != int(value) or not -(2**63) <= value < 2**63:
        raise TypeError(f"wanted an integer, got {value!r}")
    return int(value)
