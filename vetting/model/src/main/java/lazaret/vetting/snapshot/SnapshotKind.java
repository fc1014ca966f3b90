package lazaret.vetting.snapshot;

import java.util.Optional;
import lazaret.vetting.text.Coded;

/// The content of a bundle.
public enum SnapshotKind implements Coded {
  /// The whole snapshot, for a network that has none or a wrong one.
  FULL("full"),
  /// The changes since a snapshot that the network has.
  DELTA("delta"),
  /// Denials only. A revocation is small and does not depend on a bundle that was lost.
  REVOCATION("revocation"),
  /// Changes of advisories only. No snapshot is stored for it.
  ADVISORIES("advisories");

  private final String code;

  SnapshotKind(String code) {
    this.code = code;
  }

  /// Returns the word for bundles and reports, for example `delta`.
  @Override
  public String code() {
    return code;
  }

  /// Returns the kind with a word, or empty if there is none.
  public static Optional<SnapshotKind> find(String code) {
    return Coded.find(SnapshotKind.class, code);
  }
}
