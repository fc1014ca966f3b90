package lazaret.bundle.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.Formats;
import lazaret.testkit.Attack;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that becomes full at any moment of an import. The previous snapshot is served, and the
/// import succeeds after space was freed. The disk is a real file system in memory, in a namespace
/// that ends with its process.
class ImportDiskFullTest {
  private static final String SIZE = "48m";

  @TempDir Path folder;

  @Test
  @Attack(66)
  void aFullDiskLeavesTheOldSnapshotAndTheNextImportEnds() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(maySetUpADisk(disk), "skipped: no file system of one's own may be mounted");
    var outside = new ConnectedFixture(Files.createDirectory(folder.resolve("medium")));
    outside.snapshot(crates("1.0.0"));
    try (NetworkFixture inside = NetworkFixture.open(folder.resolve("network"))) {
      inside.run(outside.bundle(SnapshotKind.FULL));
    }
    outside.snapshot(crates("1.0.0", "1.1.0"));
    Path bundle = outside.bundle(SnapshotKind.DELTA, 1);
    String root = TestExports.root(outside.crates(2)).hex();

    Set<String> refused = new TreeSet<>();
    List<String> lines = child(disk, bundle);
    for (String line : lines) {
      String[] fields = line.split("\\|", -1);
      assertThat(fields).as(line).hasSize(5);
      assertThat(fields[1])
          .as(line)
          .isIn("space-insufficient", "space-insufficient, served", "Imported");
      assertThat(fields[2]).as(line).isEqualTo(fields[1].equals("space-insufficient") ? "1" : "2");
      if (fields[1].equals("space-insufficient")) {
        refused.add(fields[0]);
      }
      assertThat(fields[3]).as(line).isIn("Imported", "AlreadyImported");
      assertThat(fields[4]).as(line).isEqualTo(root);
    }
    assertThat(refused).contains("before a write");
    assertThat(lines).hasSizeGreaterThan(3);
  }

  private static SnapshotCrate[] crates(String... versions) {
    return Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
        .map(name -> Formats.crate(name, versions))
        .toArray(SnapshotCrate[]::new);
  }

  private static List<String> inside(Path disk) {
    return List.of(
        "unshare",
        "--user",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        "mount -t tmpfs -o size=" + SIZE + " tmpfs \"$0\" && exec \"$@\"",
        disk.toString());
  }

  private static boolean maySetUpADisk(Path disk) throws InterruptedException {
    List<String> command = new ArrayList<>(inside(disk));
    command.add("true");
    try {
      Process tried = new ProcessBuilder(command).redirectErrorStream(true).start();
      tried.getInputStream().readAllBytes();
      return tried.waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private List<String> child(Path disk, Path bundle) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(inside(disk));
    command.addAll(
        ImportChild.java(
            ImportDiskFullChild.class,
            folder.resolve("network").toString(),
            bundle.toString(),
            disk.toString(),
            Boolean.getBoolean("lazaret.all") ? "1" : "3"));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).as(out).isZero();
    return out.lines().toList();
  }
}
