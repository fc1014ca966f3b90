package lazaret.vetting;

import java.util.Locale;

/// The version of the program, as the manifests of its jars have it.
public final class ProductVersion {
  /// The version of a program that runs from folders of classes.
  public static final String UNPACKAGED = "unpackaged";

  private ProductVersion() {}

  /// Returns the version of the jar that holds a class, in lower case, or [#UNPACKAGED] if the
  /// class is not in a jar.
  public static String of(Class<?> type) {
    String version = type.getPackage().getImplementationVersion();
    return version == null ? UNPACKAGED : version.toLowerCase(Locale.ROOT);
  }
}
