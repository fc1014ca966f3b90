package lazaret.vetting.roles;

import java.util.EnumSet;
import java.util.Set;
import lazaret.vetting.text.Coded;

/// A role at the desk: the name of a set of permissions. A role includes the permissions of others.
/// The codes are stored and public. The last four have the names of RFC 2947 of Rust, and only
/// grants that name them permit their acts.
public enum DeskRole implements Coded {
  /// Use of the registry and read access to crates, verdicts, feeds and audits.
  READER("reader"),
  /// Requests for withheld versions, in addition to [#READER].
  REQUESTER("requester"),
  /// Fetching of the versions that lockfiles name, in addition to [#REQUESTER].
  PREFETCHER("prefetcher"),
  /// Decisions, and read access to the queue, the ledger and the code, in addition to
  /// [#PREFETCHER].
  REVIEWER("reviewer"),
  /// Read access to all data, in addition to [#READER]. No permission to change anything.
  AUDITOR("auditor"),
  /// All permissions, except those of the roles below.
  ADMIN("admin"),
  /// Publishing of private crates that do not exist, in addition to [#READER].
  PUBLISH_NEW("publish-new"),
  /// Publishing of versions of private crates that exist, in addition to [#READER].
  PUBLISH_UPDATE("publish-update"),
  /// Yanks of versions of private crates, in addition to [#READER].
  YANK("yank"),
  /// Changes of the owners of private crates, in addition to [#READER].
  CHANGE_OWNERS("change-owners");

  private final String code;

  DeskRole(String code) {
    this.code = code;
  }

  /// Returns the lower-case form, for example `reviewer`.
  @Override
  public String code() {
    return code;
  }

  /// Returns whether this role has all permissions of another one. Each role includes itself.
  public boolean includes(DeskRole other) {
    return included().contains(other);
  }

  private Set<DeskRole> included() {
    return switch (this) {
      case READER -> EnumSet.of(READER);
      case REQUESTER -> EnumSet.of(READER, REQUESTER);
      case PREFETCHER -> EnumSet.of(READER, REQUESTER, PREFETCHER);
      case REVIEWER -> EnumSet.of(READER, REQUESTER, PREFETCHER, REVIEWER);
      case AUDITOR -> EnumSet.of(READER, AUDITOR);
      case ADMIN -> EnumSet.of(READER, REQUESTER, PREFETCHER, REVIEWER, AUDITOR, ADMIN);
      case PUBLISH_NEW -> EnumSet.of(READER, PUBLISH_NEW);
      case PUBLISH_UPDATE -> EnumSet.of(READER, PUBLISH_UPDATE);
      case YANK -> EnumSet.of(READER, YANK);
      case CHANGE_OWNERS -> EnumSet.of(READER, CHANGE_OWNERS);
    };
  }

  /// Returns whether a grant of this role can be limited to some crates.
  public boolean isLimitable() {
    return this == REVIEWER || isScope();
  }

  /// Returns whether this role is a scope for private crates.
  public boolean isScope() {
    return switch (this) {
      case PUBLISH_NEW, PUBLISH_UPDATE, YANK, CHANGE_OWNERS -> true;
      case READER, REQUESTER, PREFETCHER, REVIEWER, AUDITOR, ADMIN -> false;
    };
  }
}
