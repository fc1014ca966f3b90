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
          Map.entry("vetting/sbom", Set.of("vetting/model", "vetting/desk-api")),
          Map.entry("command-manual", Set.of("vetting/model", "mirror-server")),
          Map.entry("vetting/detonation", VETTING),
          Map.entry("vetting/queue", VETTING),
          Map.entry("vetting/reading", VETTING),
          Map.entry("vetting/retention", VETTING),
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
              "mirror-server",
              with(
                  "storage",
                  "sandbox-service",
                  "vetting/access",
                  "vetting/cluster",
                  "vetting/detonation",
                  "vetting/queue",
                  "vetting/reading",
                  "vetting/retention",
                  "sign-in",
                  "mirror-http2",
                  "mirror-upstream",
                  "mirror-following",
                  "web-desk")),
          Map.entry("airgap-bundles", with("storage")),
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
                  "command-manual",
                  "storage",
                  "mirror-upstream",
                  "mirror-server",
                  "airgap-bundles",
                  "sandbox",
                  "sandbox-service")),
          Map.entry(
              "vetting-cli-store",
              with(
                  "vetting/retention",
                  "storage",
                  "storage-convert",
                  "mirror-server",
                  "airgap-bundles",
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
