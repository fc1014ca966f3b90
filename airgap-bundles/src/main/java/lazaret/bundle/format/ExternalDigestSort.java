package lazaret.bundle.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// An external sort of artifacts by digest, because millions of them do not fit in the heap.
/// Artifacts are written to files by the first byte of their digest, and each file is sorted
/// separately. Not thread-safe.
public final class ExternalDigestSort implements AutoCloseable {
  private static final int HELD = 50_000;
  private static final Comparator<CrateId> BY_DIGEST =
      (one, other) -> one.cksum().compareTo(other.cksum());

  private final Path folder;
  private final List<CrateId> held = new ArrayList<>();
  private boolean spilled;

  /// Creates an empty sort.
  ///
  /// @param folder an existing folder for temporary files, which is not removed
  public ExternalDigestSort(Path folder) {
    this.folder = folder;
  }

  /// Adds an artifact.
  ///
  /// @throws IOException if a temporary file cannot be written
  public void add(CrateId id) throws IOException {
    held.add(id);
    if (held.size() == HELD) {
      spill();
    }
  }

  private void spill() throws IOException {
    spilled = true;
    held.sort(BY_DIGEST);
    int from = 0;
    while (from < held.size()) {
      String prefix = prefix(held.get(from));
      try (BufferedWriter out =
          Files.newBufferedWriter(
              file(prefix),
              StandardCharsets.US_ASCII,
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND)) {
        for (; from < held.size() && prefix(held.get(from)).equals(prefix); from++) {
          CrateId id = held.get(from);
          out.write(id.cksum() + " " + id.name() + " " + id.version().text() + "\n");
        }
      }
    }
    held.clear();
  }

  private Path file(String prefix) {
    return folder.resolve(".sort-" + prefix);
  }

  private static String prefix(CrateId id) {
    return id.cksum().hex().substring(0, 2);
  }

  /// A function that is called for each artifact.
  @FunctionalInterface
  public interface Visitor {
    /// Visits an artifact.
    ///
    /// @throws IOException to stop the iteration
    void visit(CrateId id) throws IOException;
  }

  /// Visits the artifacts in the order of digests. Of several artifacts with one digest, one is
  /// visited.
  ///
  /// @throws IOException if the visitor throws it or a temporary file cannot be read
  public void forEach(Visitor visitor) throws IOException {
    if (!spilled) {
      sorted(held, visitor);
      return;
    }
    spill();
    for (int i = 0; i < 256; i++) {
      Path file = file("%02x".formatted(i));
      if (Files.exists(file)) {
        try (var lines = Files.lines(file, StandardCharsets.US_ASCII)) {
          sorted(
              lines.map(ExternalDigestSort::id).collect(Collectors.toCollection(ArrayList::new)),
              visitor);
        }
      }
    }
  }

  /// Finds an artifact that matches a predicate. It may be called during [#forEach].
  ///
  /// @return the first match, or empty
  /// @throws IOException if a temporary file cannot be read
  public Optional<CrateId> find(Predicate<CrateId> wanted) throws IOException {
    List<CrateId> found = new ArrayList<>(1);
    forEach(
        id -> {
          if (found.isEmpty() && wanted.test(id)) {
            found.add(id);
          }
        });
    return found.stream().findFirst();
  }

  private static CrateId id(String line) {
    int name = line.indexOf(' ');
    int version = line.indexOf(' ', name + 1);
    return new CrateId(
        CrateName.parse(line.substring(name + 1, version)),
        CrateVersion.parse(line.substring(version + 1)),
        Sha256.parse(line.substring(0, name)));
  }

  /// Sorts the artifacts, and visits the first one of each digest.
  private static void sorted(List<CrateId> ids, Visitor visitor) throws IOException {
    ids.sort(BY_DIGEST);
    Sha256 before = null;
    // By index, because [#find] may sort the sorted list again during the iteration.
    for (int i = 0; i < ids.size(); i++) {
      CrateId id = ids.get(i);
      if (!id.cksum().equals(before)) {
        before = id.cksum();
        visitor.visit(id);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; spilled && i < 256; i++) {
      Files.deleteIfExists(file("%02x".formatted(i)));
    }
  }
}
