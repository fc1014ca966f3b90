package lazaret.vetting.review;

import java.util.Objects;
import lazaret.vetting.inspect.literal.FileKind;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// The summary of one file of a [CodeDelta].
///
/// @param path path in the reviewed version; in the base for a removed file
/// @param formerPath former path of a moved file; null for all others
/// @param change kind of the change
/// @param role role of the content; in the base for a removed file
/// @param gained whether the file has a capability that no source of its role had in the base
/// @param unread reason for which the file need not be read; null if it must be read
/// @param content digests and form
/// @param amount amount of text; null if the file is not compared yet
public record FileSummary(
    String path,
    @Nullable String formerPath,
    Change change,
    ContentRole role,
    boolean gained,
    @Nullable UnreadReason unread,
    Content content,
    @Nullable Amount amount) {

  /// The kinds of changes of a file.
  public enum Change implements Coded {
    /// The file is new.
    ADDED("added"),
    /// The file was removed.
    REMOVED("removed"),
    /// The content differs.
    CHANGED("changed"),
    /// The path differs and the content is the same.
    MOVED("moved"),
    /// The path is the same, and the role is more dangerous than before. All of the content must be
    /// read, whether it is the same or not.
    ROLE("role"),
    /// Path and content are the same.
    EQUAL("equal");

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

  /// The bytes of a file.
  ///
  /// @param before file of the base; null if it was added
  /// @param after file of the reviewed version; null if it was removed
  /// @param kind kind of the file by its first bytes
  public record Content(@Nullable FileDigest before, @Nullable FileDigest after, FileKind kind) {
    /// Returns the size of the larger file in bytes.
    long size() {
      return Math.max(before == null ? 0 : before.size(), after == null ? 0 : after.size());
    }
  }

  /// The forms in which a content can be shown.
  public enum Form implements Coded {
    /// Lines of text.
    TEXT("text"),
    /// Kind, size and digest: the file is binary.
    BINARY("binary"),
    /// Kind, size and digest: the file has too many bytes or lines.
    TOO_LONG("too-long");

    private final String code;

    Form(String code) {
      this.code = code;
    }

    /// Returns the kebab-case form, for example `too-long`.
    @Override
    public String code() {
      return code;
    }
  }

  /// The amount of text of a compared file.
  ///
  /// @param form form in which it can be shown
  /// @param insertions number of added lines, without moved ones
  /// @param deletions number of removed lines, without moved ones
  /// @param moved number of lines at another place of the file
  /// @param hunks number of hunks
  /// @param rows number of rows of all hunks
  public record Amount(
      Form form, long insertions, long deletions, long moved, int hunks, int rows) {
    /// An amount without text.
    static final Amount NONE = new Amount(Form.TEXT, 0, 0, 0, 0, 0);
  }

  /// Returns whether a reviewer must read the file.
  public boolean mustRead() {
    return unread == null;
  }

  /// Returns the number of changed lines: all lines of a file whose role is more dangerous than
  /// before. 0 if the file is not compared yet or is not text.
  public long lines() {
    Amount counted = amount;
    if (counted == null) {
      return 0;
    }
    boolean whole = change == Change.MOVED || change == Change.ROLE;
    return whole ? counted.rows() : counted.insertions() + counted.deletions();
  }

  /// Returns whether all lines count as added, because the content changed and its role is more
  /// dangerous than before.
  boolean isReadAsNew() {
    return change == Change.ROLE && !Objects.equals(content.before(), content.after());
  }

  FileSummary with(Amount counted) {
    return new FileSummary(path, formerPath, change, role, gained, unread, content, counted);
  }
}
