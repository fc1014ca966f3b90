package lazaret.mirror.following;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.Nullable;

/// The totals of the crates of a dump, added up and sorted with a bounded heap. Rows are spread
/// over files by crate, each file is added up and sorted alone, and the sorted files are merged.
/// Not thread-safe.
final class CrateUseBuilder implements DumpReader.Sink, AutoCloseable {
  /// The maximum number of crates: six times those of the public registry.
  static final int MAX_CRATES = 1_000_000;

  /// The maximum number of rows of all kinds: each occupies up to 25 bytes of disk.
  private static final long MAX_ROWS = 100_000_000L;

  /// The number of crates that are kept in the order of use.
  private static final int MOST_USED = 200_000;

  private static final int PARTS = 64;
  private static final byte CRATE = 1;
  private static final byte DOWNLOADS = 2;
  private static final byte VERSION = 3;

  private final Path target;
  private final Path folder;
  private final long salt;
  private final DataOutputStream[] parts = new DataOutputStream[PARTS];
  private long crates;
  private long rows;

  /// The numbers of one crate.
  private static final class Sum {
    private final CrateName name;
    private long versions;
    private long digest;
    private long bytes;
    private long downloads;

    Sum(CrateName name) {
      this.name = name;
    }

    CrateUseEntry entry() {
      return new CrateUseEntry(name, versions, digest, bytes, downloads);
    }
  }

  /// Creates an empty builder.
  ///
  /// @param target the folder of the table, which is made if it is missing
  /// @param salt a random number, so that a dump cannot choose rows of one file
  CrateUseBuilder(Path target, long salt) throws IOException {
    this.target = target;
    this.folder = target.resolve("sort");
    this.salt = salt;
    Files.createDirectories(folder);
    clear();
    for (int i = 0; i < PARTS; i++) {
      parts[i] =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part(i)), 1 << 13));
    }
  }

  private Path part(int number) {
    return folder.resolve("part-" + number);
  }

  @Override
  public void crate(long id, String name) throws IOException {
    if (++crates > MAX_CRATES) {
      throw new IOException("expected at most " + MAX_CRATES + " crates, found more");
    }
    if (CrateName.isValid(name)) {
      DataOutputStream out = begin(CRATE, id);
      out.writeUTF(name);
    }
  }

  @Override
  public void downloads(long id, long count) throws IOException {
    begin(DOWNLOADS, id).writeLong(count);
  }

  @Override
  public void version(long id, long digest, long bytes) throws IOException {
    DataOutputStream out = begin(VERSION, id);
    out.writeLong(digest);
    out.writeLong(bytes);
  }

  private DataOutputStream begin(byte kind, long id) throws IOException {
    if (++rows > MAX_ROWS) {
      throw new IOException("expected at most " + MAX_ROWS + " rows, found more");
    }
    long mixed = (id ^ salt) * 0x9e3779b97f4a7c15L;
    DataOutputStream out = parts[(int) (mixed >>> 58)];
    out.writeByte(kind);
    out.writeLong(id);
    return out;
  }

  /// Returns the table of all crates. It replaces the one that was made before.
  ///
  /// @param time the moment of the dump
  /// @param etag the entity tag of the dump; null if it had none
  /// @throws IOException if a file cannot be written or read
  CrateUseTable build(Instant time, @Nullable String etag) throws IOException {
    long count = 0;
    long bytes = 0;
    for (int i = 0; i < PARTS; i++) {
      parts[i].close();
      List<CrateUseEntry> entries = added(part(i));
      for (CrateUseEntry entry : entries) {
        count++;
        bytes += entry.bytes();
      }
      write(entries, CrateUseEntry.BY_NAME, folder.resolve(CrateUseTable.BY_NAME + i));
      write(entries, CrateUseEntry.BY_USE, folder.resolve(CrateUseTable.BY_USE + i));
      Files.delete(part(i));
    }
    CrateUseTable table = new CrateUseTable(target, count, bytes, time, etag);
    merge(table, CrateUseTable.BY_USE, CrateUseEntry.BY_USE, MOST_USED);
    // The last one, since it decides whether there is a table.
    merge(table, CrateUseTable.BY_NAME, CrateUseEntry.BY_NAME, Long.MAX_VALUE);
    return table;
  }

  /// Adds up the rows of a file. Rows of a crate without a name are dropped.
  private static List<CrateUseEntry> added(Path file) throws IOException {
    Map<Long, Sum> sums = new HashMap<>();
    each(file, (kind, id, in) -> name(sums, kind, id, in));
    each(file, (kind, id, in) -> add(sums, kind, id, in));
    return new ArrayList<>(sums.values().stream().map(Sum::entry).toList());
  }

  /// A receiver of the beginning of a row, which reads its rest.
  private interface RowVisitor {
    void row(byte kind, long id, DataInputStream in) throws IOException;
  }

  private static void each(Path file, RowVisitor visitor) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      while (true) {
        int kind = in.read();
        if (kind < 0) {
          return;
        }
        visitor.row((byte) kind, in.readLong(), in);
      }
    } catch (EOFException e) {
      throw new IOException("expected whole rows of a dump, found the end of a file", e);
    }
  }

  private static void name(Map<Long, Sum> sums, byte kind, long id, DataInputStream in)
      throws IOException {
    switch (kind) {
      case CRATE -> sums.putIfAbsent(id, new Sum(CrateName.parse(in.readUTF())));
      case DOWNLOADS -> in.skipNBytes(Long.BYTES);
      default -> in.skipNBytes(2L * Long.BYTES);
    }
  }

  private static void add(Map<Long, Sum> sums, byte kind, long id, DataInputStream in)
      throws IOException {
    if (kind == CRATE) {
      var _ = in.readUTF();
      return;
    }
    long first = in.readLong();
    long second = kind == VERSION ? in.readLong() : 0;
    Sum sum = sums.get(id);
    if (sum == null) {
      return;
    }
    if (kind == VERSION) {
      sum.versions++;
      sum.digest += first;
      sum.bytes += second;
    } else {
      sum.downloads += first;
    }
  }

  private static void write(List<CrateUseEntry> entries, Comparator<CrateUseEntry> order, Path file)
      throws IOException {
    entries.sort(order);
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (CrateUseEntry entry : entries) {
        out.write(entry.line());
        out.write('\n');
      }
    }
  }

  /// A sorted file with its next entry.
  private record Run(CrateUseEntry entry, BufferedReader rest) {}

  private void merge(CrateUseTable table, String name, Comparator<CrateUseEntry> order, long most)
      throws IOException {
    Path made = folder.resolve(name);
    PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.comparing(Run::entry, order));
    List<BufferedReader> open = new ArrayList<>();
    try (BufferedWriter out = Files.newBufferedWriter(made, StandardCharsets.UTF_8)) {
      out.write(table.head());
      for (int i = 0; i < PARTS; i++) {
        BufferedReader in =
            Files.newBufferedReader(folder.resolve(name + i), StandardCharsets.UTF_8);
        open.add(in);
        next(runs, in);
      }
      for (long count = 0; count < most && !runs.isEmpty(); count++) {
        Run first = runs.remove();
        out.write(first.entry().line());
        out.write('\n');
        next(runs, first.rest());
      }
    } finally {
      for (BufferedReader in : open) {
        in.close();
      }
    }
    Files.move(
        made,
        target.resolve(name),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  private static void next(PriorityQueue<Run> runs, BufferedReader in) throws IOException {
    String line = in.readLine();
    if (line != null) {
      runs.add(new Run(CrateUseEntry.parse(line), in));
    }
  }

  private void clear() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// Removes the temporary files.
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (DataOutputStream out : parts) {
      try {
        out.close();
      } catch (IOException e) {
        // The rest must be closed too, or a full disk would also use up all descriptors.
        failure = e;
      }
    }
    clear();
    Files.delete(folder);
    if (failure != null) {
      throw failure;
    }
  }
}
