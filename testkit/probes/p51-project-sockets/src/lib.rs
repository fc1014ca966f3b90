//! Reaches for processes outside through sockets and FIFOs of the project.
