//! Writes to the memory of other processes and reads data of the kernel.
