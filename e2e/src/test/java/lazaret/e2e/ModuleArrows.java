package lazaret.e2e;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The modules that each module may use.
final class ModuleArrows {
  private static final Set<String> VETTING =
      Set.of(
          "vetting/model",
          "vetting/rust-source",
          "vetting/desk-api",
          "vetting/inspection",
          "vetting/evidence",
          "vetting/policy",
          "vetting/store",
          "vetting/gate");

  /// The modules that each module may see.
  static final Map<String, Set<String>> SEES =
      Map.ofEntries(
          Map.entry("vetting/model", Set.of()),
          Map.entry("vetting/rust-source", Set.of()),
          Map.entry("vetting/desk-api", Set.of("vetting/model")),
          Map.entry("vetting/inspection", Set.of("vetting/model", "vetting/rust-source")),
          Map.entry("vetting/evidence", Set.of("vetting/model", "vetting/inspection")),
          Map.entry(
              "vetting/policy",
              Set.of(
                  "vetting/model",
                  "vetting/rust-source",
                  "vetting/inspection",
                  "vetting/evidence")),
          Map.entry(
              "vetting/store",
              Set.of(
                  "vetting/model",
                  "vetting/rust-source",
                  "vetting/inspection",
                  "vetting/evidence",
                  "vetting/policy")),
          Map.entry("vetting/gate", VETTING),
          Map.entry("vetting/access", VETTING),
          Map.entry("vetting/cluster", VETTING),
          Map.entry("cargo-credential", Set.of()),
          Map.entry("cargo-project", Set.of("vetting/model")),
          Map.entry("vetting/sbom", Set.of("vetting/model", "vetting/desk-api")),
          Map.entry("command-manual", Set.of("vetting/model", "mirror-config")),
          Map.entry("vetting/detonation", VETTING),
          Map.entry("vetting/queue", VETTING),
          Map.entry("vetting/reading", VETTING),
          Map.entry("vetting/retention", VETTING),
          Map.entry("vetting/hosting", with("vetting/access")),
          Map.entry("storage", VETTING),
          Map.entry("storage-postgres", with("storage")),
          Map.entry("storage-s3", Set.of("vetting/model", "storage")),
          Map.entry("storage-convert", with("storage")),
          Map.entry("sign-in", Set.of("vetting/model")),
          Map.entry("tracing", Set.of("vetting/model")),
          Map.entry("web-desk", Set.of("vetting/model", "vetting/desk-api")),
          Map.entry("mirror-http2", Set.of()),
          Map.entry(
              "mirror-upstream",
              Set.of("vetting/model", "vetting/inspection", "vetting/evidence", "vetting/gate")),
          Map.entry("mirror-following", with("mirror-upstream")),
          Map.entry(
              "mirror-config",
              with(
                  "storage",
                  "vetting/hosting",
                  "sign-in",
                  "mirror-upstream",
                  "mirror-following",
                  "toolchains",
                  "git-sources",
                  "documentation",
                  "inspection-results")),
          Map.entry(
              "mirror-server",
              with(
                  "mirror-config",
                  "storage",
                  "sandbox-service",
                  "vetting/access",
                  "vetting/cluster",
                  "vetting/detonation",
                  "vetting/queue",
                  "vetting/reading",
                  "vetting/retention",
                  "vetting/hosting",
                  "site-files",
                  "toolchains",
                  "git-sources",
                  "documentation",
                  "inspection-results",
                  "sign-in",
                  "mirror-http2",
                  "mirror-upstream",
                  "mirror-following",
                  "web-desk")),
          Map.entry(
              "bundle-trust",
              Set.of("vetting/model", "vetting/inspection", "vetting/store", "storage")),
          Map.entry(
              "airgap-bundles", with("vetting/hosting", "storage", "bundle-trust", "site-files")),
          Map.entry("site-files", with("storage")),
          Map.entry("toolchains", with("storage", "site-files", "mirror-upstream")),
          Map.entry("git-sources", with("storage", "site-files")),
          Map.entry("documentation", with("storage", "site-files", "sandbox-service")),
          Map.entry("inspection-results", with("storage", "bundle-trust", "site-files")),
          Map.entry("registry-conformance", Set.of()),
          Map.entry("sandbox", Set.of()),
          Map.entry("sandbox-service", VETTING),
          Map.entry(
              "vetting-cli",
              with(
                  "vetting/access",
                  "vetting/detonation",
                  "vetting/queue",
                  "vetting/reading",
                  "vetting/retention",
                  "vetting/sbom",
                  "cargo-credential",
                  "cargo-project",
                  "command-manual",
                  "storage",
                  "mirror-upstream",
                  "mirror-config",
                  "mirror-server",
                  "airgap-bundles",
                  "bundle-trust",
                  "sandbox",
                  "sandbox-service")),
          Map.entry(
              "vetting-cli-store",
              with(
                  "vetting/retention",
                  "storage",
                  "storage-convert",
                  "mirror-config",
                  "mirror-server",
                  "airgap-bundles",
                  "vetting-cli")),
          Map.entry(
              "vetting-cli-site",
              with(
                  "vetting/hosting",
                  "storage",
                  "site-files",
                  "toolchains",
                  "git-sources",
                  "documentation",
                  "inspection-results",
                  "bundle-trust",
                  "airgap-bundles",
                  "cargo-credential",
                  "cargo-project",
                  "sandbox",
                  "sandbox-service",
                  "mirror-upstream",
                  "mirror-config",
                  "mirror-server",
                  "vetting-cli")),
          Map.entry("testkit", Set.of("vetting/model")));

  /// The modules that may see all others.
  static final Set<String> TOP = Set.of("bench", "e2e");

  private ModuleArrows() {}

  /// Returns whether the classes of one module may use those of another.
  static boolean sees(@Nullable String from, String to) {
    return from != null && SEES.getOrDefault(from, Set.of()).contains(to);
  }

  private static Set<String> with(String... more) {
    Set<String> all = new TreeSet<>(VETTING);
    all.addAll(Set.of(more));
    return all;
  }
}
