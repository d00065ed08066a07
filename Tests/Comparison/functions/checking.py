"""Fails for arguments of another type, as a typed parameter in Swift does."""


def checked(wanted, value):
    """The value, when it is of that type."""
    if type(value) is not wanted:
        raise TypeError(f"wanted {wanted}, got {value!r}")
    return value


def whole(value):
    """The value, when it is a number that 64 bits hold; 1.0 is one."""
    if type(value) not in (int, float) or value != int(value) or not -(2**63) <= value < 2**63:
        raise TypeError(f"wanted an integer, got {value!r}")
    return int(value)
