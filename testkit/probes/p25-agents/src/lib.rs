//! Connects to the sockets of agents and daemons.
