package lazaret.web.diff;

import java.util.Objects;
import lazaret.vetting.deskapi.diff.DiffFileInfo;
import lazaret.vetting.deskapi.diff.DiffRole;

/// A file of a review.
///
/// @param index the index in reading order, from 0
/// @param id the id on the page
/// @param info the difference of the file
public record ReviewFile(int index, String id, DiffFileInfo info) {
  /// Returns whether the file must be read.
  public boolean mustRead() {
    return info.unread() == null;
  }

  /// Returns whether path and content are those of the base.
  public boolean isEqual() {
    return info.change() == DiffFileInfo.Change.EQUAL;
  }

  /// Returns the words of the role.
  public String role() {
    return roleWord(info.role());
  }

  /// Returns the code of the role: `build-script`.
  public String roleCode() {
    return roleCode(info.role());
  }

  /// Returns the words of a role.
  public static String roleWord(DiffRole role) {
    return switch (role) {
      case BUILD_SCRIPT -> "Build script";
      case MACRO -> "Macro";
      case MANIFEST -> "Manifest";
      case RUNTIME -> "Runtime";
      case TEST -> "Test";
      case DATA -> "Data";
    };
  }

  /// Returns the code of a role.
  public static String roleCode(DiffRole role) {
    return switch (role) {
      case BUILD_SCRIPT -> "build-script";
      case MACRO -> "macro";
      case MANIFEST -> "manifest";
      case RUNTIME -> "runtime";
      case TEST -> "test";
      case DATA -> "data";
    };
  }

  /// Returns the place in which the content has its effect, as a clause.
  public String effect() {
    return switch (info.role()) {
      case BUILD_SCRIPT -> "runs on each machine that builds";
      case MACRO -> "runs in the compiler";
      case MANIFEST -> "decides what else is fetched and run";
      case RUNTIME -> "runs in each program that uses the crate";
      case TEST -> "runs in tests of the crate";
      case DATA -> "not code of the crate";
    };
  }

  /// Returns the change as a clause; empty if the content alone changed.
  public String change() {
    return switch (info.change()) {
      case ADDED -> "new file";
      case REMOVED -> "removed file";
      case CHANGED, EQUAL -> "";
      case MOVED -> "moved from " + info.formerPath();
      case ROLE -> (isSame() ? "the same content" : "changed") + " in a more dangerous role";
    };
  }

  /// Returns whether the base has the same content.
  private boolean isSame() {
    return Objects.equals(info.content().before(), info.content().after());
  }
}
