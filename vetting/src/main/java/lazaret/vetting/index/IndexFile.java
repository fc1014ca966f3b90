package lazaret.vetting.index;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;

/// The index file of one crate, as upstream sent it: what may be relayed, in upstream's order, and
/// what must not be.
///
/// Source: Cargo reference, *Registry Index*, *Index files*; the table "What becomes of an index
/// line".
///
/// @param entries the good lines; each version at most once, all of one spelling of the name; never
///   empty
/// @param leftOut the bad ones, each with an alarm's text
public record IndexFile(List<IndexEntry> entries, List<LeftOut> leftOut) {
  /// Copies the lists.
  public IndexFile {
    entries = List.copyOf(entries);
    leftOut = List.copyOf(leftOut);
  }

  /// Reads an index file.
  ///
  /// @param requested the crate whose file was asked for; its case does not matter, since a file is
  ///   found under the lower-case name
  /// @param body the file as upstream sent it, any content coding undone
  /// @param limits what is too much
  /// @throws lazaret.vetting.MalformedException if the body as a whole is no index file: empty or
  ///   blank, over a limit of the file, without a usable line of the crate (another crate's file,
  ///   random bytes), its first line no JSON object with a `name` and a `vers` (HTML with status
  ///   200, a JSON array, an error document), or its last line cut off in the middle
  public static IndexFile parse(CrateName requested, Bytes body, IndexLimits limits) {
    return new IndexFileReader(requested, body, limits).read();
  }

  /// Reads lines of one crate again that were read before and found good, as [#parse] would, which
  /// takes several times as long.
  ///
  /// @param name the name as published, which all lines have
  /// @param body the lines, each ended by a line break
  /// @return empty where a line is written in another way than the public registry writes
  public static Optional<List<IndexEntry>> held(CrateName name, Bytes body) {
    return HeldLines.read(name, body);
  }
}
