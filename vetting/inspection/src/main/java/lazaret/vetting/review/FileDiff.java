package lazaret.vetting.review;

import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// The change of one file.
///
/// @param path path in the reviewed version; in the base for a removed file
/// @param formerPath former path of a moved file; null for all others
/// @param change kind of the change
/// @param part role of the file
/// @param before file of the base; null if it was added
/// @param after file of the reviewed version; null if it was removed
/// @param insertions number of new lines
/// @param deletions number of removed lines
/// @param form extent to which the difference is shown
/// @param text difference in the unified form, from the first `@@` on, each line with a line feed
///   at its end. Characters that would control a terminal or hide text are written as Rust escapes.
///   Empty unless the form is [Form#LINES]
public record FileDiff(
    String path,
    @Nullable String formerPath,
    Change change,
    FileRole part,
    @Nullable FileDigest before,
    @Nullable FileDigest after,
    long insertions,
    long deletions,
    Form form,
    String text) {

  /// The kinds of changes of a file.
  public enum Change implements Coded {
    /// The file is new.
    ADDED("added"),
    /// The file was removed.
    REMOVED("removed"),
    /// The content differs.
    CHANGED("changed"),
    /// The path differs and the content is the same.
    MOVED("moved");

    private final String code;

    Change(String code) {
      this.code = code;
    }

    /// Returns the word: `added`.
    @Override
    public String code() {
      return code;
    }
  }

  /// The extent to which a difference is shown.
  public enum Form implements Coded {
    /// All differing lines are shown.
    LINES("lines"),
    /// Only the path differs.
    SAME_BYTES("same-bytes"),
    /// The file is binary.
    BINARY("binary"),
    /// The file is generated: its lines are too long for a reader.
    LONG_LINES("long-lines"),
    /// The file is too long for a comparison.
    TOO_LONG("too-long"),
    /// The lines are counted but not shown, because the limit over all files was reached.
    OVER_LIMIT("over-limit");

    private final String code;

    Form(String code) {
      this.code = code;
    }

    /// Returns the kebab-case form, for example `over-limit`.
    @Override
    public String code() {
      return code;
    }
  }

  /// Returns the amount of text to read.
  public DiffStat stat() {
    boolean counted = form == Form.LINES || form == Form.OVER_LIMIT || form == Form.SAME_BYTES;
    return new DiffStat(1, insertions, deletions, counted ? 0 : size(before) + size(after));
  }

  private static long size(@Nullable FileDigest file) {
    return file == null ? 0 : file.size();
  }
}
