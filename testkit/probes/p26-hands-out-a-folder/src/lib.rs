//! Offers an open folder of the sandbox to whoever comes to its socket.
