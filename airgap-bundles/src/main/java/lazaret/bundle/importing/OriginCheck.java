package lazaret.bundle.importing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.plan.TableDiff;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationCodec;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.origin.NameOrigins;
import lazaret.vetting.snapshot.SnapshotCrate;
import org.jspecify.annotations.Nullable;

/// The check that each name of a bundle has one origin. A private one came from the same stream
/// before, or is new, and a public one is private nowhere here. It visits the crates of the bundle
/// before another visitor does. For one use.
final class OriginCheck implements TableDiff.Visitor {
  private static final String PUBLIC_BEFORE = "it was public in the snapshots before";

  private final Store store;
  private final NameOrigins origins;
  private final String from;
  private final TableDiff.Visitor next;
  private final Set<String> brought = new HashSet<>();
  private final List<DeskRow> rows = new ArrayList<>();
  private final List<CrateName> added = new ArrayList<>();

  /// Creates a check.
  ///
  /// @param origins the origins of names here
  /// @param stream the name of the stream of the bundle
  /// @param next the next visitor
  OriginCheck(Store store, NameOrigins origins, String stream, TableDiff.Visitor next) {
    this.store = store;
    this.origins = origins;
    this.from = "bundle:" + stream;
    this.next = next;
  }

  /// Reads the rows of private names and versions.
  ///
  /// @throws BundleException `table-malformed`, `two-origins`
  OriginCheck with(List<DeskRow> all) {
    for (DeskRow row : all) {
      try {
        read(row);
      } catch (BundleException e) {
        throw e;
      } catch (LazaretException | IllegalArgumentException e) {
        throw malformed(String.valueOf(e.getMessage()));
      }
    }
    for (DeskRow row : all) {
      String key = row.key();
      if (row.table() == DeskTable.PUBLICATIONS
          && !brought.contains(key.substring(0, Math.max(0, key.indexOf('/'))))) {
        throw malformed("a private version without its name");
      }
    }
    return this;
  }

  private void read(DeskRow row) {
    if (row.table() == DeskTable.PUBLICATIONS) {
      Publication publication = PublicationCodec.decode(row.value());
      if (!publication.key().equals(row.key())) {
        throw malformed("a private version with another key");
      }
      rows.add(row);
      return;
    }
    HostedName name = PublicationCodec.decodeName(row.value());
    if (!name.key().equals(row.key())) {
      throw malformed("a private name with another key");
    }
    Optional<HostedName> here =
        store.deskRows().find(DeskTable.NAMES, name.key()).map(PublicationCodec::decodeName);
    if (here.isPresent() && !here.get().from().equals(from)) {
      throw twoOrigins(
          name.name(),
          here.get().isHere() ? "it is hosted here" : "it came from " + here.get().from());
    }
    if (here.isEmpty() && isServed(name.name())) {
      throw twoOrigins(name.name(), PUBLIC_BEFORE);
    }
    brought.add(name.key());
    if (here.isEmpty()) {
      added.add(name.name());
      HostedName own = new HostedName(name.name(), name.since(), name.by(), from);
      rows.add(new DeskRow(DeskTable.NAMES, own.key(), PublicationCodec.encode(own)));
    }
  }

  private boolean isServed(CrateName name) {
    long head = store.snapshots().head();
    return head > 0
        && store.snapshots().crate(name, head).filter(crate -> !crate.gone()).isPresent();
  }

  @Override
  public void crate(@Nullable SnapshotCrate before, SnapshotCrate now) throws IOException {
    String key = now.name().collisionKey();
    boolean known = store.deskRows().find(DeskTable.NAMES, key).isPresent();
    if (brought.contains(key)) {
      if (before != null && !known) {
        throw twoOrigins(now.name(), PUBLIC_BEFORE);
      }
    } else if (!now.gone() && (known || origins.of(now.name()) != NameOrigin.PUBLIC)) {
      throw twoOrigins(now.name(), "the bundle has it as a public crate, and it is private here");
    }
    next.crate(before, now);
  }

  private static BundleException twoOrigins(CrateName name, String found) {
    return new BundleException(
        BundleCode.TWO_ORIGINS,
        "cannot import the crate '%s': a name belongs to one registry, and %s"
            .formatted(name, found));
  }

  private static BundleException malformed(String found) {
    return new BundleException(
        BundleCode.TABLE_MALFORMED, "cannot read site-rows.ndjson.gz: " + found);
  }

  /// Returns the names that become private.
  List<CrateName> added() {
    return added;
  }

  /// Returns the writes of private names and versions.
  List<Batch.Write> writes() {
    return rows.stream().<Batch.Write>map(Batch.Write.PutDeskRow::new).toList();
  }
}
