//! Asks the relay for other hosts, ports and ways than the one.
