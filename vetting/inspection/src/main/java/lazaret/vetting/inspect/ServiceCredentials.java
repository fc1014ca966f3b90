package lazaret.vetting.inspect;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.inspect.CodeFacts.Located;
import lazaret.vetting.inspect.source.Capability;

/// A rule for credentials that occur together with the host of their own service alone, such as
/// `GITHUB_TOKEN` and `api.github.com`. A credential that is sent elsewhere is found by its value.
final class ServiceCredentials {
  private static final int SHORTEST = 3;

  private static final Pattern NAME = Pattern.compile("\\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b");

  /// Stores of credentials, each with a part of the name of its hosts.
  private static final Map<String, String> STORES =
      Map.of(
          ".cargo/cred", "crates.io",
          "credentials.toml", "crates.io",
          ".npmrc", "npmjs",
          ".pypirc", "pypi",
          ".docker/config", "docker",
          ".config/gh", "github",
          ".azure", "azure",
          "config/gcloud", "googleapis",
          ".aws", "amazonaws",
          ".vault-token", "vault");

  /// Services whose variables and hosts have different names.
  private static final Map<String, String> ALIAS =
      Map.of(
          "gh",
          "github",
          "hf",
          "huggingface",
          "cargo",
          "crates",
          "ci",
          "gitlab",
          "aws",
          "amazonaws");

  private static final Set<String> GENERIC =
      Set.of(
          ("token secret access api key auth password passwd pass url id repo registry user client"
                  + " app bot webhook private credential credentials session default service sha run"
                  + " project job commit account name endpoint host base")
              .split(" ", -1));

  /// Calls by which a source only asks whether it runs in a CI job.
  private static final Pattern GATE =
      Pattern.compile("\\.is_(?:ok|err|some|none)|\\bif |var_os|== ?\"");

  /// Words of a service that keeps secrets for its users.
  private static final Pattern STORED = Pattern.compile("(?i)\\bsecrets?\\b|client_secret");

  private static final Pattern KEYS =
      Pattern.compile(
          "(?i)mnemonic|seed|phrase|priv|wif|xprv|keypair|vars\\(|clip|\\.env|history|memo|transaction|encode");

  private ServiceCredentials() {}

  /// Returns whether all credentials that the sources name belong to services whose hosts they
  /// name.
  static boolean all(CodeFacts code) {
    return Stream.of(Capability.SECRET_NAME, Capability.CREDENTIAL_PATH)
        .flatMap(what -> code.of(what).stream())
        .allMatch(found -> is(code, found));
  }

  /// Returns whether all credentials of an occurrence belong to services whose hosts the sources
  /// name.
  static boolean is(CodeFacts code, Located found) {
    String excerpt = found.hit().excerpt();
    boolean any = false;
    Matcher names = NAME.matcher(excerpt);
    while (names.find()) {
      if (!served(code, names.group())) {
        return false;
      }
      any = true;
    }
    String lower = excerpt.toLowerCase(Locale.ROOT).replace("\").join(\"", "/");
    for (Map.Entry<String, String> store : STORES.entrySet()) {
      if (lower.contains(store.getKey())) {
        if (!hosts(code, store.getValue())) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  private static boolean served(CodeFacts code, String variable) {
    for (String part : variable.toLowerCase(Locale.ROOT).split("_", 8)) {
      String name = ALIAS.getOrDefault(part, part);
      if (name.length() >= SHORTEST && !GENERIC.contains(part) && hosts(code, name)) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether sources name a host of a service, whose name is right before the last part.
  private static boolean hosts(CodeFacts code, String name) {
    Pattern host =
        Pattern.compile(
            "(?:://|[.\"@-])"
                + Pattern.quote(name)
                + "[a-z0-9-]{0,64}(?:\\.[a-z0-9-]{2,24})?(?![a-z0-9.-])");
    return Stream.of(Capability.FIXED_HOST, Capability.URL)
        .flatMap(what -> code.of(what).stream())
        .map(found -> found.hit().excerpt().toLowerCase(Locale.ROOT))
        .anyMatch(line -> host.matcher(line).find());
  }

  /// Returns whether the sources only read variables of the runner, and send only a report to the
  /// service of their credential. They start, write and hide nothing.
  static boolean reports(CodeFacts code) {
    return !code.any(
            Capability.PROCESS,
            Capability.DOWNLOADER,
            Capability.SHELL,
            Capability.CHMOD,
            Capability.ENV_ALL,
            Capability.FS_WRITE,
            Capability.DROP_HOST,
            Capability.SECRET_SENT)
        && !code.any(
            Capability.RECEIVED_RUN,
            Capability.DECODED_USE,
            Capability.HIDDEN_TEXT,
            Capability.NATIVE_EXECUTION,
            Capability.CONSTRUCTOR)
        && code.of(Capability.CI_NAME).stream()
            .noneMatch(o -> GATE.matcher(o.hit().excerpt()).find())
        && all(code);
  }

  /// Returns whether the sent value is only named a secret, by a client of a service that keeps
  /// secrets. The sources do not name a host.
  static boolean keeps(CodeFacts code, Located found) {
    String excerpt = found.hit().excerpt();
    return !code.namesHost() && STORED.matcher(excerpt).find() && !KEYS.matcher(excerpt).find();
  }
}
