//! Sends datagrams and asks for names, which carry what was found.
