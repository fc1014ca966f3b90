package lazaret.sandbox.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetPlatformsTest {
  private static final String OWN = "x86_64-unknown-linux-gnu";

  @TempDir Path sysroot;

  @BeforeEach
  void lay() throws IOException {
    Files.createDirectories(sysroot.resolve("lib/rustlib").resolve(OWN).resolve("lib"));
    Files.createDirectories(sysroot.resolve("lib/rustlib").resolve(OWN).resolve("bin"));
    Files.createDirectories(sysroot.resolve("lib/rustlib/wasm32-unknown-unknown/lib"));
    Files.createDirectories(sysroot.resolve("lib/rustlib/etc"));
  }

  private List<String> of(String... words) {
    return TargetPlatforms.of(List.of(words), new RustToolchain(sysroot));
  }

  @Test
  void buildIsForTheMachineAndTheTargetsThatAreNamed() {
    assertThat(of()).containsExactly(OWN);
    assertThat(of("cargo", "build")).containsExactly(OWN);
    assertThat(of("cargo", "build", "--target", "wasm32-unknown-unknown", "--target=i686-x"))
        .containsExactly("i686-x", "wasm32-unknown-unknown", OWN);
    assertThat(of("cargo", "run", "--", "--target", "mine")).containsExactly(OWN);
    assertThat(of("cargo", "build", "--target")).containsExactly(OWN);
  }

  @Test
  void whatLooksAtTheWholeLockfileNeedsAllPlatforms() {
    assertThat(of("cargo", "metadata")).isEmpty();
    assertThat(of("cargo", "tree")).isEmpty();
  }

  @Test
  void unknownMachineGetsAllPlatforms() throws IOException {
    Files.delete(sysroot.resolve("lib/rustlib").resolve(OWN).resolve("bin"));

    assertThat(of("cargo", "build")).isEmpty();
  }
}
