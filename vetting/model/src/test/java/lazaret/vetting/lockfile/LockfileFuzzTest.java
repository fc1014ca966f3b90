package lazaret.vetting.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.FuzzHarness;
import org.junit.jupiter.api.Test;

class LockfileFuzzTest {
  private static final String[] WORDS = {
    "[",
    "]",
    "{",
    "}",
    "[[package]]\n",
    "[root]\n",
    "[metadata]\n",
    "[[patch.unused]]\n",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "=",
    " = ",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "\\",
    "\\u0041",
    "#",
    ".",
    ",",
    "\u0000",
    "é",
    "version = 4\n",
    "version = 3\n",
    "version = 5\n",
    "version = 04\n",
    "name = \"a\"\n",
    "version = \"1.0.0\"\n",
    "dependencies = [\n",
    " \"b\",\n",
    "]\n",
    "dependencies = [\"a\"]\n",
    "checksum = \"",
    "\"checksum a 1.0.0 (registry+https://h)\" = \"<none>\"\n",
    "<<<<<<< HEAD\n",
    "x = [",
    "a.b = 1\n",
    "1979-05-27",
    "inf",
    "true"
  };

  @Test
  void lockfiles() {
    FuzzHarness.run(
        "lockfile",
        input -> {
          compare(input);
          check(Lockfile.parse(input));
        },
        WORDS);
  }

  /// Checks that the reader agrees with another parser, which is slow, so only short texts are
  /// compared.
  private static void compare(Bytes input) {
    String text = input.text();
    if (!Bytes.utf8(text).equals(input)) {
      return;
    }
    if (text.length() < 2_000) {
      RawLockfile raw = TomlLockfileReader.read(input);
      TomlOracle.read(text).ifPresent(expected -> assertThat(raw).isEqualTo(expected));
    }
  }

  private static void check(Lockfile file) {
    assertThat(file.format()).isBetween(1, 4);
    Set<LockedPackageId> ids = new HashSet<>();
    for (LockedPackage each : file.packages()) {
      assertThat(ids.add(each.id())).isTrue();
      assertThat(each.crateId().isPresent())
          .isEqualTo(each.throughGate() && each.checksum() != null);
    }
    for (LockedPackage each : file.packages()) {
      assertThat(ids).containsAll(each.dependencies());
    }
  }
}
