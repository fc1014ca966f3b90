package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.inspect.purpose.LocalNetwork;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.source.Hit;
import lazaret.vetting.inspect.source.SourceFacts;

/// What the code shows that runs in one place, over all its sources. Not thread-safe.
final class CodeFacts {
  private static final int MAX_HITS = 16;
  private static final Pattern DECLARED = Pattern.compile("^(pub )?(unsafe |safe )?fn [^{]*$");

  /// Stores of other programs: no client has a right to what lies there.
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

  /// The capabilities by which sources may name a host that is no text in them.
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

  /// A place in a source.
  record Located(String path, Hit hit) {
    Signal as(SignalCode code) {
      return Signal.of(code, path, hit.line(), hit.excerpt());
    }

    Signal with(SignalCode code, Located other) {
      String also = hit.excerpt() + " | with " + other.place() + ": " + other.hit().excerpt();
      return Signal.of(code, path, hit.line(), also);
    }

    String place() {
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
              for (Hit hit : places) {
                if (known.size() < MAX_HITS) {
                  known.add(new Located(path, hit));
                }
              }
            });
  }

  boolean has(Capability what) {
    return counts.containsKey(what);
  }

  /// Returns whether any of several is there.
  boolean any(Capability... all) {
    for (Capability what : all) {
      if (has(what)) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether the source of a place shows something else.
  boolean near(Located found, Capability what) {
    return of(what).stream().anyMatch(other -> other.path().equals(found.path()));
  }

  /// Returns whether something is more than declared: bindings to a system name all of it.
  boolean uses(Capability what) {
    return of(what).stream().anyMatch(place -> !DECLARED.matcher(place.hit().excerpt()).find());
  }

  /// Returns whether a host may stand in the sources, in the open or in another form.
  boolean namesHost() {
    List<String> addresses = lines(Capability.IP_ADDRESS);
    return any(HOSTS)
        || count(Capability.IP_ADDRESS) > addresses.size()
        || !addresses.stream().allMatch(LocalNetwork::loopback);
  }

  /// Returns whether what a place names can go only to where the caller or the same file says: no
  /// host stands in the sources, and the store is none of other programs.
  boolean callers(Located found) {
    String excerpt = found.hit().excerpt();
    boolean ownHosts = excerpt.contains("gh/hosts");
    return !namesHost() && !has(Capability.ENV_ALL) && (ownHosts || !foreignStore(excerpt));
  }

  /// Returns the lines of the first places of a capability.
  List<String> lines(Capability what) {
    return of(what).stream().map(place -> place.hit().excerpt()).toList();
  }

  /// Returns what the code is for, as far as that shows.
  Purposes purposes() {
    return new Purposes(this);
  }

  /// Returns how many kinds of stores of other programs the sources name.
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

  /// Returns whether a text names a store of other programs. A list of hosts that are trusted is
  /// none, nor is what is left out by name.
  static boolean foreignStore(String line) {
    String text = PUBLIC.matcher(line).replaceAll("");
    boolean leftOut = EXCLUDES.matcher(text).find();
    return !leftOut && STORES.stream().anyMatch(store -> store.matcher(text).find());
  }

  int count(Capability what) {
    return counts.getOrDefault(what, 0);
  }

  /// Returns the first places of a capability, by path and line.
  List<Located> of(Capability what) {
    return hits.getOrDefault(what, List.of());
  }

  /// Returns the first place of the first of several that is there.
  Located first(Capability... all) {
    for (Capability what : all) {
      if (!of(what).isEmpty()) {
        return of(what).getFirst();
      }
    }
    throw new IllegalStateException("asked for a place of what is not there");
  }

  List<Capabilities.Held> held(Place where) {
    List<Capabilities.Held> held = new ArrayList<>();
    for (Map.Entry<Capability, Integer> entry : counts.entrySet()) {
      Located first = first(entry.getKey());
      held.add(
          new Capabilities.Held(
              where, entry.getKey(), entry.getValue(), first.path(), first.hit().line()));
    }
    return held;
  }
}
