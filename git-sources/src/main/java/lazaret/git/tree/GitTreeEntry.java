package lazaret.git.tree;

import java.util.Arrays;
import java.util.Optional;
import lazaret.vetting.crates.Sha256;

/// An entry of a tree. Folders are not entries.
///
/// @param path the path, with `/` between names
/// @param kind the kind
/// @param length the length of the content, in bytes
/// @param sha256 the SHA-256 of the content
/// @param offset the position of the content in the file of the tree
public record GitTreeEntry(String path, Kind kind, long length, Sha256 sha256, long offset) {
  /// The kinds of entries, with the modes of Git.
  public enum Kind {
    /// A file.
    FILE("100644"),
    /// A file that may be run.
    PROGRAM("100755"),
    /// A symbolic link. The content is its target, and is never followed by the file system.
    LINK("120000"),
    /// A submodule. The content is the id of its commit, which is not fetched.
    MODULE("160000");

    private final String mode;

    Kind(String mode) {
      this.mode = mode;
    }

    /// Returns the mode, as Git writes it.
    public String mode() {
      return mode;
    }

    /// Returns the kind with a mode, or empty if there is none. `100664` is a form of old commits.
    public static Optional<Kind> of(String mode) {
      String known = mode.equals("100664") ? "100644" : mode;
      return Arrays.stream(values()).filter(each -> each.mode.equals(known)).findFirst();
    }
  }

  /// Returns whether the entry is a file that a build can read.
  public boolean isFile() {
    return kind == Kind.FILE || kind == Kind.PROGRAM;
  }
}
