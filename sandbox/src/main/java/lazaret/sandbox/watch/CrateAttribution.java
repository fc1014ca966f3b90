package lazaret.sandbox.watch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.sandbox.Violation.Origin;

/// The determination of the crate whose code a process in the sandbox runs, from the environment
/// that cargo sets. A build script and its child processes have `CARGO_PKG_NAME` of its crate. The
/// variable of rustc names the compiled crate. The code that acts in rustc belongs to a procedural
/// macro of another crate, so the loaded macros are the candidates. The process can forge all of it
/// except its executable.
///
/// Source: the Cargo book, *Environment Variables*.
final class CrateAttribution {
  private static final int MOST_ANCESTORS = 64;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+-]{1,64}");

  /// The variable that cargo sets for rustc only.
  private static final String COMPILED = "CARGO_CRATE_NAME";

  private final int filtersOutside;

  /// Creates an attribution.
  ///
  /// @param filtersOutside the number of filters of processes that are not in the sandbox yet, such
  ///   as bubblewrap during the setup
  CrateAttribution(int filtersOutside) {
    this.filtersOutside = filtersOutside;
  }

  /// Returns whether a process or thread is in the sandbox. It then also has the inner filter,
  /// which is loaded at the end of the setup and cannot be removed. An ended process counts as
  /// inside.
  boolean isInside(ProcFolder process) {
    OptionalInt filters = process.filters();
    return filters.isEmpty() || filters.getAsInt() > filtersOutside;
  }

  /// Returns the origin of the code that a process or thread runs.
  Origin origin(int id) {
    ProcFolder process = ProcFolder.of(id);
    Optional<String> program = process.program();
    Map<String, String> claims = claims(process);
    for (int next = id, steps = 0; next > 0 && steps < MOST_ANCESTORS; steps++) {
      ProcFolder at = ProcFolder.of(next);
      if (steps > 0 && !isInside(at)) {
        break;
      }
      Set<String> macros = macros(at);
      if (!macros.isEmpty()) {
        return new Origin(Optional.empty(), Optional.empty(), program, List.copyOf(macros));
      }
      if (!claims.containsKey("CARGO_PKG_NAME")) {
        // The process cleared its environment; its parent may have kept it.
        claims = claims(at);
      }
      next = at.parent().orElse(0);
    }
    return claimed(claims, program);
  }

  private static Origin claimed(Map<String, String> claims, Optional<String> program) {
    Optional<String> crate = claim(claims, "CARGO_PKG_NAME", NAME);
    Optional<String> version = claim(claims, "CARGO_PKG_VERSION", VERSION);
    boolean isCompiler = program.filter(CrateAttribution::isRustc).isPresent();
    if (crate.isPresent() && claims.containsKey(COMPILED) && !isCompiler) {
      // rustc, which started the process, has ended, and the list of its macros is lost.
      String candidate = "a macro used by " + crate.get() + version.map(v -> " " + v).orElse("");
      return new Origin(Optional.empty(), Optional.empty(), program, List.of(candidate));
    }
    return new Origin(crate, version, program, List.of());
  }

  private static Optional<String> claim(Map<String, String> claims, String name, Pattern form) {
    return Optional.ofNullable(claims.get(name)).filter(v -> form.matcher(v).matches());
  }

  private static Set<String> macros(ProcFolder process) {
    Optional<String> rustc = process.program().filter(CrateAttribution::isRustc);
    return rustc
        .map(path -> process.crateLibraries(path.replaceFirst("bin/rustc$", "")))
        .orElse(Set.of());
  }

  static boolean isRustc(String program) {
    return program.endsWith("/bin/rustc");
  }

  private static Map<String, String> claims(ProcFolder process) {
    Map<String, String> claims = new HashMap<>();
    for (String variable : process.environment()) {
      if (variable.startsWith("CARGO_")) {
        int equals = variable.indexOf('=');
        claims.putIfAbsent(
            variable.substring(0, Math.max(equals, 0)), variable.substring(equals + 1));
      }
    }
    return claims;
  }
}
