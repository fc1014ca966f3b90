package lazaret.vetting.inspect.source;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Configuration of cargo and rustup in a crate, by the programs that it names (Cargo reference,
/// *Configuration*; rustup book, *Overrides*).
public final class CargoConfigScan {
  private static final int MAX_LINES = 4_096;
  private static final Pattern KEY =
      Pattern.compile(
          "(?:^|[\\s.{,])[\"']?(rustc-wrapper|rustc-workspace-wrapper|rustc|rustdoc|linker|runner"
              + "|credential-provider|global-credential-providers|replace-with|path|paths"
              + "|RUSTC[A-Z_]*|RUSTDOC|RUSTFLAGS|LD_[A-Z_]+|DYLD_[A-Z_]+|CC|CXX|AR|PATH|GIT_SSH[A-Z_]*"
              + "|CARGO_[A-Z_]*(?:RUNNER|LINKER|WRAPPER|HOME))[\"']?\\s*=\\s*(\\S.*)$");
  private static final Pattern FLAG =
      Pattern.compile("linker=[^\"', ]*/|-fuse-ld=[^\"', ]*/|-plugin|-B\\.?/|ld-path=");
  private static final Pattern VALUE = Pattern.compile("[\"']([^\"']*)[\"']");
  private static final Set<String> BARE = Set.of("linker", "runner", "cc", "cxx", "ar");
  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "cmd", "powershell", "python", "python3");

  private CargoConfigScan() {}

  /// Returns whether a file is configuration of cargo or rustup.
  public static boolean is(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return path.equals(".cargo/config")
        || path.equals(".cargo/config.toml")
        || path.endsWith("/.cargo/config")
        || path.endsWith("/.cargo/config.toml")
        || name.equals("rust-toolchain")
        || name.equals("rust-toolchain.toml");
  }

  /// Returns the first line that names a program other than the usual tools.
  public static Optional<String> program(String path, String text) {
    boolean toolchain = path.contains("rust-toolchain");
    String section = "";
    for (String line : text.lines().limit(MAX_LINES).map(String::strip).toList()) {
      if (line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.toLowerCase(Locale.ROOT);
      }
      Matcher key = KEY.matcher(line);
      boolean found =
          toolchain
              ? key.find() && key.group(1).equals("path")
              : FLAG.matcher(line).find()
                  || (key.find() && names(section, key.group(1), key.group(2)));
      if (found) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  private static boolean names(String section, String key, String value) {
    String word = key.toLowerCase(Locale.ROOT);
    if (word.equals("path") || word.equals("paths")) {
      return (word.equals("paths") && section.isEmpty()) || key.equals("PATH");
    }
    Matcher first = VALUE.matcher(value);
    String program = first.find() ? first.group(1) : value;
    if (word.contains("credential-provider")) {
      return !program.startsWith("cargo:") || program.startsWith("cargo:token-from-stdout");
    }
    if (BARE.contains(word)) {
      String name = program.split(" ", 2)[0];
      boolean path = name.indexOf('/') >= 0 || name.indexOf('\\') >= 0;
      return (path || SHELLS.contains(name)) && !section.contains("wasm");
    }
    return !program.equals("sccache") && !word.equals("rustflags");
  }
}
