//! Connects by TCP to the host, its neighbors and the world.
