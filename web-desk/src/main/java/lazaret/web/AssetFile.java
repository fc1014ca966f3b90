package lazaret.web;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// A file that pages of the desk load: the style sheet, the script or an image. Its address has its
/// digest, so that browsers may keep it for a year. Immutable.
///
/// @param name the last segment of its address, for example `desk.css`
/// @param mediaType the value of `Content-Type` (RFC 9110 section 8.3)
/// @param body the bytes as they are served
/// @param digest the SHA-256 of `body`
public record AssetFile(String name, String mediaType, Bytes body, Sha256 digest) {
  /// The path below which all assets are.
  public static final String ROOT = "/desk/assets/";

  /// Returns the asset with the given content.
  ///
  /// @throws IllegalArgumentException if the suffix of the name is not one of the desk
  static AssetFile of(String name, Bytes body) {
    return new AssetFile(name, mediaType(name), body, Sha256.of(body));
  }

  /// Returns the path of the address, `/desk/assets/{sha256}/{name}`.
  public String path() {
    return ROOT + digest + "/" + name;
  }

  private static String mediaType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default ->
          throw new IllegalArgumentException(
              "cannot serve " + name + ": expected a suffix css, js or svg");
    };
  }
}
