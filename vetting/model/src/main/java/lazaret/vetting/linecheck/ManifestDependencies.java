package lazaret.vetting.linecheck;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.toml.TomlScalar;
import lazaret.vetting.toml.TomlScalar.Kind;
import lazaret.vetting.toml.TomlVisitor;
import org.jspecify.annotations.Nullable;

/// The dependencies of a published `Cargo.toml`, in the form in which the registry writes them to
/// an index line. Bounded by the size of the manifest. Not thread-safe.
///
/// Source: Cargo reference, *Specifying Dependencies*; *Registry Index*, *JSON schema*.
final class ManifestDependencies implements TomlVisitor {
  private final Map<DependencySection, Draft> drafts = new HashMap<>();

  /// The key of a dependency in the manifest.
  private record DependencySection(DependencyKind kind, @Nullable String target, String name) {}

  private static final class Draft {
    private final Set<String> features = new TreeSet<>();
    private @Nullable String crate;
    private @Nullable String req;
    private boolean optional;
    private boolean defaultFeatures = true;
  }

  @Override
  public void table(List<String> path, boolean element) {
    Draft _ = draft(path);
  }

  @Override
  public void startTable(List<String> path) {
    Draft _ = draft(path);
  }

  @Override
  public void value(List<String> path, TomlScalar value) {
    Draft draft = draft(path);
    if (draft == null) {
      return;
    }
    int start = start(path);
    if (path.size() == start + 2) {
      draft.req = value.text();
    } else if (path.size() == start + 3) {
      set(draft, path.getLast(), value);
    }
  }

  private static void set(Draft draft, String key, TomlScalar value) {
    switch (key) {
      case "version" -> draft.req = value.text();
      case "package" -> draft.crate = value.text();
      case "optional" -> draft.optional = value.isTrue();
      case "default-features", "default_features" -> draft.defaultFeatures = !value.isFalse();
      case "features" -> {
        if (value.kind() == Kind.STRING) {
          draft.features.add(value.text());
        }
      }
      default -> {}
    }
  }

  private static int start(List<String> path) {
    return path.getFirst().equals("target") ? 2 : 0;
  }

  private @Nullable Draft draft(List<String> path) {
    int start = start(path);
    if (path.size() < start + 2) {
      return null;
    }
    DependencyKind kind =
        switch (path.get(start)) {
          case "dependencies" -> DependencyKind.NORMAL;
          case "build-dependencies", "build_dependencies" -> DependencyKind.BUILD;
          case "dev-dependencies", "dev_dependencies" -> DependencyKind.DEV;
          default -> null;
        };
    if (kind == null) {
      return null;
    }
    String target = start == 0 ? null : path.get(1);
    return drafts.computeIfAbsent(
        new DependencySection(kind, target, path.get(start + 1)), _ -> new Draft());
  }

  Set<DependencyFacts> facts() {
    Set<DependencyFacts> facts = new HashSet<>();
    drafts.forEach(
        (place, draft) -> {
          String crate = draft.crate == null ? place.name() : draft.crate;
          facts.add(
              new DependencyFacts(
                  DependencyFacts.key(place.name()),
                  DependencyFacts.crate(crate),
                  req(draft.req),
                  place.kind(),
                  DependencyFacts.target(place.target()),
                  draft.optional,
                  draft.defaultFeatures,
                  DependencyFacts.features(draft.features)));
        });
    return facts;
  }

  private static String req(@Nullable String req) {
    if (req == null) {
      return "*";
    }
    try {
      return DependencyFacts.req(VersionReq.parse(req));
    } catch (MalformedException _) {
      return req;
    }
  }
}
