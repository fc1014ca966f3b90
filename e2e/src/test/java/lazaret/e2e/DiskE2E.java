package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.ScriptedUpstream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Disks with damaged data, and full disks.
@Tag("ci")
class DiskE2E {

  /// Returns a crate with bytes that do not compress, so that they can be found again on disk.
  private static CrateBuilder bulky(String name, int bytes) {
    byte[] noise = new byte[bytes];
    new Random(name.hashCode()).nextBytes(noise);
    return CrateBuilder.crate(name, "1.0.0").file("src/noise", noise);
  }

  @Test
  void rottenArtifactIsNotServedButFetchedAnew() throws IOException {
    CrateBuilder crate = bulky("alpha", 100_000);
    try (GateScene scene = GateScene.of(Crates.aged(crate))) {
      assertThat(scene.http().artifact(crate.id()).status()).isEqualTo(200);
      scene.gate().stop();
      rot(scene.gate().data(), crate.build().array());
      scene.upstream().forgetRequests();

      try (GateScene later = scene.restarted()) {
        HttpProbeClient.Answer answer = later.http().artifact(crate.id());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().equals(crate.build())).isTrue();
        assertThat(later.upstream().count("/crates/*")).isEqualTo(1);
        assertThat(later.http().desk("/events").text()).contains("rotten-artefact");
        assertThat(later.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
      }
    }
  }

  /// The checksum that RocksDB has of the bytes is damaged. A response needs that of the gate only.
  @Test
  void artifactIsServedByItsOwnChecksum() throws IOException {
    CrateBuilder first = bulky("alpha", 100_000);
    CrateBuilder second = bulky("beta", 100_000);
    try (GateScene scene = GateScene.of(Crates.aged(first, second))) {
      assertThat(scene.http().artifact(first.id()).status()).isEqualTo(200);
      assertThat(scene.http().artifact(second.id()).status()).isEqualTo(200);
      scene.gate().stop();
      rotBefore(scene.gate().data(), second.id().cksum().bytes());
      scene.upstream().forgetRequests();

      try (GateScene later = scene.restarted()) {
        // Brings the block with the keys of both into memory.
        assertThat(later.http().artifact(first.id()).status()).isEqualTo(200);
        HttpProbeClient.Answer answer = later.http().artifact(second.id());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().equals(second.build())).isTrue();
        assertThat(later.upstream().count("/crates/*")).isZero();
      }
    }
  }

  /// Flips one bit before a key in a file of blobs, in the last byte of the blob's checksum.
  private static void rotBefore(Path data, byte[] key) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      int rotten = 0;
      for (Path file : files.filter(f -> f.toString().endsWith(".blob")).toList()) {
        byte[] content = Files.readAllBytes(file);
        int at = find(content, key);
        if (at > 0) {
          content[at - 1] ^= 1;
          Files.write(file, content);
          rotten++;
        }
      }
      assertThat(rotten).as("files with the key in them").isPositive();
    }
  }

  /// Flips one bit in the middle of the bytes, wherever they are in the store.
  private static void rot(Path data, byte[] wanted) throws IOException {
    int middle = wanted.length / 2;
    byte[] needle = java.util.Arrays.copyOfRange(wanted, middle, middle + 64);
    try (Stream<Path> files = Files.walk(data)) {
      int rotten = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        int at = find(content, needle);
        if (at >= 0) {
          content[at] ^= 1;
          Files.write(file, content);
          rotten++;
        }
      }
      assertThat(rotten).as("files with the artefact in them").isPositive();
    }
  }

  private static int find(byte[] content, byte[] needle) {
    for (int at = 0; at + needle.length <= content.length; at++) {
      if (java.util.Arrays.equals(content, at, at + needle.length, needle, 0, needle.length)) {
        return at;
      }
    }
    return -1;
  }

  @Test
  void fullDiskStopsAdmissionsNotServiceAndEndsByItself() throws Exception {
    Path data = smallDisk("96m");
    CrateBuilder held = bulky("held", 50_000);
    CrateBuilder fresh = bulky("fresh", 50_000);
    try (ScriptedUpstream upstream = ScriptedUpstream.start(Crates.aged(held, fresh));
        GateProcess gate =
            GateProcess.start(
                GateSettings.over(data.resolve("store"), upstream).set("min-free", "16MiB"))) {
      HttpProbeClient http = gate.http();
      assertThat(http.artifact(held.id()).status()).isEqualTo(200);
      Path filler = data.resolve("filler");
      fill(filler, 1 << 20);

      HttpProbeClient.Answer checkedInMemory = http.artifact(fresh.id());

      assertThat(checkedInMemory.status()).as(checkedInMemory.toString()).isEqualTo(200);
      assertThat(checkedInMemory.body().equals(fresh.build())).isTrue();
      assertThat(http.artifact(held.id()).status()).isEqualTo(200);
      assertThat(http.index("held").status()).isEqualTo(200);
      assertThat(http.desk("/status").text()).contains("\"accepts_artifacts\":false");

      Files.delete(filler);
      CrateBuilder later = bulky("held", 50_000);
      assertThat(http.artifact(later.id()).status()).isEqualTo(200);
      GateScene.await(
          "room", () -> http.desk("/status").text().contains("\"accepts_artifacts\":true"));
      GateScene.await(
          "a decision", () -> http.decide("deny", "room again", "held@1.0.0").status() == 200);
      assertThat(http.artifact(held.id()).status()).isEqualTo(403);
    } finally {
      new ProcessBuilder("umount", data.toString()).start().waitFor();
    }
  }

  @Test
  void diskOfZeroBytesTakesDenialsStartsAgainAndStoresLater() throws Exception {
    Path data = smallDisk("128m");
    CrateBuilder held = bulky("held", 50_000);
    CrateBuilder denied = bulky("denied", 50_000);
    CrateBuilder fresh = bulky("fresh", 50_000);
    GateSettings settings;
    try (ScriptedUpstream upstream = ScriptedUpstream.start(Crates.aged(held, denied, fresh))) {
      settings = GateSettings.over(data.resolve("store"), upstream).set("min-free", "32MiB");
      try (GateProcess gate = GateProcess.start(settings)) {
        HttpProbeClient http = gate.http();
        assertThat(http.artifact(held.id()).status()).isEqualTo(200);
        assertThat(http.artifact(denied.id()).status()).isEqualTo(200);
        fillUp(data);

        assertThat(http.decide("deny", "malware", "denied@1.0.0").status()).isEqualTo(200);
        assertThat(http.artifact(denied.id()).status()).isEqualTo(403);
        fillUp(data);
        gate.stop();
      }
      fillUp(data);
      try (GateProcess gate = GateProcess.start(settings)) {
        HttpProbeClient http = gate.http();
        assertThat(http.artifact(held.id()).status()).isEqualTo(200);
        assertThat(http.index("held").status()).isEqualTo(200);
        assertThat(http.artifact(denied.id()).status()).isEqualTo(403);
        assertThat(http.decide("deny", "on a full disk", "held@1.0.0").status()).isEqualTo(200);
        assertThat(http.artifact(held.id()).status()).isEqualTo(403);
        assertThat(http.artifact(fresh.id()).status()).isEqualTo(200);
        assertThat(http.desk("/crates/fresh/1.0.0").text()).contains("\"stored\":false");

        removeFillers(data);
        GateScene.await(
            "the artifact to be stored",
            () -> http.desk("/crates/fresh/1.0.0").text().contains("\"stored\":true"));
      }
    } finally {
      new ProcessBuilder("umount", "-l", data.toString()).start().waitFor();
    }
  }

  /// Writes until the file system is full.
  private static void fillUp(Path folder) {
    byte[] chunk = new byte[4096];
    try (var out = Files.newOutputStream(folder.resolve("filler-" + System.nanoTime()))) {
      while (true) {
        out.write(chunk);
      }
    } catch (IOException _) {
      assertThat(folder.toFile().getUsableSpace()).isLessThan(chunk.length);
    }
  }

  private static void removeFillers(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("filler")).toList()) {
        Files.delete(file);
      }
    }
  }

  /// Writes until only the given number of bytes is free.
  private static void fill(Path file, long leave) throws IOException {
    long free = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
    byte[] chunk = new byte[1 << 16];
    try (var out = Files.newOutputStream(file)) {
      for (long left = free - leave; left > 0; left -= chunk.length) {
        out.write(chunk);
      }
    }
  }

  private static Path smallDisk(String size) throws Exception {
    Path folder = WorkFolder.folder("disk");
    assumeTrue(Machine.program("mount").isPresent(), "there is no mount here");
    List<String> mount =
        List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    int exit = new ProcessBuilder(mount).start().waitFor();
    assumeTrue(exit == 0, "only root can mount a small file system");
    return folder;
  }
}
