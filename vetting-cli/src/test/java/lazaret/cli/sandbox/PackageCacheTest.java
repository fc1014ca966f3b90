package lazaret.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import lazaret.cli.desk.CliException;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageCacheTest {
  private static final CrateBuilder ALPHA = CrateBuilder.crate("alpha", "1.0.0");
  private static final List<CrateId> CLOSURE = List.of(ALPHA.id());

  @TempDir Path root;

  private PackageCache cache() {
    return PackageCache.open(root, "http://127.0.0.1:7080");
  }

  private void fetch(PackageCache cache, byte[] bytes) throws IOException {
    Path folder = cache.home().resolve("registry/cache/gate.invalid-0123456789abcdef");
    Files.createDirectories(folder);
    Files.write(folder.resolve("alpha-1.0.0.crate"), bytes);
  }

  @Test
  void eachGateHasACacheOfItsOwnAndNobodyElseReadsIt() throws IOException {
    PackageCache one = cache();
    PackageCache other = PackageCache.open(root, "http://127.0.0.1:7081");

    assertThat(other.home()).isNotEqualTo(one.home());
    assertThat(cache()).isEqualTo(one);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one.home())))
        .isEqualTo("rwx------");
  }

  @Test
  void settingsThatSomebodyChangedAreWrittenAnew() throws IOException {
    Path settings = cache().home().resolve("config.toml");
    String text = Files.readString(settings);
    Files.writeString(settings, "[source.crates-io]\nreplace-with = \"evil\"\n");

    cache();

    assertThat(Files.readString(settings)).isEqualTo(text).contains("gate.invalid");
  }

  @Test
  void whatWasFetchedIsKnownByLockfileAndManner() throws IOException {
    PackageCache cache = cache();
    fetch(cache, ALPHA.build().array());
    assertThat(cache.holds(CLOSURE, "stable")).isFalse();

    cache.seal(CLOSURE, "stable");

    assertThat(cache.holds(CLOSURE, "stable")).isTrue();
    assertThat(cache.holds(CLOSURE, "nightly")).isFalse();
    assertThat(cache.holds(List.of(CrateBuilder.crate("alpha", "1.0.1").id()), "stable")).isFalse();
  }

  @Test
  void cacheBeyondItsLimitIsRemovedAndNothingElse() throws IOException {
    PackageCache cache = cache();
    fetch(cache, new byte[100_000]);
    Path closed = Files.createDirectories(cache.home().resolve("registry/src/closed/inner"));
    Files.writeString(closed.resolve("lib.rs"), "");
    Path outside = Files.createDirectory(root.resolve("targets"));
    Files.createSymbolicLink(closed.resolve("link"), outside);
    Path kept = Files.write(outside.resolve("program"), new byte[300_000]);
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(closed.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));

    PackageCache.limit(root, 200_000);
    assertThat(cache.home()).exists();

    PackageCache.limit(root, 99_999);
    assertThat(root.resolve("gates")).doesNotExist();
    assertThat(kept).exists();

    PackageCache.limit(root, 0);
    assertThat(cache().home()).exists();
  }

  @Test
  void whatWasTidiedUpInPartIsFetchedAgain() throws IOException {
    PackageCache cache = cache();
    fetch(cache, ALPHA.build().array());
    Path index =
        cache
            .home()
            .resolve("registry/index/gate.invalid-0123456789abcdef/.cache/al/ph")
            .resolve("alpha");
    Files.createDirectories(index.getParent());
    Files.writeString(index, "{}");
    cache.seal(CLOSURE, "stable");
    assertThat(cache.holds(CLOSURE, "stable")).isTrue();

    Files.delete(index);

    assertThat(cache.holds(CLOSURE, "stable")).isFalse();
  }

  @Test
  void fileWithOtherBytesIsTamperedWith() throws IOException {
    PackageCache cache = cache();
    fetch(cache, new byte[] {1, 2, 3});

    assertThatThrownBy(() -> cache.seal(CLOSURE, "stable"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("alpha-1.0.0.crate with a SHA-256 that differs from the lockfile")
        .extracting(e -> ((LazaretException) e).code())
        .isEqualTo(ErrorCode.CKSUM_MISMATCH);
    assertThat(cache.holds(CLOSURE, "stable")).isFalse();
  }
}
