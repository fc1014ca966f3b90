package lazaret.sandbox.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.sandbox.SandboxException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RustToolchainTest {
  @TempDir Path unresolved;
  private Path home;

  @BeforeEach
  void resolve() throws IOException {
    home = unresolved.toRealPath();
  }

  @Test
  void looksBehindTheShimsOfRustup() throws IOException {
    program(".cargo/bin/rustup");
    program(".cargo/bin/cargo");
    sysroot(".rustup/toolchains/stable-x86_64-unknown-linux-gnu");
    sysroot(".rustup/toolchains/1.90.0-x86_64-unknown-linux-gnu");
    Files.writeString(
        home.resolve(".rustup/settings.toml"),
        "version = \"12\"\ndefault_toolchain = \"stable-x86_64-unknown-linux-gnu\"\n");

    assertThat(find(Map.of()))
        .isEqualTo(home.resolve(".rustup/toolchains/stable-x86_64-unknown-linux-gnu"));
    assertThat(find(Map.of("RUSTUP_TOOLCHAIN", "1.90.0-x86_64-unknown-linux-gnu")))
        .isEqualTo(home.resolve(".rustup/toolchains/1.90.0-x86_64-unknown-linux-gnu"));
  }

  @Test
  void refusesAToolchainThatIsAPathOrMissing() throws IOException {
    program(".cargo/bin/rustup");
    program(".cargo/bin/cargo");
    Files.createDirectories(home.resolve(".rustup/toolchains"));

    assertThatThrownBy(() -> find(Map.of("RUSTUP_TOOLCHAIN", "../../evil")))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("cannot use the toolchain '../../evil'");
    assertThatThrownBy(() -> find(Map.of("RUSTUP_TOOLCHAIN", "nightly")))
        .hasMessageContaining("install it with 'rustup toolchain install nightly'");
  }

  @Test
  void takesTheToolchainOfADistribution() throws IOException {
    sysroot("usr");

    assertThat(RustToolchain.find(Map.of("PATH", home + "/usr/bin"), home).sysroot())
        .isEqualTo(home.resolve("usr"));
  }

  @Test
  void refusesToDoWithout() {
    assertThatThrownBy(() -> RustToolchain.find(Map.of("PATH", "bin:/nowhere"), home))
        .isInstanceOf(SandboxException.class)
        .hasMessageStartingWith("no cargo in PATH; install Rust");
  }

  private Path find(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PATH", "/nowhere:" + home.resolve(".cargo/bin"));
    return RustToolchain.find(environment, home).sysroot();
  }

  private void sysroot(String folder) throws IOException {
    for (String program : List.of("bin/cargo", "bin/rustc")) {
      program(folder + "/" + program);
    }
    Files.createDirectories(home.resolve(folder).resolve("lib/rustlib"));
  }

  private void program(String path) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
