package lazaret.bundle.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lazaret.bundle.exporting.SingleFileBundle;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.importing.ImportOutcome;
import lazaret.bundle.importing.NetworkFixture;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;

/// A small stream as the current program makes it, packed for tests of later releases. It has a
/// full bundle, a delta as a single file, and a revocation.
final class ReleaseStream {
  /// The file of the root to trust.
  static final String ROOT = "root.json";

  /// The file with the time of the imports, and each bundle with the state root after its import.
  static final String LIST = "stream.txt";

  private ReleaseStream() {}

  static void write(Path zip, Path folder) throws IOException {
    SnapshotPair outside = SnapshotPair.honest();
    outside.put(3, outside.crates(2).toArray(SnapshotCrate[]::new));
    outside.change(
        3,
        new SnapshotCrate(
            CrateName.parse("alpha"),
            List.of(
                outside.line("alpha", "1.0.0").build(),
                outside.line("alpha", "1.0.1").at(8, false))));
    Path stream = Files.createDirectory(folder.resolve("stream"));
    Path delta = outside.export(SnapshotKind.DELTA, 2, folder, 1);
    Path single = SingleFileBundle.pack(delta);
    List<Path> bundles =
        List.of(
            outside.export(SnapshotKind.FULL, 1, stream),
            Files.move(single, stream.resolve(String.valueOf(single.getFileName()))),
            outside.export(SnapshotKind.REVOCATION, 3, stream, 2));

    List<String> list = new ArrayList<>();
    list.add(NetworkFixture.CLOCK.instant().toString());
    try (NetworkFixture inside = NetworkFixture.open(folder.resolve("network"))) {
      for (Path bundle : bundles) {
        if (!(inside.run(bundle) instanceof ImportOutcome.Imported)) {
          throw new IllegalStateException(bundle + " is not imported");
        }
        list.add(bundle.getFileName() + " " + inside.root());
      }
    }
    Files.write(stream.resolve(LIST), list);
    Files.write(stream.resolve(ROOT), TestExports.root(Duration.ofDays(900)).array());
    pack(stream, zip);
  }

  private static void pack(Path folder, Path zip) throws IOException {
    try (Stream<Path> files = Files.walk(folder);
        var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        var entry = new ZipEntry(folder.relativize(file).toString());
        entry.setLastModifiedTime(FileTime.from(Instant.EPOCH));
        out.putNextEntry(entry);
        Files.copy(file, out);
      }
    }
  }
}
