"""The grid in which the map groups villages.

The map shows degrees as they are (plate carrée): near the equator nothing is
distorted, and the cells of every zoom are powers of two of one unit. At zoom 0 the
globe is 512 pixels wide, and each zoom doubles that; a cell is 64 pixels.
"""

#: units all around the earth; one is about ten metres
UNITS = 2**22
DEGREES = 360
#: at this zoom a cell is one unit
FINEST = 19
ZOOMS = range(3, 17)
#: these zooms are rolled up; nearer ones read the villages themselves
ROLLED_UP = range(3, 11)


def column(longitude: float) -> int:
    """Return the units east of 180° west."""
    return int((longitude + 180) * UNITS // DEGREES)


def row(latitude: float) -> int:
    """Return the units south of the pole."""
    return int((90 - latitude) * UNITS // DEGREES)


def longitude(units: float) -> float:
    return round(units * DEGREES / UNITS - 180, 5)


def latitude(units: float) -> float:
    return round(90 - units * DEGREES / UNITS, 5)


def shift(zoom: int) -> int:
    """Return by how many bits to shift units to get cells of that zoom."""
    return FINEST - zoom
