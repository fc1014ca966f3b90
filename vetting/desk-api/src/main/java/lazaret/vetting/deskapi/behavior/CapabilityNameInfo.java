package lazaret.vetting.deskapi.behavior;

/// The name of a capability.
///
/// @param what the capability, for example `env-read`
/// @param title the capability in words, for example `Reads variables`
public record CapabilityNameInfo(String what, String title) {}
