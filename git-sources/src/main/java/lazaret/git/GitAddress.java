package lazaret.git;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// The address of a repository with the reference that a manifest asked for, as lockfiles name it.
///
/// Source: Cargo, `SourceId::from_url` and `GitReference`.
///
/// @param repository the address of the repository, without the reference
/// @param kind the kind of the reference
/// @param reference the reference; empty for the default branch
public record GitAddress(URI repository, Kind kind, String reference) {
  private static final int MAX_LENGTH = 2_000;
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/+@#-]{0,199}");
  private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9_][A-Za-z0-9._~+-]*)+/?");
  private static final Pattern LOOPBACK = Pattern.compile("127\\.0\\.0\\.1|localhost|\\[::1]");

  /// The kinds of references of a manifest.
  public enum Kind {
    /// The default branch.
    DEFAULT,
    /// `branch = ".."`.
    BRANCH,
    /// `tag = ".."`.
    TAG,
    /// `rev = ".."`.
    REV
  }

  /// Parses the address of a lockfile, without `git+` and the commit.
  ///
  /// @throws MalformedException if it is not `https`, has credentials or another part, or a
  ///   character that a program might misread
  public static GitAddress parse(String url) {
    int question = url.indexOf('?');
    String query = question < 0 ? "" : url.substring(question + 1);
    URI repository = repository(url, question < 0 ? url : url.substring(0, question));
    if (question < 0) {
      return new GitAddress(repository, Kind.DEFAULT, "");
    }
    int equals = query.indexOf('=');
    Kind kind =
        switch (equals < 0 ? "" : query.substring(0, equals)) {
          case "branch" -> Kind.BRANCH;
          case "tag" -> Kind.TAG;
          case "rev" -> Kind.REV;
          default -> throw refused(url, "expected branch, tag or rev after the question mark");
        };
    String reference = decoded(url, query.substring(equals + 1));
    if (!REFERENCE.matcher(reference).matches()
        || reference.contains("..")
        || reference.contains("@{")) {
      throw refused(url, "expected a plain reference");
    }
    return new GitAddress(repository, kind, reference);
  }

  private static URI repository(String url, String address) {
    try {
      URI uri = new URI(address);
      String host = uri.getHost();
      boolean secure = "https".equals(uri.getScheme());
      boolean local =
          "http".equals(uri.getScheme()) && host != null && LOOPBACK.matcher(host).matches();
      if (host == null || !(secure || local) || url.length() > MAX_LENGTH) {
        throw refused(url, "expected an https address");
      }
      if (uri.getRawUserInfo() != null
          || uri.getRawFragment() != null
          || !PATH.matcher(String.valueOf(uri.getRawPath())).matches()) {
        throw refused(url, "expected a plain path and no credentials");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new MalformedException(
          "cannot use the Git source '%s': it is not an address".formatted(Excerpt.of(url)), e);
    }
  }

  private static String decoded(String url, String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(
          "cannot use the Git source '%s': the reference is not percent-encoded"
              .formatted(Excerpt.of(url)),
          e);
    }
  }

  /// Returns whether a text is the id of a commit.
  public static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /// Returns whether the host is one of some, with its port or without.
  public boolean isAt(List<String> hosts) {
    String host = repository.getHost().toLowerCase(Locale.ROOT);
    String full = repository.getPort() < 0 ? host : host + ":" + repository.getPort();
    return hosts.stream()
        .map(each -> each.toLowerCase(Locale.ROOT))
        .anyMatch(each -> each.equals(full) || (each.equals(host) && repository.getPort() < 0));
  }

  private static MalformedException refused(String url, String why) {
    return new MalformedException(
        "cannot use the Git source '%s': %s".formatted(Excerpt.of(url), why));
  }
}
