//! Makes system calls by the doors of i386 and x32.
