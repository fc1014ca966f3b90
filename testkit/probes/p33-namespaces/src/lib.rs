//! Makes namespaces of its own, where it would be root.
