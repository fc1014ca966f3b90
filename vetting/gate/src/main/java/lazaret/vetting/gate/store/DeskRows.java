package lazaret.vetting.gate.store;

import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;

/// The tables of the desk in a store. Thread-safe; blocks.
public interface DeskRows {
  /// Returns the document of a row, or empty if there is no such row.
  Optional<Bytes> find(DeskTable table, String key);

  /// Streams the rows of a table whose keys begin with a text, by key. The caller closes the
  /// stream.
  ///
  /// @param prefix empty for the whole table
  Stream<DeskRow> list(DeskTable table, String prefix);
}
