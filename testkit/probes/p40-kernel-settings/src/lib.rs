//! Writes the settings of the kernel, with the values that they have.
