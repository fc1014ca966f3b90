package lazaret.vetting.deskapi.store;

/// The crates whose artifacts a gate that follows its registry fetches before clients request them.
/// Index files of stored crates stay current in each mode but the first.
public enum FollowMode {
  /// The registry is not followed.
  OFF,
  /// The versions of known lockfiles, and the newest served versions of their crates with all that
  /// these require.
  LOCKFILES,
  /// In addition the most used crates of the registry, up to a size.
  TOP,
  /// All served versions of all crates.
  ALL
}
