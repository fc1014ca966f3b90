package lazaret.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import lazaret.conformance.cases.CaseTable;
import org.jspecify.annotations.Nullable;

/// The options of the program.
///
/// @param index the address of the index
/// @param ownerToken the token of the user who publishes
/// @param otherToken the token of the second user
/// @param prefix the beginning of all names
/// @param groups the letters of the groups; empty for all
/// @param declared the declarations; files of tokens are read, under `token:NAME`
/// @param json the file for the results; null for none
public record ConformanceOptions(
    String index,
    String ownerToken,
    String otherToken,
    String prefix,
    Set<String> groups,
    Map<String, String> declared,
    @Nullable Path json) {
  /// The help text.
  public static final String HELP =
      """
      Usage: registry-conformance --index URL --owner-token FILE --other-token FILE [OPTIONS]

      Tests a registry by the rules that cargo and crates.io rely on. It publishes crates with new
      names, and new versions of crates that declarations name. It removes nothing but versions of
      them, if the registry declares deletion. Use a registry for tests: crates.io itself is
      refused.

      Options:
        --index URL           Address of the sparse index, with or without sparse+.
        --owner-token FILE    Token of a user who creates crates.
        --other-token FILE    Token of a second user, who may also create crates.
        --token NAME=FILE     Token with fewer rights: publish-new, publish-update, pattern (names
                              that begin with PREFIX and p), exact (one other name), reader,
                              revoked, expired, member (of the group), admin, ci-other-audience,
                              ci-publish-update (one a line, of a job that may do nothing else with
                              names that begin with PREFIX and u).
        --ci-jwt FILE         Tokens of a CI system, one a line; each is exchanged once. They cover
                              names that begin with PREFIX and j.
        --cargo PATH          Program for the cases of group T.
        --declare KEY=VALUE   Optional rule that the registry has: auth-required, license-required,
                              description-required, windows-paths, reserved-name=NAME,
                              max-size=BYTES, max-unpacked=BYTES, other-login=LOGIN, group=LOGIN,
                              ci-creates, deletion=URL with {crate} and {version}; it needs a
                              token admin. A crate with higher limits: raised-size=NAME=BYTES,
                              raised-features=NAME=COUNT.
        --prefix TEXT         Beginning of all names. Default: conformance-
        --group A,B           Groups to run. Default: all.
        --json FILE           File for the results.

      Exit codes:
        0  no case failed
        1  a case failed
        2  mistake in an option, or the registry cannot be used
      """;

  /// The words of the help text, among which are all declarations and names of tokens.
  private static final Set<String> WORDS = Set.copyOf(Arrays.asList(HELP.split("[^a-z-]+", -1)));

  private static final Pattern BEGINNING = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,30}");
  private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,8}");

  /// Copies the values.
  public ConformanceOptions {
    groups = Set.copyOf(groups);
    declared = Map.copyOf(declared);
  }

  /// Reads options.
  ///
  /// @throws IllegalArgumentException if one is unknown, lacks its value, or is missing
  /// @throws IOException if a file cannot be read
  public static ConformanceOptions parse(List<String> arguments) throws IOException {
    Deque<String> rest = new ArrayDeque<>(arguments);
    Map<String, String> single = new HashMap<>();
    Map<String, String> declared = new HashMap<>();
    while (!rest.isEmpty()) {
      String option = rest.removeFirst();
      String value = rest.pollFirst();
      if (value == null) {
        throw new IllegalArgumentException("expected a value after " + option + ", found none");
      }
      switch (option) {
        case "--index", "--owner-token", "--other-token", "--prefix", "--group", "--json" ->
            single.put(option, value);
        case "--declare" -> declared.put(key(option, value), value(value));
        case "--token" -> declared.put("token:" + key(option, value), token(value(value)));
        case "--ci-jwt" -> declared.put("ci-jwt", String.join("\n", tokens(value)));
        case "--cargo" -> declared.put("cargo", value);
        default -> throw new IllegalArgumentException("expected a known option, found " + option);
      }
    }
    requireWhole(declared);
    return new ConformanceOptions(
        needed(single, "--index"),
        token(needed(single, "--owner-token")),
        token(needed(single, "--other-token")),
        beginning(single.getOrDefault("--prefix", "conformance-")),
        groups(single.getOrDefault("--group", "")),
        declared,
        file(single.get("--json")));
  }

  /// A mistyped group would run nothing, which looks like a success.
  private static Set<String> groups(String text) {
    Set<String> groups = new TreeSet<>(Arrays.asList(text.split(",", -1)));
    groups.remove("");
    Set<String> known = new TreeSet<>();
    CaseTable.all().forEach(each -> known.add(each.group()));
    if (!known.containsAll(groups)) {
      throw new IllegalArgumentException(
          "expected groups of %s, found %s"
              .formatted(String.join(",", known), String.join(",", groups)));
    }
    return groups;
  }

  private static String beginning(String prefix) {
    if (!BEGINNING.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "expected a prefix of at most 31 letters, digits, - and _, found '" + prefix + "'");
    }
    return prefix;
  }

  /// The results are written at the end, so that a wrong path would lose them.
  private static @Nullable Path file(@Nullable String json) {
    if (json == null) {
      return null;
    }
    Path file = Path.of(json).toAbsolutePath();
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          "expected the path of a file in a folder for --json, found " + json);
    }
    return file;
  }

  private static String needed(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException("expected the option " + name + ", found none");
    }
    return value;
  }

  /// A mistyped declaration would leave its cases out.
  private static String key(String option, String text) {
    int equals = text.indexOf('=');
    String key = equals < 0 ? text : text.substring(0, equals);
    if (!WORDS.contains(key)) {
      throw new IllegalArgumentException(
          "expected a word after %s that --help lists, found '%s'".formatted(option, key));
    }
    if (equals < 0 && (option.equals("--token") || HELP.contains(key + "="))) {
      throw new IllegalArgumentException(
          "expected a value in '%s %s=VALUE', found none".formatted(option, key));
    }
    return key;
  }

  private static String value(String text) {
    int equals = text.indexOf('=');
    return equals < 0 ? "true" : text.substring(equals + 1);
  }

  private static void requireWhole(Map<String, String> declared) {
    String size = declared.get("max-size");
    if (size != null && !SIZE.matcher(size).matches()) {
      throw new IllegalArgumentException(
          "expected a number of bytes in --declare max-size, found '" + size + "'");
    }
    if (declared.containsKey("deletion") && !declared.containsKey("token:admin")) {
      throw new IllegalArgumentException(
          "expected --token admin=FILE with --declare deletion, found none");
    }
  }

  private static String token(String file) throws IOException {
    List<String> lines = tokens(file);
    if (lines.size() != 1) {
      throw new IllegalArgumentException(
          "expected one line with a token in %s, found %d".formatted(file, lines.size()));
    }
    return lines.getFirst();
  }

  /// Returns the tokens of a file, one a line. A message never has one of them.
  private static List<String> tokens(String file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readString(Path.of(file)).lines().map(String::strip).toList();
    } catch (NoSuchFileException e) {
      throw new IOException("expected the file %s, found none".formatted(file), e);
    }
    List<String> tokens = lines.stream().filter(line -> !line.isEmpty()).toList();
    if (!tokens.stream().allMatch(each -> each.chars().allMatch(c -> c > ' ' && c < 0x7f))) {
      throw new IllegalArgumentException(
          "expected lines of printable ASCII without spaces in %s, found others".formatted(file));
    }
    return tokens;
  }

  /// Returns the options without secrets.
  @Override
  public String toString() {
    return "the options for " + index;
  }
}
