//! Makes system calls by the entries of i386 and x32.
