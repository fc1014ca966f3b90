package lazaret.vetting.reading;

import lazaret.vetting.review.ContentRole;

/// The lines of one role that a person has read.
///
/// @param role the role
/// @param lines the number of lines to read
/// @param read the number of those that count as read
public record ReadShare(ContentRole role, long lines, long read) {
  /// Returns the number of lines that are left until a share is read.
  ///
  /// @param percent the share, 1 to 100
  long left(int percent) {
    long needed = Math.ceilDiv(lines * percent, 100L);
    return Math.max(0, needed - read);
  }

  /// Returns the form for the ledger: `build-script 29/29`.
  String text() {
    return "%s %d/%d".formatted(role.code(), read, lines);
  }

  /// Returns the clause that refuses an approval.
  ///
  /// @param percent the share that the policy requires
  String refusal(int percent) {
    long left = left(percent);
    return "policy requires %s%s: %d line%s left"
        .formatted(
            percent == 100 ? "the whole " : percent + " percent of the ",
            words(),
            left,
            left == 1 ? "" : "s");
  }

  private String words() {
    return switch (role) {
      case BUILD_SCRIPT -> "build script";
      case MACRO -> "macro code";
      case MANIFEST -> "manifest";
      case RUNTIME -> "runtime code";
      case TEST -> "test code";
      case DATA -> "other data";
    };
  }
}
