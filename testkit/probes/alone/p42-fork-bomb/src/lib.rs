//! Starts processes and threads until none can be started.
