package lazaret.vetting.audit.files;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.toml.TomlDocument;
import lazaret.vetting.toml.TomlOutcome;

/// The limits of a store's files. The largest public set has 0.7 MB, 950 crates, and 61 entries for
/// one crate.
public final class VetLimits {
  /// The maximum size of a file, in bytes.
  public static final int MAX_BYTES = 16 << 20;

  /// The maximum number of values, keys and tables of a file.
  public static final int MAX_NODES = 1_000_000;

  /// The maximum number of entries of one kind for one crate; each of them is compared with every
  /// violation.
  public static final int MAX_ENTRIES = 4096;

  private VetLimits() {}

  /// Parses a file as TOML.
  ///
  /// @param file name for messages: `audits.toml`
  /// @throws MalformedException if the file is not TOML or exceeds a limit
  static VetTable read(String file, Bytes content) {
    if (content.length() > MAX_BYTES) {
      throw new MalformedException(
          "cannot read %s: %d bytes, expected at most %d"
              .formatted(file, content.length(), MAX_BYTES));
    }
    return switch (TomlDocument.read(content, MAX_NODES)) {
      case TomlOutcome.Document(TomlDocument document) -> new VetTable(file, document.root());
      case TomlOutcome.Malformed(int line, int column, String detail) ->
          throw new MalformedException(
              "cannot read %s: line %d, column %d: %s".formatted(file, line, column, detail));
    };
  }

  /// Returns the entries, and refuses too many.
  static List<VetTable> limited(List<VetTable> entries, VetTable within) {
    if (entries.size() > MAX_ENTRIES) {
      throw within.complaint(
          entries.size() + " entries for one crate, expected at most " + MAX_ENTRIES);
    }
    return entries;
  }
}
