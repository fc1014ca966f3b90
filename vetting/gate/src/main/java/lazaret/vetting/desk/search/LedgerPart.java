package lazaret.vetting.desk.search;

import java.util.List;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// The entries of the ledger that a query found.
///
/// @param entries the entries; the newest first if the latest were wanted
/// @param next the sequence after which the next query in ascending order begins
/// @param earlier the sequence before which the next query for the latest entries ends; null if
///   there is no earlier entry, or the order is ascending
public record LedgerPart(List<LedgerEntry> entries, long next, @Nullable Long earlier) {
  public LedgerPart {
    entries = List.copyOf(entries);
  }
}
