package lazaret.sandbox.gate;

/// One `.crate` of a lockfile.
///
/// @param name of the crate as published
/// @param version as the lockfile has it
/// @param sha256 of its bytes, in lower-case hex
public record GateArtefact(String name, String version, String sha256) {}
