package lazaret.vetting.review;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What became of one file.
///
/// @param path in the reviewed version; of a removed file, where it was
/// @param formerPath where a moved file was; null for all others
/// @param change what happened to it
/// @param part what it is for
/// @param before the file of the base; null where it is added
/// @param after the file of the reviewed version; null where it is removed
/// @param insertions lines that are new
/// @param deletions lines that are gone
/// @param form how much of the difference is shown
/// @param text the difference in the unified form, from the first `@@` on, each line ended by a
///   line feed; made printable: what would steer a terminal or hide stands as the escape that Rust
///   has for it. Empty unless the form is [Form#LINES]
public record FileDiff(
    String path,
    @Nullable String formerPath,
    Change change,
    FilePart part,
    @Nullable FileDigest before,
    @Nullable FileDigest after,
    long insertions,
    long deletions,
    Form form,
    String text) {

  /// What happened to a file.
  public enum Change {
    /// It is new.
    ADDED,
    /// It is gone.
    REMOVED,
    /// Its content is another one.
    CHANGED,
    /// It stands elsewhere, with the same content.
    MOVED;

    /// Returns the word: `added`.
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How much of a difference is shown.
  public enum Form {
    /// All lines that differ.
    LINES,
    /// Nothing differs but the path.
    SAME_BYTES,
    /// It is no text.
    BINARY,
    /// It is generated: lines of a length that nobody reads.
    LONG_LINES,
    /// The file is too long to be compared.
    TOO_LONG,
    /// The lines are counted, but the limit of the whole was reached before.
    OVER_LIMIT;

    /// Returns the kebab-case form, for example `over-limit`.
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// Returns how much of it there is to read.
  public DiffStat stat() {
    boolean counted = form == Form.LINES || form == Form.OVER_LIMIT || form == Form.SAME_BYTES;
    return new DiffStat(1, insertions, deletions, counted ? 0 : size(before) + size(after));
  }

  private static long size(@Nullable FileDigest file) {
    return file == null ? 0 : file.size();
  }
}
