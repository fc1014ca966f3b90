package lazaret.vetting.index;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;

/// The index file of one crate as upstream sent it: valid lines in upstream's order, and omitted
/// ones.
///
/// Source: Cargo reference, *Registry Index*, *Index files*; the table of index lines.
///
/// @param entries valid lines, never empty; each version at most once, all with one spelling of the
///   name
/// @param omitted lines that are omitted, each with the text of an alarm
public record IndexFile(List<IndexEntry> entries, List<OmittedLine> omitted) {
  /// Copies the lists.
  public IndexFile {
    entries = List.copyOf(entries);
    omitted = List.copyOf(omitted);
  }

  /// Parses an index file.
  ///
  /// @param requested requested crate; its case does not matter, since a file is stored under the
  ///   lower-case name
  /// @param body the file as upstream sent it, after removal of any content coding
  /// @param limits limits of size
  /// @throws lazaret.vetting.MalformedException if the body as a whole is not an index file: empty,
  ///   blank, over a limit of the file, without a usable line, or cut off in its last line. Also if
  ///   the first line is not a JSON object with `name` and `vers`, as in HTML with status 200, a
  ///   JSON array or an error document
  public static IndexFile parse(CrateName requested, Bytes body, IndexLimits limits) {
    return new IndexFileReader(requested, body, limits).read();
  }

  /// Parses the stored lines of one crate, which were valid before. The result is that of [#parse],
  /// which takes several times as long.
  ///
  /// @param name name as published, which all lines have
  /// @param body the lines, each with a line break at its end
  /// @return the entries, or empty if a line is not in the form of the public registry
  public static Optional<List<IndexEntry>> stored(CrateName name, Bytes body) {
    return StoredLineReader.read(name, body);
  }
}
