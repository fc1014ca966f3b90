package lazaret.vetting.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.OracleData;
import org.junit.jupiter.api.Test;

/// The shared lockfiles: three projects at two times, and three published programs.
class LockfileOracleTest {
  private static Map<String, Bytes> lockfiles() {
    var files = new LinkedHashMap<String, Bytes>();
    for (Path path : OracleData.files("upstream/projects")) {
      if (OracleData.nameOf(path).startsWith("Cargo.lock")) {
        files.put(path.toString(), OracleData.read(path));
      }
    }
    for (String program : new String[] {"ripgrep-14.1.1", "hyperfine-1.19.0", "exa-0.10.1"}) {
      String name = program.substring(0, program.lastIndexOf('-'));
      Path crate = OracleData.path("upstream/crates/" + name + "/" + program + ".crate");
      files.put(program, OracleData.archived(crate, program + "/Cargo.lock"));
    }
    return files;
  }

  @Test
  void readsRealLockfilesAndFindsEveryDependency() {
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
    // The program of 2021 states no format and has its checksums inline, which is format 2 for
    // cargo.
    assertThat(formats).isEqualTo(Map.of("format 4", 6, "format 3", 2, "format 2", 1));
  }

  @Test
  void readsThemLikeAnotherParser() {
    for (Map.Entry<String, Bytes> file : lockfiles().entrySet()) {
      String text = file.getValue().text();
      RawLockfile expected = TomlOracle.read(text).orElseThrow();

      Bytes withCrlf = Bytes.utf8(text.replace("\n", "\r\n"));
      assertThat(TomlLockfileReader.read(file.getValue())).as(file.getKey()).isEqualTo(expected);
      assertThat(TomlLockfileReader.read(withCrlf)).as(file.getKey()).isEqualTo(expected);
    }
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
