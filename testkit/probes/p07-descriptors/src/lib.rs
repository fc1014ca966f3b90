//! Goes through every open descriptor to files of the host.
