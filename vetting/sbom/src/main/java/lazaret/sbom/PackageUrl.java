package lazaret.sbom;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.PackageSource;

/// The package URL of a package.
///
/// Source: ECMA-427, *Package-URL*, and its type `cargo`: the public registry is the default, other
/// sources are qualifiers.
final class PackageUrl {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:";

  /// The user information of an address, which may contain a password.
  private static final Pattern USER = Pattern.compile("(?<=://)[^/@\\s]*@");

  private PackageUrl() {}

  /// Returns the package URL, or empty for a package in a folder, which no registry has.
  static Optional<String> of(LockedPackage locked) {
    String plain = "pkg:cargo/" + encoded(locked.name()) + "@" + encoded(locked.version().text());
    return switch (locked.source()) {
      case PackageSource.CratesIo _ -> Optional.of(plain);
      case PackageSource.Private own -> Optional.of(plain + registry(own.url()));
      case PackageSource.OtherRegistry other -> Optional.of(plain + registry(other.url()));
      case PackageSource.Git git -> Optional.of(plain + "?vcs_url=" + encoded(address(git)));
      case PackageSource.Local _ -> Optional.empty();
    };
  }

  private static String registry(String source) {
    return "?repository_url=" + encoded(withoutUser(source.substring(source.indexOf('+') + 1)));
  }

  private static String address(PackageSource.Git git) {
    int query = git.url().indexOf('?');
    String repository = query < 0 ? git.url() : git.url().substring(0, query);
    return "git+" + withoutUser(repository) + (git.commit() == null ? "" : "@" + git.commit());
  }

  /// Returns an address, or a text with addresses, without user information.
  static String withoutUser(String text) {
    return USER.matcher(text).replaceAll("");
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
      if (unit > 0 && UNRESERVED.indexOf(unit) >= 0) {
        encoded.append((char) unit);
      } else {
        encoded.append("%%%02X".formatted(unit & 0xff).toUpperCase(Locale.ROOT));
      }
    }
    return encoded.toString();
  }
}
