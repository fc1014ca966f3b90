package lazaret.bundle.site;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;

/// The files that the networks of a stream have, as the exporting side knows them. They are those
/// that each snapshot named, whose bundle brought what was missing. Rows of digests by the sequence
/// of the snapshot.
///
/// @param store the store of the rows
public record CarriedFileRows(Store store) {
  private static final int ROW = 3_900;

  /// Returns the files that all of some snapshots named. A snapshot without a record named none.
  ///
  /// @param sequences the snapshots to which a delta applies; empty for a full bundle
  public Set<Sha256> heldBy(List<Long> sequences) {
    Set<Sha256> held = new HashSet<>();
    for (int i = 0; i < sequences.size(); i++) {
      SortedSet<Sha256> named = named(sequences.get(i));
      if (i == 0) {
        held.addAll(named);
      } else {
        held.retainAll(named);
      }
    }
    return held;
  }

  private SortedSet<Sha256> named(long sequence) {
    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.CARRIED_FILES, prefix(sequence))) {
      return rows.flatMap(row -> row.value().text().lines())
          .map(Sha256::parse)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String prefix(long sequence) {
    return "%018d/".formatted(sequence);
  }

  /// Returns the writes that record the files of a snapshot, and drop the records of snapshots that
  /// are not retained.
  ///
  /// @param named the files that its bundle names
  /// @param kept the sequences of the retained snapshots
  public List<Batch.Write> noted(long sequence, SortedSet<Sha256> named, Set<Long> kept) {
    List<Batch.Write> writes = new ArrayList<>();
    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.CARRIED_FILES, "")) {
      rows.map(DeskRow::key)
          .filter(key -> !kept.contains(Long.parseLong(key.substring(0, key.indexOf('/')))))
          .forEach(key -> writes.add(new Batch.Write.DropDeskRow(DeskTable.CARRIED_FILES, key)));
    }
    List<Sha256> all = List.copyOf(named);
    for (int from = 0; from < all.size(); from += ROW) {
      String text =
          all.subList(from, Math.min(all.size(), from + ROW)).stream()
              .map(digest -> digest.hex() + "\n")
              .collect(Collectors.joining());
      writes.add(
          new Batch.Write.PutDeskRow(
              new DeskRow(
                  DeskTable.CARRIED_FILES,
                  prefix(sequence) + "%05d".formatted(from / ROW),
                  Bytes.utf8(text))));
    }
    return writes;
  }
}
