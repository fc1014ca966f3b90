//! Talks to the host of the virtual machine.
