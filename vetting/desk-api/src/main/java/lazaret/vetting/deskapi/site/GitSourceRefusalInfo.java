package lazaret.vetting.deskapi.site;

/// A Git dependency that was not admitted.
///
/// @param url the address as the lockfile names it
/// @param commit the id of the commit; empty if the lockfile has none
/// @param reason the reason
public record GitSourceRefusalInfo(String url, String commit, String reason) {}
