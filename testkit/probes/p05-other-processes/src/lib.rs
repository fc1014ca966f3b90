//! Reads the environment and command line of every process.
