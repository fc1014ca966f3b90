package lazaret.vetting.desk.audits;

import java.util.Collection;
import java.util.List;
import lazaret.vetting.crates.CrateId;

/// The port to the notes on lines of versions. Implementations are thread-safe and block.
public interface LineNoteLookup {
  /// No notes.
  LineNoteLookup NONE = (_, _) -> List.of();

  /// Returns the notes of some persons on lines of a version, oldest first, each as `PATH:LINE
  /// (PERSON): TEXT`. The total length is bounded.
  ///
  /// @param id the version and its bytes
  /// @param persons the persons, as named in the ledger
  List<String> notes(CrateId id, Collection<String> persons);
}
