package lazaret.site;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import lazaret.site.store.SiteFileStore;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;

/// The content of a collection in bundles in addition to files, and the check of a received
/// collection. Thread-safe; blocks.
public interface BundledCollection {
  /// Returns the collection.
  SiteFileCollection collection();

  /// Returns the tables whose rows belong to the collection, apart from the files.
  List<DeskTable> tables();

  /// Returns the files that a bundle with a snapshot carries: all of them, unless they belong to
  /// versions.
  ///
  /// @param all the rows of all files of the collection
  /// @param snapshot the sequence of the snapshot
  default List<SiteFileRow> files(List<SiteFileRow> all, long snapshot) {
    return all;
  }

  /// Returns the rows of these tables that a bundle with a snapshot carries, in any order. They
  /// name no version that the snapshot does not serve.
  ///
  /// @param files the rows of the files that it carries
  /// @param snapshot the sequence of the snapshot
  List<DeskRow> rows(List<SiteFileRow> files, long snapshot);

  /// Returns these rows, and warns of what a person may miss among them.
  ///
  /// @param files the rows of the files that the bundle carries
  /// @param snapshot the sequence of the snapshot
  /// @param warnings receives a sentence with the next step for each
  default List<DeskRow> rows(List<SiteFileRow> files, long snapshot, Consumer<String> warnings) {
    return rows(files, snapshot);
  }

  /// Returns the rows that a bundle of any kind carries without the rest of the collection, to end
  /// the use of what earlier bundles brought. They are of the tables of the collection.
  ///
  /// @param pins what the root of the bundle accepts
  /// @param warnings receives a sentence with the next step if some are left out
  default List<DeskRow> revocations(SitePins pins, Consumer<String> warnings) {
    return List.of();
  }

  /// Takes such rows, which are in force at once. Rows that no key of the root signed are left out.
  ///
  /// @param received the rows, without files
  default void revoked(Received received) {}

  /// Returns what persons here decided against among the content of a bundle. It stays so.
  ///
  /// @param rows the rows of these tables in the bundle: foreign data
  /// @throws lazaret.vetting.MalformedException if a row has another form
  default LocalDenials denials(List<DeskRow> rows) {
    return LocalDenials.NONE;
  }

  /// The denials of persons here against the content of a bundle.
  ///
  /// @param paths the paths of files that were removed here, which are not taken again
  /// @param texts a clause for each denial that the bundle lacks
  record LocalDenials(Set<String> paths, List<String> texts) {
    /// The denials of a collection without decisions.
    public static final LocalDenials NONE = new LocalDenials(Set.of(), List.of());

    /// Copies the collections.
    public LocalDenials {
      paths = Set.copyOf(paths);
      texts = List.copyOf(texts);
    }
  }

  /// Checks what a bundle brings, before it is in force here. Files that were left out are missing
  /// among those that it brings.
  ///
  /// @return the rows in the form in which they are stored here
  /// @throws lazaret.vetting.MalformedException if something is not accepted; nothing of the bundle
  ///   is then in force
  /// @throws IOException if a file cannot be read
  List<DeskRow> received(Received received) throws IOException;

  /// Returns the changes by which a received collection comes into force, by what is stored at that
  /// moment. It runs in the scope [lazaret.vetting.gate.store.WriteScope#SITE], perhaps several
  /// times, and only reads the store.
  ///
  /// @param received what the bundle brings
  /// @param rows the rows that [#received] returned for it
  /// @throws lazaret.vetting.MalformedException if something is not accepted any more
  default Change change(Received received, List<DeskRow> rows) {
    return new Change(rows);
  }

  /// The changes of a collection, apart from the rows of its files.
  ///
  /// @param stored the rows that are stored
  /// @param dropped the rows of earlier bundles that are removed
  /// @param kept the paths of files that stay, although the bundle does not state them
  /// @param leftOut the paths of files that are not stored, although the bundle states them
  record Change(
      List<DeskRow> stored, List<DeskRow> dropped, Set<String> kept, Set<String> leftOut) {
    /// A change of nothing.
    public static final Change NONE = new Change(List.of());

    /// Copies the collections.
    public Change {
      stored = List.copyOf(stored);
      dropped = List.copyOf(dropped);
      kept = Set.copyOf(kept);
      leftOut = Set.copyOf(leftOut);
    }

    /// Creates a change that stores all files of the bundle.
    public Change(List<DeskRow> stored, List<DeskRow> dropped, Set<String> kept) {
      this(stored, dropped, kept, Set.of());
    }

    /// Creates a change that removes no row.
    public Change(List<DeskRow> stored) {
      this(stored, List.of(), Set.of());
    }
  }

  /// Checks what a bundle brings for a dry run. Nothing is stored.
  ///
  /// @throws lazaret.vetting.MalformedException if something would not be accepted
  /// @throws IOException if a file cannot be read
  default void check(Received received) throws IOException {
    List<DeskRow> _ = received(received);
  }

  /// A collection of a bundle.
  ///
  /// @param files the rows of its files, in the form in which they are stored here
  /// @param rows its other rows, in the form of the bundle: foreign data
  /// @param bytes a store that has the bytes of all files, compared with their SHA-256
  /// @param pins what the trusted root accepts
  /// @param stream the name of the stream of the bundle
  record Received(
      List<SiteFileRow> files,
      List<DeskRow> rows,
      SiteFileStore bytes,
      SitePins pins,
      String stream) {
    /// Copies the lists.
    public Received {
      files = List.copyOf(files);
      rows = List.copyOf(rows);
    }

    /// Returns whether a file came with a bundle of this stream.
    ///
    /// @param path its path in the collection
    public boolean brought(Store store, SiteFileCollection collection, String path) {
      return store
          .deskRows()
          .find(DeskTable.SITE_FILES, SiteFileRow.key(collection, path))
          .map(SiteFileCodec::decode)
          .filter(row -> row.origin().equals(SiteFileRow.BUNDLE + stream))
          .isPresent();
    }
  }
}
