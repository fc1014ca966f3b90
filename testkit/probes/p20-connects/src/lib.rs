//! Connects by TCP to the host, its neighbours and the world.
