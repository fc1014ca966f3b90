//! Looks for keys in the kernel's keyrings, and adds one.
