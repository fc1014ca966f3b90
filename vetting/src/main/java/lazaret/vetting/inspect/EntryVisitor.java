package lazaret.vetting.inspect;

/// Receives the entries of a crate whose paths are in order, in the order of the archive.
@FunctionalInterface
public interface EntryVisitor {
  /// Receives an entry. What it does not read is skipped. An exception ends the walk and reaches
  /// whoever started it.
  ///
  /// @param content the bytes of a file, to be read during the call only
  void visit(ArchiveEntry entry, EntryContent content);
}
