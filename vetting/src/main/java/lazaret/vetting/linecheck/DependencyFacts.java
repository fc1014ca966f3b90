package lazaret.vetting.linecheck;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexDependency;
import org.jspecify.annotations.Nullable;

/// One dependency in a form in which all spellings of it are equal.
///
/// @param name the name that code uses
/// @param crate the collision key of the crate that is meant
/// @param req the requirement as the `semver` crate writes it
/// @param kind when it is needed
/// @param target the platforms, without spaces; empty for all
/// @param optional whether a feature switches it on
/// @param defaultFeatures whether its default features are on
/// @param features the features of it that are on, sorted
record DependencyFacts(
    String name,
    String crate,
    String req,
    DependencyKind kind,
    String target,
    boolean optional,
    boolean defaultFeatures,
    String features) {

  static DependencyFacts of(IndexDependency dependency) {
    return new DependencyFacts(
        key(dependency.name()),
        crate(dependency.packageName().published()),
        req(dependency.req()),
        dependency.kind(),
        target(dependency.target()),
        dependency.optional(),
        dependency.defaultFeatures(),
        features(dependency.features()));
  }

  /// Returns a name as code sees it.
  static String key(String name) {
    return name.replace('-', '_');
  }

  /// Returns the key under which the registry sees one crate.
  static String crate(String name) {
    return key(name).toLowerCase(Locale.ROOT);
  }

  static String req(VersionReq req) {
    return req.canonical();
  }

  static String features(Collection<String> features) {
    return String.join(",", new TreeSet<>(features));
  }

  /// Returns platforms without the spaces and commas that mean nothing.
  static String target(@Nullable String target) {
    if (target == null) {
      return "";
    }
    var text = new StringBuilder(target.length());
    boolean quoted = false;
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      quoted ^= c == '"';
      if (quoted || !Character.isWhitespace(c)) {
        if (c == ')' && !quoted && text.length() > 0 && text.charAt(text.length() - 1) == ',') {
          text.setLength(text.length() - 1);
        }
        text.append(c);
      }
    }
    return text.toString();
  }

  /// Returns what a person calls it: `qzevil ^1 (build)`.
  String words() {
    return (crate.equals(name) ? crate : name + " = " + crate)
        + " "
        + req
        + switch (kind) {
          case NORMAL -> "";
          case BUILD -> " (build)";
          case DEV -> " (dev)";
        }
        + (target.isEmpty() ? "" : " for " + target)
        + (optional ? ", optional" : "")
        + (defaultFeatures ? "" : ", without default features")
        + (features.isEmpty() ? "" : ", with " + features);
  }
}
