package lazaret.vetting.policy.file;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tables that named files of other tools in earlier releases. A policy is one file, so each of
/// them is a mistake that states the replacement.
final class FormerTables {
  private static final String DENY = "deny-toml";
  private static final String AUDIT = "audit-toml";

  /// The paths that need no quotes in a shell.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./-]*");

  private FormerTables() {}

  /// Adds a mistake for each of the tables in a policy file.
  static void refuse(PolicyTable root) {
    String file = root.has(DENY) ? root.table(DENY).textOrNull("file") : null;
    String others =
        root.hasOther(List.of(DENY, AUDIT)) ? " after a copy of the other settings" : "";
    root.refuseTable(
        DENY,
        "run 'vetting-cli policy from-deny %s > policy.toml'%s".formatted(path(file), others));
    root.refuseTable(
        AUDIT, "write its settings into this file: docs/policy.md lists the key for each of them");
  }

  private static String path(@Nullable String file) {
    return file != null && PLAIN.matcher(file).matches() ? file : "deny.toml";
  }
}
