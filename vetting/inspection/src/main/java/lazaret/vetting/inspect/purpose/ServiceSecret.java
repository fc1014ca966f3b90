package lazaret.vetting.inspect.purpose;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Secrets that are named after a service, and hosts of that service.
public final class ServiceSecret {
  private static final Pattern NAME =
      Pattern.compile(
          "\\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)_(?:API_?KEY|ACCESS_?KEY(?:_ID)?|SECRET_?(?:ACCESS_)?KEY|TOKEN|API_TOKEN|ACCESS_TOKEN"
              + "|AUTH_TOKEN|AUTH|SECRET|KEY|PASSWORD|PAT|DSN)\\b");
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[a-z]+://)(?:[^\\s/@\"']*@)?([a-z0-9.-]+\\.[a-z]{2,})|[\"']((?:[a-z0-9-]+\\.)+[a-z]{2,})(?::[0-9]+)?[/\"']",
          Pattern.CASE_INSENSITIVE);

  /// Services with valuable secrets, each with the ends of its hosts.
  private static final Map<String, List<String>> KNOWN =
      Map.ofEntries(
          Map.entry("github", List.of("github.com", "githubusercontent.com", "ghcr.io")),
          Map.entry("gh", List.of("github.com", "githubusercontent.com", "ghcr.io")),
          Map.entry("gitlab", List.of("gitlab.com")),
          Map.entry("bitbucket", List.of("bitbucket.org")),
          Map.entry("npm", List.of("npmjs.org", "npmjs.com")),
          Map.entry("node", List.of("npmjs.org")),
          Map.entry("cargo", List.of("crates.io")),
          Map.entry("crates", List.of("crates.io")),
          Map.entry("pypi", List.of("pypi.org")),
          Map.entry("twine", List.of("pypi.org")),
          Map.entry("docker", List.of("docker.io", "docker.com")),
          Map.entry("aws", List.of("amazonaws.com")),
          Map.entry("azure", List.of("azure.com", "windows.net", "microsoftonline.com")),
          Map.entry("gcp", List.of("googleapis.com")),
          Map.entry("google", List.of("googleapis.com", "google.com")),
          Map.entry("gemini", List.of("googleapis.com")),
          Map.entry("slack", List.of("slack.com")),
          Map.entry("discord", List.of("discord.com", "discordapp.com")),
          Map.entry("telegram", List.of("telegram.org")),
          Map.entry("openai", List.of("openai.com")),
          Map.entry("anthropic", List.of("anthropic.com")),
          Map.entry("hf", List.of("huggingface.co")),
          Map.entry("huggingface", List.of("huggingface.co")),
          Map.entry("codecov", List.of("codecov.io")),
          Map.entry("coveralls", List.of("coveralls.io")),
          Map.entry("sentry", List.of("sentry.io")),
          Map.entry("stripe", List.of("stripe.com")),
          Map.entry("cloudflare", List.of("cloudflare.com")),
          Map.entry("cf", List.of("cloudflare.com")),
          Map.entry("digitalocean", List.of("digitalocean.com")),
          Map.entry("heroku", List.of("heroku.com")),
          Map.entry("dd", List.of("datadoghq.com")),
          Map.entry("datadog", List.of("datadoghq.com")));

  /// Words of names that do not name a service.
  private static final Set<String> PLAIN =
      Set.of(
          "api",
          "auth",
          "access",
          "secret",
          "private",
          "user",
          "app",
          "ci",
          "my",
          "the",
          "client",
          "service",
          "session",
          "admin",
          "root",
          "db",
          "database",
          "ssh",
          "git",
          "wallet",
          "seed",
          "id",
          "bearer",
          "oauth",
          "actions",
          "runner",
          "job",
          "kube",
          "vault",
          "registry");

  private ServiceSecret() {}

  /// Returns the first words of the names of secrets in a line: the services, if they name one.
  static Set<String> services(String line) {
    Set<String> all = new HashSet<>();
    Matcher name = NAME.matcher(line);
    while (name.find()) {
      all.add(name.group(1).toLowerCase(Locale.ROOT).split("_", 2)[0]);
    }
    return all;
  }

  /// Returns whether all named secrets belong to the services of all named hosts.
  ///
  /// @param secrets the lines that name secrets
  /// @param hosts the lines that name hosts
  public static boolean own(List<String> secrets, List<String> hosts) {
    Set<String> services = new HashSet<>();
    secrets.forEach(line -> services.addAll(services(line)));
    if (services.isEmpty() || services.stream().anyMatch(PLAIN::contains)) {
      return false;
    }
    Set<String> named = new HashSet<>();
    for (String line : hosts) {
      Matcher host = HOST.matcher(line);
      boolean any = false;
      while (host.find()) {
        String each = host.group(1) == null ? host.group(2) : host.group(1);
        named.add(each.toLowerCase(Locale.ROOT));
        any = true;
      }
      if (!any) {
        return false;
      }
    }
    return !named.isEmpty()
        && services.stream().allMatch(s -> named.stream().allMatch(host -> belongs(host, s)));
  }

  private static boolean belongs(String host, String service) {
    List<String> ends = KNOWN.get(service);
    if (ends != null) {
      return ends.stream().anyMatch(end -> host.equals(end) || host.endsWith("." + end));
    }
    String[] labels = host.split("\\.", -1);
    int main = labels.length - 2;
    return main >= 0 && service.length() > 2 && labels[main].replace("-", "").startsWith(service);
  }
}
