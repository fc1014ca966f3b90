package lazaret.vetting.inventory;

/// The places from which stored artifacts come.
enum ArtifactOrigin {
  /// The upstream of the server.
  UPSTREAM,
  /// A folder of another mirror.
  IMPORT
}
