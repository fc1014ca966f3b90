package lazaret.testkit;

import java.util.List;
import java.util.Locale;
import lazaret.vetting.index.DependencyKind;
import org.jspecify.annotations.Nullable;

/// A dependency of a test crate, equal in its manifest and in its index line.
///
/// @param name name under which the crate uses it
/// @param req requirement as in the index: `^1.0`
/// @param features requested features
/// @param optional whether a feature enables it
/// @param defaultFeatures whether its default features are enabled
/// @param target a platform or `cfg(...)`; null for all
/// @param kind normal, build or dev
/// @param packageName name of the crate if it is renamed; null otherwise
public record Dependency(
    String name,
    String req,
    List<String> features,
    boolean optional,
    boolean defaultFeatures,
    @Nullable String target,
    DependencyKind kind,
    @Nullable String packageName) {
  /// Copies the list.
  public Dependency {
    features = List.copyOf(features);
  }

  /// Returns a dependency without options.
  public static Dependency on(String name, String req) {
    return new Dependency(name, req, List.of(), false, true, null, DependencyKind.NORMAL, null);
  }

  /// Returns this dependency as a build or dev dependency.
  public Dependency as(DependencyKind kind) {
    return new Dependency(
        name, req, features, optional, defaultFeatures, target, kind, packageName);
  }

  /// Returns this dependency as an optional one.
  public Dependency whenWanted() {
    return new Dependency(name, req, features, true, defaultFeatures, target, kind, packageName);
  }

  /// Returns this dependency with features and without the default ones.
  public Dependency withFeatures(String... wanted) {
    return new Dependency(name, req, List.of(wanted), optional, false, target, kind, packageName);
  }

  /// Returns this dependency for a platform, `cfg(unix)` or a target triple.
  public Dependency forTarget(String platform) {
    return new Dependency(
        name, req, features, optional, defaultFeatures, platform, kind, packageName);
  }

  /// Returns this dependency as an alias of another crate.
  public Dependency renaming(String crate) {
    return new Dependency(name, req, features, optional, defaultFeatures, target, kind, crate);
  }

  /// Appends the table of a manifest.
  void writeManifest(StringBuilder out) {
    String table =
        switch (kind) {
          case NORMAL -> "dependencies";
          case BUILD -> "build-dependencies";
          case DEV -> "dev-dependencies";
        };
    String on = target == null ? "" : "target." + TestJson.quote(target) + ".";
    out.append("\n[").append(on).append(table).append('.').append(name).append("]\n");
    out.append("version = ").append(TestJson.quote(req)).append('\n');
    if (packageName != null) {
      out.append("package = ").append(TestJson.quote(packageName)).append('\n');
    }
    if (!features.isEmpty()) {
      out.append("features = ").append(TestJson.quoteAll(features)).append('\n');
    }
    if (optional) {
      out.append("optional = true\n");
    }
    if (!defaultFeatures) {
      out.append("default-features = false\n");
    }
  }

  /// Appends the object of an index line in upstream's form.
  void writeIndex(StringBuilder out) {
    out.append("{\"name\":").append(TestJson.quote(name));
    out.append(",\"req\":").append(TestJson.quote(req));
    out.append(",\"features\":").append(TestJson.quoteAll(features));
    out.append(",\"optional\":").append(optional);
    out.append(",\"default_features\":").append(defaultFeatures);
    out.append(",\"target\":").append(target == null ? "null" : TestJson.quote(target));
    out.append(",\"kind\":").append(TestJson.quote(kind.name().toLowerCase(Locale.ROOT)));
    if (packageName != null) {
      out.append(",\"package\":").append(TestJson.quote(packageName));
    }
    out.append('}');
  }
}
