//! Offers an open folder of the sandbox to every client of its socket.
