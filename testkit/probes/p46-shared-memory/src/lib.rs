//! Leaves and looks for values in memory that processes share by name.
