package lazaret.vetting.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.SharedData;
import org.junit.jupiter.api.Test;

/// The shared lockfiles: three projects at two times, and three published programs.
class LockfileOracleTest {
  private static Map<String, Bytes> lockfiles() throws IOException {
    var files = new LinkedHashMap<String, Bytes>();
    for (Path path : SharedData.files("upstream/projects")) {
      if (SharedData.nameOf(path).startsWith("Cargo.lock")) {
        files.put(path.toString(), SharedData.read(path));
      }
    }
    for (String program : new String[] {"ripgrep-14.1.1", "hyperfine-1.19.0", "exa-0.10.1"}) {
      String name = program.substring(0, program.lastIndexOf('-'));
      Path crate = SharedData.path("upstream/crates/" + name + "/" + program + ".crate");
      files.put(program, entry(SharedData.read(crate), program + "/Cargo.lock"));
    }
    return files;
  }

  /// Finds an entry of a gzipped tar of short names.
  private static Bytes entry(Bytes crate, String name) throws IOException {
    try (var tar =
        new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(crate.array())))) {
      byte[] header = new byte[512];
      while (true) {
        tar.readFully(header);
        String found = new String(header, 0, 100, StandardCharsets.UTF_8).replace("\0", "");
        String size = new String(header, 124, 11, StandardCharsets.US_ASCII).strip();
        byte[] data = new byte[Integer.parseInt(size, 8)];
        tar.readFully(data);
        tar.skipNBytes((512 - data.length % 512) % 512);
        if (found.equals(name)) {
          return Bytes.of(data);
        }
      }
    }
  }

  @Test
  void readsRealLockfilesAndFindsEveryDependency() throws IOException {
    var formats = new LinkedHashMap<String, Integer>();
    for (Map.Entry<String, Bytes> file : lockfiles().entrySet()) {
      String text = file.getValue().text();
      Lockfile lockfile = Lockfile.parse(file.getValue());

      assertThat(lockfile.packages()).as(file.getKey()).hasSize(count(text, "[[package]]"));
      assertThat(lockfile.fromCratesIo())
          .as(file.getKey())
          .hasSize(count(text, "source = \"registry+"))
          .allSatisfy(p -> assertThat(p.crateId()).isPresent());
      assertThat(lockfile.packages().stream().mapToInt(p -> p.dependencies().size()).sum())
          .as(file.getKey())
          .isEqualTo(count(text, "\n \""));
      formats.merge("format " + lockfile.format(), 1, Integer::sum);
    }
    // The program of 2021 states no format and has its checksums inline: cargo calls that 2.
    assertThat(formats).isEqualTo(Map.of("format 4", 6, "format 3", 2, "format 2", 1));
  }

  @Test
  void readsThemAlikeAsLinesAndAsToml() throws IOException {
    for (Map.Entry<String, Bytes> file : lockfiles().entrySet()) {
      String text = file.getValue().text();
      RawLockfile expected = TomlOracle.read(text).orElseThrow();

      assertThat(LockfileLines.read(text)).as(file.getKey()).contains(expected);
      assertThat(LockfileLines.read(text.replace("\n", "\r\n"))).contains(expected);
      assertThat(LockfileToml.read(file.getValue())).as(file.getKey()).isEqualTo(expected);
    }
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
