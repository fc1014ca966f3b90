package lazaret.cli.keys;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.tuf.Roles;
import lazaret.cli.desk.CliException;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;

/// The signers of roles in the form of the command line: `2:ann,ben,cem` requires two of three,
/// `host` requires that one.
final class RoleAssignments {
  private static final Pattern FORM = Pattern.compile("(?:([0-9]{1,4}):)?([a-z0-9,-]+)");

  private RoleAssignments() {}

  /// Returns the signers of the roles that were named.
  ///
  /// @param root the signers of the role root, or null if they were not named
  /// @param targets the signers of the role targets, or null
  /// @param release the signers of the roles snapshot and timestamp, or null
  static Map<String, RootPlan.Duty> of(
      @Nullable String root, @Nullable String targets, @Nullable String release) {
    Map<String, RootPlan.Duty> duties = new TreeMap<>();
    put(duties, "--root", root, List.of(Roles.ROOT));
    put(duties, "--targets", targets, List.of(Roles.TARGETS));
    put(duties, "--release", release, List.of(Roles.SNAPSHOT, Roles.TIMESTAMP));
    return duties;
  }

  private static void put(
      Map<String, RootPlan.Duty> duties, String option, @Nullable String text, List<String> roles) {
    if (text != null) {
      RootPlan.Duty duty = parse(option, text);
      roles.forEach(role -> duties.put(role, duty));
    }
  }

  private static RootPlan.Duty parse(String option, String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw wrong(option, text, "expected NUMBER:NAME,NAME");
    }
    Set<String> names = new TreeSet<>(List.of(form.group(2).split(",", -1)));
    String number = form.group(1);
    if (number == null && names.size() > 1) {
      throw wrong(option, text, "expected how many of them must sign, for example 2:" + text);
    }
    return new RootPlan.Duty(names, number == null ? 1 : Long.parseLong(number));
  }

  private static CliException wrong(String option, String text, String found) {
    return new CliException(
        ErrorCode.MALFORMED_INPUT,
        "cannot plan a root: %s is '%s'; %s".formatted(option, text, found));
  }
}
