//! Reaches the kernel by io_uring, past filters of system calls.
