package lazaret.vetting.hosting.record;

import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.upstream.PublishHold;
import lazaret.vetting.index.Validators;

/// The stored publications and private names. Thread-safe; blocks.
///
/// @param store the store of the gate
public record PublicationRows(Store store) {
  /// The order of the lines of an index file.
  private static final Comparator<Publication> ORDER =
      Comparator.comparing(Publication::published).thenComparing(Publication::version);

  /// The beginning of the keys of version numbers whose publications were lost. No crate has a name
  /// that begins with it.
  private static final char NUMBER = '~';

  /// Returns the private crate of a name in any spelling, or empty if there is none.
  public Optional<HostedName> name(CrateName name) {
    return store
        .deskRows()
        .find(DeskTable.NAMES, name.collisionKey())
        .map(PublicationCodec::decodeName);
  }

  /// Returns all private crates, by collision key.
  public List<HostedName> names() {
    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.NAMES, "")) {
      return rows.map(row -> PublicationCodec.decodeName(row.value())).toList();
    }
  }

  /// Returns the publications of a crate in the order of their index file.
  public List<Publication> versions(CrateName name) {
    try (Stream<DeskRow> rows =
        store.deskRows().list(DeskTable.PUBLICATIONS, Publication.prefix(name))) {
      return rows.map(row -> PublicationCodec.decode(row.value())).sorted(ORDER).toList();
    }
  }

  /// Returns whether the number of a lost version is used for another archive, or was deleted. A
  /// repair of the store takes these numbers from the ledger.
  public boolean isUsedOtherwise(CrateId id) {
    return store
        .deskRows()
        .find(DeskTable.PUBLICATIONS, NUMBER + Publication.key(id.name(), id.version()))
        .filter(form -> !PublicationCodec.isNumberOf(id.cksum(), form))
        .isPresent();
  }

  /// Returns the publication whose row has the key of another one, in a list; empty if there is
  /// none.
  public static Optional<Publication> slot(List<Publication> versions, String key) {
    return versions.stream().filter(each -> each.key().equals(key)).findFirst();
  }

  /// Returns the publications with another one, in order. It replaces one with its key.
  public static List<Publication> with(List<Publication> versions, Publication other) {
    return Stream.concat(
            versions.stream().filter(each -> !each.key().equals(other.key())), Stream.of(other))
        .sorted(ORDER)
        .toList();
  }

  /// Returns the index file of a crate, as an upstream would send it.
  public static Bytes file(List<Publication> versions) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (Publication each : versions) {
      Bytes line = each.indexLine();
      file.write(line.array(), 0, line.length());
      file.write('\n');
    }
    return Bytes.of(file.toByteArray());
  }

  /// Returns the validators of an index file.
  public static Validators validators(Bytes file) {
    return new Validators('"' + Sha256.of(file).hex() + '"', null);
  }

  /// Returns the holds of the versions that were held when they were published, by version.
  /// Decisions show which of them still wait.
  public static Map<String, PublishHold> holds(List<Publication> versions) {
    Map<String, PublishHold> holds = new HashMap<>();
    for (Publication each : versions) {
      String reason = each.reason();
      if (reason != null && each.state() != PublicationState.DELETED) {
        Provenance from = each.provenance();
        holds.put(
            each.version().text(), new PublishHold(from.publisher(), from.administrator(), reason));
      }
    }
    return Map.copyOf(holds);
  }

  /// Returns the write that stores a publication.
  ///
  /// @throws lazaret.vetting.MalformedException if it is too long
  public static Write put(Publication publication) {
    return new Write.PutDeskRow(
        new DeskRow(
            DeskTable.PUBLICATIONS, publication.key(), PublicationCodec.encode(publication)));
  }

  /// Returns the write that stores a private name.
  public static Write put(HostedName name) {
    return new Write.PutDeskRow(
        new DeskRow(DeskTable.NAMES, name.key(), PublicationCodec.encode(name)));
  }
}
