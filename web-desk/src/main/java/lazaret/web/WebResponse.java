package lazaret.web;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// A response of the desk to a browser.
///
/// @param status the status code
/// @param fields headers in order, names in lower case
/// @param body the content
public record WebResponse(int status, List<Field> fields, Bytes body) {
  /// The content security policy of every page. It permits files of the desk alone, and no script
  /// or style inside a page.
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'; connect-src 'self';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final List<Field> SAFE =
      List.of(
          new Field("content-security-policy", CONTENT_SECURITY_POLICY),
          new Field("x-content-type-options", "nosniff"),
          new Field("referrer-policy", "no-referrer"),
          new Field("cross-origin-opener-policy", "same-origin"),
          new Field("cross-origin-resource-policy", "same-origin"),
          new Field("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"));

  public WebResponse {
    fields = List.copyOf(fields);
  }

  /// One header.
  ///
  /// @param name in lower case
  /// @param value printable ASCII
  public record Field(String name, String value) {}

  /// Creates a page, which no cache keeps.
  public static WebResponse page(int status, Bytes html) {
    return new WebResponse(status, SAFE, html)
        .with("content-type", "text/html; charset=utf-8")
        .with("cache-control", "no-store");
  }

  /// Creates a response of another type, which no cache keeps.
  public static WebResponse of(int status, String type, Bytes body) {
    return new WebResponse(status, SAFE, body)
        .with("content-type", type)
        .with("cache-control", "no-store");
  }

  /// Creates an Atom feed (RFC 4287) with the entity tag of its content. A cache may keep it for
  /// its reader, and asks before each use.
  public static WebResponse feed(Bytes atom) {
    return new WebResponse(200, SAFE, atom)
        .with("content-type", "application/atom+xml; charset=utf-8")
        .with("etag", '"' + Sha256.of(atom).hex() + '"')
        .with("cache-control", "private, no-cache");
  }

  /// Creates a redirection to a page that is read with GET.
  ///
  /// @param location a path of the desk, or the address of the identity provider
  public static WebResponse redirect(String location) {
    return new WebResponse(303, SAFE, Bytes.EMPTY)
        .with("location", location)
        .with("cache-control", "no-store");
  }

  /// Creates a response without content, for the module of script.
  public static WebResponse empty() {
    return new WebResponse(204, SAFE, Bytes.EMPTY).with("cache-control", "no-store");
  }

  /// Creates a file whose address changes with its content.
  public static WebResponse asset(AssetFile file) {
    return new WebResponse(200, SAFE, file.body())
        .with("content-type", file.mediaType())
        .with("cache-control", "public, max-age=31536000, immutable");
  }

  /// Returns this response with one more header field.
  public WebResponse with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new WebResponse(status, more, body);
  }

  /// Returns this response with a cookie.
  public WebResponse with(WebCookie cookie) {
    return with("set-cookie", cookie.header());
  }
}
