//! Prints what terminals and CI services take for commands.
