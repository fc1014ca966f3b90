package lazaret.vetting.roles;

import java.util.EnumSet;
import java.util.Set;
import lazaret.vetting.text.Coded;

/// A role at the desk: the name of a set of permissions. A role includes the permissions of others.
/// The codes are stored and public.
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
  /// All permissions.
  ADMIN("admin");

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
      case ADMIN -> EnumSet.allOf(DeskRole.class);
    };
  }
}
