package lazaret.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;

/// A lockfile as large as that of a large workspace: versions of the shared slice, distributed
/// evenly.
final class WideLock {
  private WideLock() {}

  /// Returns the text of the lockfile.
  ///
  /// @param upstream the slice in the layout of a folder upstream
  static String of(Path upstream, int packages) throws IOException {
    List<IndexEntry> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(upstream.resolve("index"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (CrateName.isValid(name)) {
          Bytes text = Bytes.of(Files.readAllBytes(file));
          IndexFile.parse(CrateName.parse(name), text, IndexLimits.DEFAULT).entries().stream()
              .filter(entry -> !entry.yanked())
              .forEach(all::add);
        }
      }
    }
    StringBuilder lock = new StringBuilder("version = 4\n");
    for (long i = 0; i < packages; i++) {
      IndexEntry entry = all.get((int) (i * all.size() / packages));
      lock.append("\n[[package]]\nname = \"").append(entry.name());
      lock.append("\"\nversion = \"").append(entry.version());
      lock.append("\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"");
      lock.append("\nchecksum = \"").append(entry.cksum()).append("\"\n");
    }
    return lock.toString();
  }
}
