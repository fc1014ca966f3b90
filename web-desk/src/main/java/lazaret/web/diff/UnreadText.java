package lazaret.web.diff;

import lazaret.vetting.deskapi.diff.DiffFileInfo;

/// The sentences for the reasons for which files need no reading.
public final class UnreadText {
  private UnreadText() {}

  /// Returns the sentence for a file; empty if the file must be read.
  public static String of(DiffFileInfo file) {
    DiffFileInfo.Unread reason = file.unread();
    if (reason == null) {
      return "";
    }
    return switch (reason) {
      case NOT_USED -> notUsed(file.path());
      case NOT_INCLUDED -> "Text. No source includes it.";
      case ONLY_TESTS -> "A test, example or benchmark. No other source uses it.";
      case MOVED ->
          "The same content as %s, in no more dangerous role.".formatted(file.formerPath());
      case EQUAL -> "Equal byte for byte, in no more dangerous role.";
    };
  }

  private static String notUsed(String path) {
    return switch (path) {
      case "Cargo.lock" -> "Cargo does not use the lockfile of a dependency.";
      case "Cargo.toml.orig" -> "Cargo does not use it: Cargo.toml was made from it.";
      case ".cargo_vcs_info.json" -> "Names the commit of the source. Cargo does not use it.";
      default -> "Cargo does not use it.";
    };
  }
}
