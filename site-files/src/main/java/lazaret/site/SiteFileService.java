package lazaret.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;

/// The files of a site by collection and path. A file is stored before its row, so that a row
/// always has its file. Thread-safe; blocks.
public final class SiteFileService {
  /// The time for which a file stays without a row. A row is committed within it.
  public static final Duration GRACE = Duration.ofDays(1);

  private static final int BUFFER = 64 << 10;

  private final Store store;
  private final SiteFileStore files;

  /// Creates a service.
  public SiteFileService(Store store, SiteFileStore files) {
    this.store = store;
    this.files = files;
  }

  /// Returns the store of the bytes.
  public SiteFileStore files() {
    return files;
  }

  /// Returns the store of the rows.
  public Store store() {
    return store;
  }

  /// Returns whether a stored file stays for hours without a row. An older one that no row names
  /// may be swept at any time, so a writer of a row stores it again.
  ///
  /// @param now the present moment
  public static boolean isRecent(SiteFile file, Instant now) {
    return file.stored().isAfter(now.minus(GRACE.dividedBy(2)));
  }

  /// Returns the row of a path, or empty if there is none. A text of another form is not found.
  public Optional<SiteFileRow> find(SiteFileCollection collection, String path) {
    return SiteFileRow.isPath(path)
        ? store
            .deskRows()
            .find(DeskTable.SITE_FILES, SiteFileRow.key(collection, path))
            .map(SiteFileCodec::decode)
        : Optional.empty();
  }

  /// Returns the rows whose paths begin with a text, by path.
  ///
  /// @param prefix empty for the whole collection
  /// @param most the maximum number of rows
  public List<SiteFileRow> list(SiteFileCollection collection, String prefix, int most) {
    try (Stream<DeskRow> rows =
        store.deskRows().list(DeskTable.SITE_FILES, SiteFileRow.key(collection, prefix))) {
      return rows.limit(most).map(row -> SiteFileCodec.decode(row.value())).toList();
    }
  }

  /// Returns the file of a row, or empty if its bytes are missing.
  ///
  /// @throws IOException if the disk fails
  public Optional<SiteFile> open(SiteFileRow row) throws IOException {
    return files.find(row.sha256());
  }

  /// Stores the bytes of a file of the disk. They have no row yet.
  ///
  /// @throws IOException if the disk fails
  public SiteFile keep(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        SiteFileUpload upload = files.begin(Files.size(file))) {
      copy(in, upload);
      return upload.commit(null);
    }
  }

  /// Stores a file again, so that it stays for a day without a row.
  ///
  /// @throws IOException if the disk fails, or the stored bytes were changed
  public SiteFile renew(SiteFile file) throws IOException {
    try (InputStream in = file.open(0);
        SiteFileUpload upload = files.begin(file.length())) {
      copy(in, upload);
      return upload.commit(file.sha256());
    } catch (MalformedException e) {
      throw new IOException("the stored file " + file.sha256() + " was changed", e);
    }
  }

  private static void copy(InputStream in, SiteFileUpload upload) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      upload.write(buffer, 0, read);
    }
  }

  /// Returns the write that stores a row. The caller commits it with the notice of the ledger.
  public Write put(SiteFileRow row) {
    return new Write.PutDeskRow(
        new DeskRow(DeskTable.SITE_FILES, row.key(), SiteFileCodec.encode(row)));
  }

  /// Returns the write that removes a row. Its file stays until no row has it.
  public Write drop(SiteFileRow row) {
    return new Write.DropDeskRow(DeskTable.SITE_FILES, row.key());
  }

  /// Removes the files that no row has and that were stored a day before, and what is left of
  /// uploads.
  ///
  /// @param now the present moment
  /// @return the number of removed files
  /// @throws IOException if the disk fails
  public int sweep(Instant now) throws IOException {
    Instant before = now.minus(GRACE);
    Set<Sha256> stored = new HashSet<>(files.all());
    stored.removeAll(named());
    int removed = 0;
    for (Sha256 sha256 : stored) {
      if (files.deleteOlder(sha256, before)) {
        removed++;
      }
    }
    files.dropParts(before);
    return removed;
  }

  /// Returns the SHA-256 of the files that rows name.
  public Set<Sha256> named() {
    Set<Sha256> named = new HashSet<>();
    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.SITE_FILES, "")) {
      rows.forEach(row -> named.add(SiteFileCodec.decode(row.value()).sha256()));
    }
    return named;
  }

  /// The result of a check of all files.
  ///
  /// @param files the number of different files that rows name
  /// @param bytes their size
  /// @param faults the faults, one clause each
  public record CheckResult(long files, long bytes, List<String> faults) {
    /// Copies the list.
    public CheckResult {
      faults = List.copyOf(faults);
    }
  }

  /// Hashes all files that rows name.
  public CheckResult check() {
    Map<Sha256, String> checked = new HashMap<>();
    List<String> faults = new ArrayList<>();
    long bytes = 0;
    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.SITE_FILES, "")) {
      for (DeskRow each : (Iterable<DeskRow>) rows::iterator) {
        SiteFileRow row = SiteFileCodec.decode(each.value());
        String fault = checked.get(row.sha256());
        if (fault == null) {
          fault = fault(row);
          checked.put(row.sha256(), fault);
          bytes += row.length();
        }
        if (!fault.isEmpty()) {
          faults.add("file '%s' of '%s': %s".formatted(row.path(), row.collection().code(), fault));
        }
      }
    }
    return new CheckResult(checked.size(), bytes, faults);
  }

  /// Returns the fault of a file in one clause, or the empty text.
  private String fault(SiteFileRow row) {
    try {
      Optional<SiteFile> file = open(row);
      if (file.isEmpty()) {
        return "its bytes are missing";
      }
      if (file.get().length() != row.length()) {
        return "expected %d bytes, found %d".formatted(row.length(), file.get().length());
      }
      try (InputStream in = file.get().open(0)) {
        Sha256 found = Sha256.digestOf(in);
        return found.equals(row.sha256())
            ? ""
            : "expected the SHA-256 %s, found %s".formatted(row.sha256(), found);
      }
    } catch (IOException e) {
      return "it cannot be read: " + e.getMessage();
    }
  }
}
