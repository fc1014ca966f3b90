package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.inspect.purpose.LocalConnections;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.source.CapabilityUse;
import lazaret.vetting.inspect.source.SourceFacts;

/// The facts about all sources of a crate that run in one place. Not thread-safe.
final class CodeFacts {
  /// The number of occurrences of one capability on which rules look.
  static final int MAX_HITS = 16;

  private static final Pattern DECLARED = Pattern.compile("^(pub )?(unsafe |safe )?fn [^{]*$");

  /// Stores of other programs, which a client has no reason to read.
  private static final List<Pattern> STORES =
      Stream.of(
              "\\.ssh|id_rsa|id_ed25519|id_ecdsa",
              "\\.aws|aws_secret|aws_session",
              "\\.gnupg",
              "login data|logins\\.json|key4\\.db|cookies|web data",
              "local extension settings|nkbihf|wallet|electrum|ethereum|bitcoin|solana",
              "keychain",
              "_history",
              "/etc/(?:passwd|shadow)",
              "\\.npmrc|\\.pypirc",
              "git-credentials|gh/hosts",
              "mnemonic|seed.phrase")
          .map(store -> Pattern.compile("(?i)" + store))
          .toList();

  private static final Pattern PUBLIC =
      Pattern.compile("\\.ssh(?:/|\"\\)\\.join\\(\")(?:known_hosts|[a-z0-9_]+\\.pub)");
  private static final Pattern EXCLUDES = Pattern.compile("(?i)exclud|\\bskip|\\bignore|never_");

  /// The capabilities by which sources may name a host in another form than plain text.
  private static final Capability[] HOSTS = {
    Capability.FIXED_HOST,
    Capability.DROP_HOST,
    Capability.HIDDEN_TEXT,
    Capability.DECODE_LOOP,
    Capability.DECODED_USE,
    Capability.BYTE_ARRAY
  };

  private final EnumMap<Capability, Integer> counts = new EnumMap<>(Capability.class);
  private final EnumMap<Capability, List<Located>> hits = new EnumMap<>(Capability.class);
  private final int most;

  CodeFacts() {
    this(MAX_HITS);
  }

  /// @param most the number of occurrences of one capability that are kept
  CodeFacts(int most) {
    this.most = most;
  }

  /// An occurrence in a source.
  record Located(String path, CapabilityUse hit) {
    Signal as(SignalCode code) {
      return Signal.of(code, path, hit.line(), hit.excerpt());
    }

    Signal with(SignalCode code, Located other) {
      String also = hit.excerpt() + " | with " + other.location() + ": " + other.hit().excerpt();
      return Signal.of(code, path, hit.line(), also);
    }

    String location() {
      return path + ":" + hit.line();
    }
  }

  void add(String path, SourceFacts.Shown shown) {
    shown.counts().forEach((what, count) -> counts.merge(what, count, Integer::sum));
    shown
        .hits()
        .forEach(
            (what, places) -> {
              List<Located> known = hits.computeIfAbsent(what, _ -> new ArrayList<>());
              for (CapabilityUse hit : places) {
                if (known.size() < most) {
                  known.add(new Located(path, hit));
                }
              }
            });
  }

  boolean has(Capability what) {
    return counts.containsKey(what);
  }

  /// Returns whether the code has any of the capabilities.
  boolean any(Capability... all) {
    for (Capability what : all) {
      if (has(what)) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether the source of an occurrence also has another capability.
  boolean near(Located found, Capability what) {
    return of(what).stream().anyMatch(other -> other.path().equals(found.path()));
  }

  /// Returns whether a capability is used and not only declared. Bindings to a system declare all
  /// of its functions.
  boolean uses(Capability what) {
    return of(what).stream().anyMatch(place -> !DECLARED.matcher(place.hit().excerpt()).find());
  }

  /// Returns whether the sources may name a host, as plain text or in another form.
  boolean namesHost() {
    List<String> addresses = lines(Capability.IP_ADDRESS);
    return any(HOSTS)
        || count(Capability.IP_ADDRESS) > addresses.size()
        || !addresses.stream().allMatch(LocalConnections::loopback);
  }

  /// Returns whether a value can go only to a destination that the caller or the same file names.
  /// The sources name no host, and the store does not belong to another program.
  boolean callers(Located found) {
    String excerpt = found.hit().excerpt();
    boolean ownHosts = excerpt.contains("gh/hosts");
    return !namesHost() && !has(Capability.ENV_ALL) && (ownHosts || !foreignStore(excerpt));
  }

  /// Returns the lines of the first occurrences of a capability.
  List<String> lines(Capability what) {
    return of(what).stream().map(place -> place.hit().excerpt()).toList();
  }

  /// Returns the purposes of the code, as far as they are visible.
  CodePurposes purposes() {
    return new CodePurposes(this);
  }

  /// Returns the number of kinds of stores of other programs that the sources name.
  int stores() {
    return (int)
        STORES.stream()
            .filter(
                store ->
                    Stream.of(Capability.CREDENTIAL_PATH, Capability.SECRET_NAME)
                        .flatMap(what -> of(what).stream())
                        .anyMatch(found -> store.matcher(found.hit().excerpt()).find()))
            .count();
  }

  /// Returns whether a text names a store of another program. A list of trusted hosts does not
  /// count, nor does a store that is excluded by name.
  static boolean foreignStore(String line) {
    String text = PUBLIC.matcher(line).replaceAll("");
    boolean leftOut = EXCLUDES.matcher(text).find();
    return !leftOut && STORES.stream().anyMatch(store -> store.matcher(text).find());
  }

  int count(Capability what) {
    return counts.getOrDefault(what, 0);
  }

  /// Returns the first occurrences of a capability, by path and line.
  List<Located> of(Capability what) {
    return hits.getOrDefault(what, List.of());
  }

  /// Returns the first occurrence of the first of the capabilities that the code has.
  Located first(Capability... all) {
    for (Capability what : all) {
      if (!of(what).isEmpty()) {
        return of(what).getFirst();
      }
    }
    throw new IllegalStateException("asked for a place of what is not there");
  }

  List<Capabilities.Entry> held(ExecutionContext where) {
    List<Capabilities.Entry> held = new ArrayList<>();
    for (Map.Entry<Capability, Integer> entry : counts.entrySet()) {
      Located first = first(entry.getKey());
      held.add(
          new Capabilities.Entry(
              where, entry.getKey(), entry.getValue(), first.path(), first.hit().line()));
    }
    return held;
  }
}
