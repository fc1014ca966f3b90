//! Has the linker read a file of the system, and includes one as bytes.
