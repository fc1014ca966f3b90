package lazaret.vetting.audit;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.toml.TomlDocument;
import lazaret.vetting.toml.TomlOutcome;

/// How much of a store's file is read. The largest public set has 0.7 MB, 950 crates, and 61
/// entries for one crate.
public final class VetLimits {
  /// The most bytes of a file.
  public static final int MAX_BYTES = 16 << 20;

  /// The most values, keys and tables of a file.
  public static final int MAX_NODES = 1_000_000;

  /// The most entries of one kind for one crate: violations are held against each of them.
  public static final int MAX_ENTRIES = 4096;

  private VetLimits() {}

  /// Reads a file's TOML.
  ///
  /// @param file what it is, for messages: `audits.toml`
  /// @throws MalformedException if it is no TOML or over a limit
  static VetTable read(String file, Bytes content) {
    if (content.length() > MAX_BYTES) {
      throw new MalformedException(
          "cannot read %s: %d bytes, expected at most %d"
              .formatted(file, content.length(), MAX_BYTES));
    }
    return switch (TomlDocument.read(content, MAX_NODES)) {
      case TomlDocument document -> new VetTable(file, document.root());
      case TomlOutcome.Malformed(int line, int column, String detail) ->
          throw new MalformedException(
              "cannot read %s: line %d, column %d: %s".formatted(file, line, column, detail));
    };
  }

  /// Refuses more entries than are read.
  static List<VetTable> limited(List<VetTable> entries, VetTable within) {
    if (entries.size() > MAX_ENTRIES) {
      throw within.complaint(
          entries.size() + " entries for one crate, expected at most " + MAX_ENTRIES);
    }
    return entries;
  }
}
