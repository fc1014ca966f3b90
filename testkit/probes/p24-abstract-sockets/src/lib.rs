//! Connects to a socket of the host that has no file.
