package lazaret.sandbox.relay;

/// A `.crate` file named by a lockfile.
///
/// @param name the name of the crate as published
/// @param version the version as written in the lockfile
/// @param sha256 the SHA-256 of its bytes in lower-case hex
public record LockedArtifact(String name, String version, String sha256) {}
