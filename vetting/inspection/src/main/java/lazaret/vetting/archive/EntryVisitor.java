package lazaret.vetting.archive;

/// A receiver of the entries of a crate whose paths are valid, in the order of the archive.
@FunctionalInterface
public interface EntryVisitor {
  /// Receives an entry. Unread content is skipped. An exception ends the walk and reaches the
  /// caller of the walk.
  ///
  /// @param entry the path, kind and size of the entry
  /// @param content the bytes of a file, readable during the call only
  void visit(ArchiveEntry entry, EntryContent content);
}
