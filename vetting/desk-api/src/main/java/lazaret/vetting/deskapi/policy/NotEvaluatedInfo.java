package lazaret.vetting.deskapi.policy;

/// A version that was not evaluated.
///
/// @param name the crate
/// @param version the version
/// @param unavailable whether upstream did not respond
/// @param detail one sentence with the cause
public record NotEvaluatedInfo(String name, String version, boolean unavailable, String detail) {}
