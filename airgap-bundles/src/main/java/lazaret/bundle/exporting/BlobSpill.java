package lazaret.bundle.exporting;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// Sorts artefacts by digest without holding them all: millions would not fit the heap. They are
/// put into files by the beginning of their digests, and the files are sorted one by one. Not
/// thread-safe.
final class BlobSpill implements AutoCloseable {
  private static final int HELD = 50_000;

  private final Path folder;
  private final List<CrateId> held = new ArrayList<>();
  private boolean spilled;

  /// @param folder does not exist yet; taken away when this is closed
  BlobSpill(Path folder) {
    this.folder = folder;
  }

  void add(CrateId id) throws IOException {
    held.add(id);
    if (held.size() == HELD) {
      spill();
    }
  }

  private void spill() throws IOException {
    if (!spilled) {
      Files.createDirectory(folder);
      spilled = true;
    }
    held.sort((a, b) -> a.cksum().compareTo(b.cksum()));
    int from = 0;
    while (from < held.size()) {
      String prefix = prefix(held.get(from));
      try (BufferedWriter out =
          Files.newBufferedWriter(
              folder.resolve(prefix),
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

  private static String prefix(CrateId id) {
    return id.cksum().hex().substring(0, 2);
  }

  /// What is done with an artefact.
  interface Visitor {
    void visit(CrateId id) throws IOException;
  }

  /// Visits the artefacts by digest, each digest once.
  void forEach(Visitor visitor) throws IOException {
    if (!spilled) {
      sorted(held.iterator(), visitor);
      return;
    }
    spill();
    for (int i = 0; i < 256; i++) {
      Path file = folder.resolve("%02x".formatted(i));
      if (Files.exists(file)) {
        try (var lines = Files.lines(file, StandardCharsets.US_ASCII)) {
          sorted(lines.map(BlobSpill::id).iterator(), visitor);
        }
      }
    }
  }

  private static CrateId id(String line) {
    int name = line.indexOf(' ');
    int version = line.indexOf(' ', name + 1);
    return new CrateId(
        CrateName.parse(line.substring(name + 1, version)),
        CrateVersion.parse(line.substring(version + 1)),
        Sha256.parse(line.substring(0, name)));
  }

  private static void sorted(Iterator<CrateId> ids, Visitor visitor) throws IOException {
    TreeMap<Sha256, CrateId> sorted = new TreeMap<>();
    ids.forEachRemaining(id -> sorted.putIfAbsent(id.cksum(), id));
    for (CrateId id : sorted.values()) {
      visitor.visit(id);
    }
  }

  @Override
  public void close() throws IOException {
    if (spilled) {
      Folders.remove(folder);
    }
  }
}
