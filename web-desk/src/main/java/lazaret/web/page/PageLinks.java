package lazaret.web.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// The addresses of the pages of the desk. Texts are percent-encoded.
public final class PageLinks {
  /// The number of lines on one page of a file.
  public static final int FILE_LINES = 3_000;

  private PageLinks() {}

  /// Returns the address of the page of a crate.
  public static String crate(CrateName name) {
    return crate(name.published());
  }

  /// Returns the address of the page of a crate.
  ///
  /// @param name a text that may not be a crate name
  public static String crate(String name) {
    return "/desk/crates/" + segment(name);
  }

  /// Returns the address of the page of a version.
  public static String version(CrateName name, CrateVersion version) {
    return version(name.published(), version.text());
  }

  /// Returns the address of the page of a version.
  public static String version(String name, String version) {
    return crate(name) + "/" + segment(version);
  }

  /// Returns the address of the review of a version.
  public static String review(CrateName name, CrateVersion version) {
    return version(name, version) + "/review";
  }

  /// Returns the address of a list of versions to review.
  ///
  /// @param versions `NAME@VERSION` with commas between
  public static String reviews(String versions) {
    return "/desk/review?versions=" + URLEncoder.encode(versions, StandardCharsets.UTF_8);
  }

  /// Returns the address of a line of a file of a version.
  ///
  /// @param path the path in the artifact
  /// @param line from 1; 0 for the whole file
  public static String file(CrateName name, CrateVersion version, String path, long line) {
    StringBuilder address = new StringBuilder(version(name, version)).append("/files");
    for (String part : path.split("/", -1)) {
      address.append('/').append(segment(part));
    }
    if (line > FILE_LINES) {
      address.append("?from=").append((line - 1) / FILE_LINES * FILE_LINES + 1);
    }
    return line > 0 ? address.append("#L").append(line).toString() : address.toString();
  }

  /// Returns the address of the request page of a version.
  public static String request(String name, String version) {
    return "/desk/request/" + segment(name) + "/" + segment(version);
  }

  /// Returns the address of the feed of decisions on a version.
  public static String requestFeed(CrateName name, CrateVersion version) {
    return request(name.published(), version.text()) + "/feed";
  }

  /// Returns the address of an entry of the ledger.
  public static String event(long sequence) {
    return "/desk/events?after=%d#e%d".formatted(sequence - 1, sequence);
  }

  /// Returns the address of the page of a private crate.
  public static String privateCrate(CrateName name) {
    return "/desk/private/" + segment(name.published());
  }

  /// Returns the address of the form that deletes a version of a private crate.
  public static String privateDeletion(CrateName name, CrateVersion version) {
    return privateCrate(name)
        + "?delete="
        + URLEncoder.encode(version.text(), StandardCharsets.UTF_8)
        + "#delete-title";
  }

  /// Returns the address of the page of a Git source.
  public static String gitSource(Sha256 key) {
    return "/desk/git-sources/" + key.hex();
  }

  /// Returns the address of the form that revokes a token.
  public static String tokenRevoke(String token) {
    return "/desk/people/tokens/" + segment(token) + "/revoke";
  }

  /// Returns the address of the form that revokes a token of the reader.
  public static String ownTokenRevoke(String id) {
    return "/desk/people/me/tokens/" + segment(id) + "/revoke";
  }

  /// Returns the address of the form that ends the sessions of a person.
  public static String sessionsEnd(String person) {
    return "/desk/people/" + segment(person) + "/sessions/end";
  }

  /// Returns the address of the form that removes a person.
  public static String personRemove(String person) {
    return "/desk/people/" + segment(person) + "/remove";
  }

  /// Returns a text in a segment of a path. A `+` of a version stays.
  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%2B", "+");
  }
}
