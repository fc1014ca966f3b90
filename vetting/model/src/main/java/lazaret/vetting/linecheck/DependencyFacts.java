package lazaret.vetting.linecheck;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexDependency;
import org.jspecify.annotations.Nullable;

/// One dependency in a canonical form, in which all spellings of it are equal.
///
/// @param name the name in code
/// @param crate the collision key of the required crate
/// @param req the requirement as the `semver` crate writes it
/// @param kind the kind
/// @param target the platforms, without spaces; empty for all
/// @param optional whether a feature activates it
/// @param defaultFeatures whether its default features are active
/// @param features its active features, sorted
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

  /// Returns all fields as one line. A field has no line break and no zero byte.
  String form() {
    return String.join(
        "\0",
        name,
        crate,
        req,
        kind.name(),
        target,
        Boolean.toString(optional),
        Boolean.toString(defaultFeatures),
        features);
  }

  /// Returns a name in the form that code uses.
  static String key(String name) {
    return name.replace('-', '_');
  }

  /// Returns the key by which the registry identifies a crate.
  static String crate(String name) {
    return key(name).toLowerCase(Locale.ROOT);
  }

  static String req(VersionReq req) {
    return req.canonical();
  }

  static String features(Collection<String> features) {
    return String.join(",", new TreeSet<>(features));
  }

  /// Returns a platform expression without the spaces and commas that have no meaning.
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

  /// Returns a description for people, such as `qzevil ^1 (build)`.
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
