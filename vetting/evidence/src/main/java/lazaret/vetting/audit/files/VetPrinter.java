package lazaret.vetting.audit.files;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import lazaret.vetting.Bytes;

/// A writer of the files of a store exactly as `cargo vet fmt`. It must be exact, since `cargo vet
/// --locked` refuses a store that its own formatter would change.
public final class VetPrinter {
  private final VetWriter out;
  private final Map<Long, String> users;

  private VetPrinter(String heading, Map<Long, String> users) {
    this.out = new VetWriter(heading);
    this.users = users;
  }

  /// Returns the bytes of an `audits.toml`.
  public static Bytes print(AuditsFile file) {
    return print(file, Map.of());
  }

  /// Returns the bytes of an `audits.toml` of a store with known publishers.
  ///
  /// @param file the file
  /// @param lock the store's `imports.lock`; the names of its accounts are written as comments
  public static Bytes print(AuditsFile file, ImportsLock lock) {
    return print(file, users(lock));
  }

  private static Bytes print(AuditsFile file, Map<Long, String> users) {
    var printer = new VetPrinter("cargo-vet audits file", users);
    printer.out.begin();
    printer.audits(file);
    return printer.bytes();
  }

  /// Returns the bytes of a `config.toml`.
  public static Bytes print(VetConfig config) {
    var printer = new VetPrinter("cargo-vet config file", Map.of());
    printer.out.begin();
    printer.config(config);
    return printer.bytes();
  }

  /// Returns the bytes of an `imports.lock`.
  public static Bytes print(ImportsLock lock) {
    var printer = new VetPrinter("cargo-vet imports lock", users(lock));
    if (!lock.unpublished().isEmpty()
        || !lock.publications().isEmpty()
        || !lock.audits().isEmpty()) {
      printer.out.begin();
      printer.imports(lock);
    }
    return printer.bytes();
  }

  /// Returns the names of accounts by their numbers.
  private static Map<Long, String> users(ImportsLock lock) {
    var users = new HashMap<Long, String>();
    for (List<VetPublication> publications : lock.publications().values()) {
      for (VetPublication publication : publications) {
        if (publication.publisher() instanceof PublisherId.User(long id)) {
          String name = publication.name();
          String login = String.valueOf(publication.login());
          users.putIfAbsent(id, name == null ? login : name + " (" + login + ")");
        }
      }
    }
    return users;
  }

  private Bytes bytes() {
    return Bytes.utf8(out.toString());
  }

  private void audits(AuditsFile file, String... prefix) {
    file.criteria()
        .forEach(
            (name, entry) -> {
              out.table(path(prefix, "criteria", name));
              out.text("description", entry.description());
              out.text("description-url", entry.descriptionUrl());
              out.listIfAny("implies", entry.implies());
              out.listIfAny("aggregated-from", entry.aggregatedFrom());
            });
    elements(
        file.wildcardAudits(), VetOrder.WILDCARDS, this::wildcard, path(prefix, "wildcard-audits"));
    if (file.audits().isEmpty()) {
      // The only table that cargo-vet requires.
      out.table(path(prefix, "audits"));
    }
    elements(file.audits(), VetOrder.AUDITS, VetPrinter::audit, path(prefix, "audits"));
    elements(file.trusted(), VetOrder.TRUST, this::trust, path(prefix, "trusted"));
  }

  private <T> void elements(
      SortedMap<String, List<T>> byCrate,
      Comparator<T> order,
      BiConsumer<VetWriter, T> body,
      String... prefix) {
    byCrate.forEach(
        (crate, entries) ->
            entries.stream()
                .sorted(order)
                .forEach(
                    entry -> {
                      out.element(path(prefix, crate));
                      body.accept(out, entry);
                    }));
  }

  private static void audit(VetWriter out, AuditEntry entry) {
    out.listIfAny("who", entry.who());
    out.list("criteria", entry.criteria());
    switch (entry.kind()) {
      case AuditKind.Full(VetVersion version) -> out.text("version", version.toString());
      case AuditKind.Delta(VetVersion from, VetVersion to) -> out.text("delta", from + " -> " + to);
      case AuditKind.Violation(var versions) -> out.text("violation", versions.canonical());
    }
    out.bare("importable", entry.importable() ? null : Boolean.FALSE);
    out.text("notes", entry.notes());
    out.listIfAny("aggregated-from", entry.aggregatedFrom());
  }

  private void wildcard(VetWriter writer, WildcardEntry entry) {
    writer.listIfAny("who", entry.who());
    writer.list("criteria", entry.criteria());
    window(writer, entry.window());
    writer.bare("renew", entry.renew());
    writer.text("notes", entry.notes());
    writer.listIfAny("aggregated-from", entry.aggregatedFrom());
  }

  private void trust(VetWriter writer, TrustEntry entry) {
    writer.list("criteria", entry.criteria());
    window(writer, entry.window());
    writer.text("notes", entry.notes());
    writer.listIfAny("aggregated-from", entry.aggregatedFrom());
  }

  private void window(VetWriter writer, PublishWindow window) {
    switch (window.publisher()) {
      case PublisherId.User(long id) -> {
        String name = users.get(id);
        writer.bare("user-id", name == null ? id : id + " # " + name);
      }
      case PublisherId.TrustedPublisher(String signature) ->
          writer.text("trusted-publisher", signature);
    }
    writer.text("start", window.start().toString());
    writer.text("end", window.end().toString());
  }

  private void config(VetConfig config) {
    if (!config.defaultCriteria().equals(Criteria.SAFE_TO_DEPLOY)) {
      out.text("default-criteria", config.defaultCriteria());
    }
    out.table("cargo-vet");
    out.text("version", config.version());
    config
        .imports()
        .forEach(
            (nick, entry) -> {
              out.table("imports", nick);
              out.list("url", entry.url());
              out.listIfAny("exclude", entry.exclude());
              if (!entry.criteriaMap().isEmpty()) {
                out.table("imports", nick, "criteria-map");
                entry.criteriaMap().forEach(out::list);
              }
            });
    config.policy().forEach(this::policy);
    elements(config.exemptions(), VetOrder.EXEMPTIONS, VetPrinter::exemption, "exemptions");
  }

  private void policy(String crate, PolicyEntry entry) {
    SortedMap<String, List<String>> dependencies = entry.dependencyCriteria();
    boolean inline = VetWriter.fitsInline("dependency-criteria", dependencies);
    out.table("policy", crate);
    out.bare("audit-as-crates-io", entry.auditAsCratesIo());
    if (entry.criteria() != null) {
      out.list("criteria", entry.criteria());
    }
    if (entry.devCriteria() != null) {
      out.list("dev-criteria", entry.devCriteria());
    }
    if (inline && !dependencies.isEmpty()) {
      out.inlineTable("dependency-criteria", dependencies);
    }
    out.text("notes", entry.notes());
    if (!inline) {
      out.table("policy", crate, "dependency-criteria");
      dependencies.forEach(out::list);
    }
  }

  private static void exemption(VetWriter out, Exemption exemption) {
    out.text("version", exemption.version().toString());
    out.list("criteria", exemption.criteria());
    out.bare("suggest", exemption.suggest() ? null : Boolean.FALSE);
    out.text("notes", exemption.notes());
  }

  private void imports(ImportsLock lock) {
    elements(lock.unpublished(), VetOrder.UNPUBLISHED, VetPrinter::unpublished, "unpublished");
    elements(lock.publications(), VetOrder.PUBLICATIONS, VetPrinter::publication, "publisher");
    lock.audits().forEach((nick, file) -> audits(file, "audits", nick));
  }

  private static void unpublished(VetWriter out, Unpublished entry) {
    out.text("version", entry.version().toString());
    out.text("audited_as", entry.auditedAs().toString());
  }

  private static void publication(VetWriter out, VetPublication entry) {
    out.text("version", entry.version().toString());
    out.text("when", entry.when().toString());
    switch (entry.publisher()) {
      case PublisherId.User(long id) -> {
        out.bare("user-id", id);
        out.text("user-login", entry.login());
        out.text("user-name", entry.name());
      }
      case PublisherId.TrustedPublisher(String signature) ->
          out.text("trusted-publisher", signature);
    }
  }

  private static String[] path(String[] prefix, String... keys) {
    var path = new String[prefix.length + keys.length];
    System.arraycopy(prefix, 0, path, 0, prefix.length);
    System.arraycopy(keys, 0, path, prefix.length, keys.length);
    return path;
  }
}
