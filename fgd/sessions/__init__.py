"""FGD series and sessions, their rundown and topics."""
