//! Carries what it found out of the sandbox in requests to the gate.
