//! Opens raw, packet, netlink and cryptography sockets.
