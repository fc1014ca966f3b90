package lazaret.vetting.gate.store;

import lazaret.vetting.text.Coded;

/// The tables of the desk: rows of a key and a small document. The codes are stored and never
/// change.
public enum DeskTable implements Coded {
  /// Sessions of browsers, by the SHA-256 of their secret.
  SESSIONS("sessions", false),
  /// Persons who signed in, by their name in the ledger.
  PEOPLE("people", true),
  /// The content that persons read, by its SHA-256 and person.
  READ_CONTENT("read-content", true),
  /// Notes on lines, by crate and version.
  LINE_NOTES("line-notes", true),
  /// Artifacts that came with a folder of another mirror, by their SHA-256.
  IMPORTED_ARTIFACTS("imported-artifacts", true),
  /// The last trial of rules for the removal of artifacts, by `trial`.
  RETENTION("retention", true),
  /// Versions that this gate hosts, by the collision key of their crate and their version. A `~`
  /// before it marks the number of a version whose row was lost.
  PUBLICATIONS("publications", true),
  /// Names that belong to a private registry, by collision key. Rows are never removed.
  NAMES("crate-names", true),
  /// Owners of private crates, by the collision key of the crate.
  OWNERS("crate-owners", true),
  /// Files of a site, by collection and path.
  SITE_FILES("site-files", true),
  /// Commits of Git repositories, by the SHA-256 of their address and commit.
  GIT_SOURCES("git-sources", true),
  /// Documentation of versions, by crate and version.
  DOCUMENTATION("documentation", true),
  /// Inspection results of other gates, by the SHA-256 of the archive.
  RESULTS("inspection-results", true),
  /// Alarms about names, acknowledged or not, by their kind, name and subject.
  ACKNOWLEDGED("acknowledged-alarms", true),
  /// The files that bundles carried, by the sequence of their snapshot.
  CARRIED_FILES("carried-files", true),
  /// Texts that persons have not sent yet, by person and version.
  DRAFTS("drafts", false),
  /// Logins of commands that wait for a person, by the SHA-256 of their device code, and the last
  /// ends of the sessions of persons. Nodes that share a store write them.
  LOGINS("logins", false),
  /// Sign-ins of browsers that wait for the identity provider, by the SHA-256 of their random id.
  /// Nodes that share a store write them.
  SIGN_INS("sign-ins", false),
  /// Recent refusals of downloads, by the id of the request. Nodes that share a store write them.
  REFUSALS("refusals", false);

  private final String code;
  private final boolean kept;

  DeskTable(String code, boolean kept) {
    this.code = code;
    this.kept = kept;
  }

  /// Returns the stored name.
  @Override
  public String code() {
    return code;
  }

  /// Returns whether a backup contains the table. Credentials and drafts stay in the store.
  public boolean isBackedUp() {
    return kept;
  }
}
