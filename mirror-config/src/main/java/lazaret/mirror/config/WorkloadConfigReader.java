package lazaret.mirror.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lazaret.signin.IssuerAddress;
import lazaret.signin.workload.ClaimRequirements;
import lazaret.signin.workload.GrantedRoles;
import lazaret.signin.workload.InlineKeys;
import lazaret.signin.workload.WorkloadBinding;
import lazaret.signin.workload.WorkloadIssuer;
import lazaret.signin.workload.WorkloadKind;
import lazaret.vetting.Durations;
import lazaret.vetting.MalformedException;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;

/// A reader of the tables `[[ci.issuer]]` and `[[ci.issuer.binding]]`.
final class WorkloadConfigReader {
  /// The name of the outer table.
  static final String TABLE = "ci";

  private static final int MAX_ISSUERS = 20;

  private WorkloadConfigReader() {}

  /// Reads all issuers. A table with a mistake is omitted.
  ///
  /// @param ci the table `[ci]`
  static List<WorkloadIssuer> read(ConfigTable ci) {
    List<WorkloadIssuer> issuers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    Set<String> bindings = new HashSet<>();
    for (ConfigTable table : ci.tables("issuer")) {
      issuer(table)
          .ifPresent(
              issuer -> {
                if (!names.add(issuer.name()) || !addresses.add(issuer.address().text())) {
                  table.mistake(
                      "has the name or the url of an earlier one: expected distinct ones");
                }
                issuer.bindings().stream()
                    .map(WorkloadBinding::name)
                    .filter(name -> !bindings.add(name))
                    .forEach(name -> repeated(table, name));
                issuers.add(issuer);
              });
    }
    ci.end();
    if (issuers.size() > MAX_ISSUERS) {
      ci.mistake("issuer", "has %d tables: expected at most 20".formatted(issuers.size()));
    }
    return List.copyOf(issuers);
  }

  /// The name of a binding is the owner of its tokens, and names the owners of new crates. Two CI
  /// systems with one name would have each other's.
  private static void repeated(ConfigTable issuer, String binding) {
    issuer.mistake(
        "has the binding '%s', as an earlier issuer has: expected names of bindings that no other issuer uses"
            .formatted(ConfigSettings.shown(binding)));
  }

  private static Optional<WorkloadIssuer> issuer(ConfigTable table) {
    int before = table.mistakes();
    String name =
        table
            .needed("name", "the name of the issuer in logs", text(WorkloadIssuer::checkName))
            .orElse("");
    WorkloadKind kind =
        table.needed("kind", "github, gitlab or generic", WorkloadConfigReader::kind).orElse(null);
    IssuerAddress address = address(table, kind);
    String audience =
        table
            .needed(
                "audience",
                "the claim aud of tokens for this gate, such as its URL",
                text -> audience(text, address))
            .orElse("");
    Path keysFile = table.text("keys-file", text -> keys(table.resolved(text))).orElse(null);
    Duration maxAge =
        table.text("max-age", WorkloadConfigReader::age).orElse(WorkloadIssuer.DEFAULT_AGE);
    List<WorkloadBinding> bindings = kind == null ? List.of() : bindings(table, kind);
    if (kind != null) {
      table.end();
    }
    if (table.mistakes() > before || kind == null || address == null) {
      return Optional.empty();
    }
    return made(
        table, () -> new WorkloadIssuer(name, address, kind, audience, keysFile, maxAge, bindings));
  }

  private static List<WorkloadBinding> bindings(ConfigTable issuer, WorkloadKind kind) {
    List<WorkloadBinding> bindings = new ArrayList<>();
    List<ConfigTable> tables = issuer.tables("binding");
    if (tables.isEmpty() && !issuer.has("binding")) {
      issuer.mistake("lacks [[ci.issuer.binding]]: without one no job gets a token");
    }
    tables.forEach(table -> binding(table, kind).ifPresent(bindings::add));
    return bindings;
  }

  private static Optional<WorkloadBinding> binding(ConfigTable table, WorkloadKind kind) {
    int before = table.mistakes();
    Optional<String> name =
        table.needed("name", "the name of the binding in the ledger", text -> text);
    Optional<ClaimRequirements> requirements =
        switch (kind) {
          case GITHUB -> github(table);
          case GITLAB -> gitlab(table);
          case GENERIC -> generic(table);
        };
    Optional<GrantedRoles> granted = granted(table);
    table.end();
    if (table.mistakes() > before
        || name.isEmpty()
        || requirements.isEmpty()
        || granted.isEmpty()) {
      return Optional.empty();
    }
    return made(table, () -> new WorkloadBinding(name.get(), requirements.get(), granted.get()));
  }

  private static Optional<ClaimRequirements> github(ConfigTable table) {
    Optional<Long> repository = table.id("repository-id", "the repository");
    Optional<Long> owner = table.id("repository-owner-id", "the repository's owner");
    String workflow = orNull(table, "workflow");
    String environment = orNull(table, "environment");
    String ref = orNull(table, "ref");
    boolean forkEvents = table.flag("fork-events");
    if (repository.isEmpty() || owner.isEmpty()) {
      return Optional.empty();
    }
    return made(
        table,
        () ->
            new ClaimRequirements.Github(
                repository.get(), owner.get(), workflow, environment, ref, forkEvents));
  }

  private static Optional<ClaimRequirements> gitlab(ConfigTable table) {
    Optional<Long> project = table.id("project-id", "the project");
    Optional<Long> namespace = table.id("namespace-id", "the project's namespace");
    String ref = orNull(table, "ref");
    String refType =
        table.text("ref-type", text(ClaimRequirements.Gitlab::checkRefType)).orElse(null);
    boolean refProtected = table.flag("ref-protected");
    String environment = orNull(table, "environment");
    if (project.isEmpty() || namespace.isEmpty()) {
      return Optional.empty();
    }
    return made(
        table,
        () ->
            new ClaimRequirements.Gitlab(
                project.get(), namespace.get(), ref, refType, refProtected, environment));
  }

  private static Optional<ClaimRequirements> generic(ConfigTable table) {
    Optional<String> subject =
        table.needed(
            "subject", "the claim sub, or its beginning if it ends in ':' or '/'", text -> text);
    TreeMap<String, String> claims = new TreeMap<>(table.textsByName("claims"));
    return subject.flatMap(text -> made(table, () -> new ClaimRequirements.Generic(text, claims)));
  }

  private static Optional<GrantedRoles> granted(ConfigTable table) {
    List<String> roles = table.texts("roles");
    List<String> crates = table.texts("crates");
    List<String> owners = table.texts("owners");
    Duration life = table.text("life", Durations::parse).orElse(GrantedRoles.DEFAULT_LIFE);
    for (String role : roles) {
      if (WorkloadRole.named(role).isEmpty()) {
        table.mistake(
            "roles",
            "has '%s': expected %s".formatted(ConfigSettings.shown(role), WorkloadRole.names()));
        return Optional.empty();
      }
    }
    if (roles.isEmpty()) {
      table.mistake("lacks 'roles': a list of " + WorkloadRole.names());
      return Optional.empty();
    }
    if (!crates.isEmpty() && roles.stream().noneMatch(WorkloadConfigReader::isLimitable)) {
      table.mistake(
          "crates", "has no effect: expected the role reviewer or a scope, which it limits");
      return Optional.empty();
    }
    boolean creates = roles.contains(KebabCase.of(WorkloadRole.PUBLISH_NEW));
    if (creates && owners.isEmpty()) {
      table.mistake("lacks 'owners': publish-new needs the owners of new crates");
      return Optional.empty();
    }
    if (!creates && !owners.isEmpty()) {
      table.mistake("owners", "has no effect: expected the role publish-new among the roles");
      return Optional.empty();
    }
    return made(table, () -> new GrantedRoles(roles, crates, life, owners));
  }

  private static boolean isLimitable(String role) {
    return WorkloadRole.named(role).filter(WorkloadRole::isLimitable).isPresent();
  }

  private static @Nullable String orNull(ConfigTable table, String key) {
    return table.text(key, text -> text).orElse(null);
  }

  private static @Nullable IssuerAddress address(ConfigTable table, @Nullable WorkloadKind kind) {
    Optional<IssuerAddress> named = table.text("url", IssuerAddress::parse);
    if (named.isPresent() || table.has("url") || kind == null) {
      return named.orElse(null);
    }
    Optional<IssuerAddress> known = kind.publicIssuer();
    if (known.isEmpty()) {
      table.mistake("lacks 'url': the claim iss of its tokens");
    }
    return known.orElse(null);
  }

  private static WorkloadKind kind(String text) {
    return KebabCase.parse(WorkloadKind.class, text)
        .orElseThrow(() -> new IllegalArgumentException("expected github, gitlab or generic"));
  }

  private static String audience(String text, @Nullable IssuerAddress issuer) {
    if (issuer != null) {
      WorkloadIssuer.checkAudience(text, issuer);
    }
    return text;
  }

  private static Path keys(Path file) {
    InlineKeys.check(file);
    return file;
  }

  private static Duration age(String text) {
    Duration age = Durations.parse(text);
    WorkloadIssuer.checkAge(age);
    return age;
  }

  private interface Check {
    void check(String text);
  }

  private static ConfigTable.Form<String> text(Check check) {
    return text -> {
      check.check(text);
      return text;
    };
  }

  private interface Maker<T> {
    T make();
  }

  /// Returns a value, or empty with a mistake of the table if its components do not fit together.
  private static <T> Optional<T> made(ConfigTable table, Maker<? extends T> maker) {
    try {
      return Optional.of(maker.make());
    } catch (IllegalArgumentException | MalformedException e) {
      table.mistake("has a mistake: " + e.getMessage());
      return Optional.empty();
    }
  }
}
