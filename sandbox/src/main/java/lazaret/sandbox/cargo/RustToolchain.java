package lazaret.sandbox.cargo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;

/// A Rust toolchain on disk. It is found without running a program: the proxies of rustup would
/// obey a `rust-toolchain.toml`, which can select a compiler of the project.
///
/// @param sysroot the folder with `bin/cargo`, `bin/rustc` and `lib/rustlib`, with links resolved
public record RustToolchain(Path sysroot) {
  private static final Pattern DEFAULT =
      Pattern.compile("(?m)^default_toolchain\\s*=\\s*\"([^\"\\n]+)\"");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final String CURE =
      "; install Rust (rustup, or the package cargo), or put it into PATH";

  /// Finds the toolchain that `cargo` in PATH belongs to, without regard to a project.
  ///
  /// @param environment the environment with PATH, and RUSTUP_HOME and RUSTUP_TOOLCHAIN of rustup
  /// @param home the home folder of the user
  /// @throws SandboxException if there is none
  public static RustToolchain find(Map<String, String> environment, Path home) {
    Path cargo =
        path(environment)
            .map(folder -> folder.resolve("cargo"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() -> missing("no cargo in PATH" + CURE));
    Path bin = cargo.getParent();
    boolean shim = bin != null && Files.isExecutable(bin.resolve("rustup"));
    return shim ? behindRustup(environment, home) : around(cargo);
  }

  private static Stream<Path> path(Map<String, String> environment) {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(":", -1))
        .filter(folder -> folder.startsWith("/"))
        .map(Path::of);
  }

  private static RustToolchain around(Path cargo) {
    Path bin = real(cargo).getParent();
    Path sysroot = bin == null ? null : bin.getParent();
    if (sysroot == null) {
      throw missing("no toolchain around " + cargo + CURE);
    }
    return checked(sysroot);
  }

  private static RustToolchain behindRustup(Map<String, String> environment, Path home) {
    String named = environment.getOrDefault("RUSTUP_HOME", "");
    Path rustup = named.isEmpty() ? home.resolve(".rustup") : Path.of(named);
    String chosen = environment.getOrDefault("RUSTUP_TOOLCHAIN", "");
    String name = chosen.isEmpty() ? usual(rustup) : chosen;
    if (!NAME.matcher(name).matches()) {
      throw missing("cannot use the toolchain '" + name + "': expected a name like stable" + CURE);
    }
    Path folder = rustup.resolve("toolchains");
    return installed(folder, name)
        .map(RustToolchain::checked)
        .orElseThrow(
            () ->
                missing(
                    "no toolchain '%s' in %s; install it with 'rustup toolchain install %s'"
                        .formatted(name, folder, name)));
  }

  /// Returns the folder of an installed toolchain. For the name of a channel it is the toolchain of
  /// the host, whose folder name also contains the platform.
  private static Optional<Path> installed(Path folder, String name) {
    Path exact = folder.resolve(name);
    if (Files.isDirectory(exact)) {
      return Optional.of(exact);
    }
    try (Stream<Path> all = Files.list(folder)) {
      String machine = System.getProperty("os.arch");
      String start = name + "-" + (machine.equals("amd64") ? "x86_64" : machine) + "-";
      return all.filter(f -> f.getFileName().toString().startsWith(start)).sorted().findFirst();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static String usual(Path rustup) {
    Path settings = rustup.resolve("settings.toml");
    try {
      Matcher line = DEFAULT.matcher(Files.readString(settings));
      if (line.find()) {
        return line.group(1);
      }
    } catch (IOException e) {
      throw new SandboxException(
          Kind.UNUSABLE, "cannot read " + settings + ", the settings of rustup: " + e, e);
    }
    throw missing("no default_toolchain in " + settings + "; set one with 'rustup default stable'");
  }

  private static RustToolchain checked(Path folder) {
    Path sysroot = real(folder);
    for (String part : new String[] {"bin/cargo", "bin/rustc", "lib/rustlib"}) {
      if (!Files.exists(sysroot.resolve(part))) {
        throw missing("no toolchain in " + sysroot + ": expected " + part + " there" + CURE);
      }
    }
    return new RustToolchain(sysroot);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new SandboxException(Kind.UNUSABLE, "cannot follow " + path + CURE, e);
    }
  }

  private static SandboxException missing(String message) {
    return new SandboxException(Kind.UNUSABLE, message);
  }
}
