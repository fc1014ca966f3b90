package lazaret.sandbox.cargo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;

/// The additional arguments of cargo commands that restrict them to the fetched crates. The sandbox
/// does not rely on them: they replace a denied access by an understandable error message.
public final class CargoCommand {
  /// The subcommands that build, and their short forms.
  private static final Set<String> BUILDING =
      Set.of(
          "build", "b", "check", "c", "test", "t", "clippy", "run", "r", "doc", "d", "bench",
          "rustc", "rustdoc");

  private static final Set<String> DOCUMENTING = Set.of("doc", "d", "rustdoc");

  /// The subcommands that only read.
  private static final Set<String> LOOKING = Set.of("metadata", "tree");

  private static final Pattern TARGET_DIRECTORY = Pattern.compile("--target-dir(=.*)?");

  private CargoCommand() {}

  /// Returns whether a command runs cargo.
  public static boolean isCargo(List<String> command) {
    return !command.isEmpty() && command.getFirst().equals("cargo");
  }

  /// Returns whether a command makes documentation, which stays in the target folder.
  public static boolean isDoc(List<String> command) {
    return isCargo(command) && command.size() > 1 && DOCUMENTING.contains(command.get(1));
  }

  /// Returns a command that builds from the fetched crates. It changes no lockfile, uses no
  /// network, no compiler wrapper and no credential provider. A command of another program is
  /// returned unchanged.
  ///
  /// @param command the program and its arguments
  /// @param settings additional values of the form `key=value` for `cargo --config`, which take
  ///   precedence
  /// @throws SandboxException if the subcommand is missing or not supported, or a target folder is
  ///   named
  public static List<String> frozen(List<String> command, List<String> settings) {
    if (!isCargo(command)) {
      return command;
    }
    String subcommand = command.size() < 2 ? "" : command.get(1);
    if (subcommand.startsWith("+")) {
      throw refused("cannot choose a toolchain with " + subcommand + ": set RUSTUP_TOOLCHAIN");
    }
    if (!BUILDING.contains(subcommand) && !LOOKING.contains(subcommand)) {
      throw refused(
          "cannot run 'cargo %s' here: the word after cargo must be one of build, check, test, run, doc, clippy, bench, rustc, rustdoc, metadata or tree; its options come after it"
              .formatted(subcommand));
    }
    refuseTarget(command);
    List<String> all = new ArrayList<>(command.subList(0, 2));
    all.add("--frozen");
    add(all, "build.rustc-wrapper=\"\"");
    add(all, "registry.global-credential-providers=[]");
    settings.forEach(setting -> add(all, setting));
    all.addAll(command.subList(2, command.size()));
    return List.copyOf(all);
  }

  /// Refuses `--target-dir` before `--`. Arguments after `--` are not arguments of cargo.
  private static void refuseTarget(List<String> command) {
    int end = command.contains("--") ? command.indexOf("--") : command.size();
    if (command.subList(0, end).stream().anyMatch(TARGET_DIRECTORY.asMatchPredicate())) {
      throw refused(
          "cannot choose the target folder in the options of cargo: name it with --target-dir before '-- cargo', not after it");
    }
  }

  private static void add(List<String> command, String setting) {
    command.add("--config");
    command.add(setting);
  }

  private static SandboxException refused(String message) {
    return new SandboxException(Kind.REFUSED, message);
  }
}
