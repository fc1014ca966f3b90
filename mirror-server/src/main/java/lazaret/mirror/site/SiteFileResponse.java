package lazaret.mirror.site;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.mirror.http.EntityTags;
import lazaret.mirror.http.FileBody;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.store.SiteFile;
import lazaret.vetting.Bytes;

/// The response with a file of a site, whole or in part. The tag is strong: the SHA-256 of the
/// bytes.
///
/// Source: RFC 9110 §13.1.2 (If-None-Match), §13.1.5 (If-Range), §14 (Range Requests).
public final class SiteFileResponse {
  /// The value of `Cache-Control` for paths that name the hash of their content.
  public static final String IMMUTABLE = "public, max-age=31536000, immutable";

  /// The value of `Cache-Control` for paths whose content changes.
  public static final String REVALIDATED = "no-cache";

  private static final Duration RETRY = Duration.ofSeconds(30);

  private static final String BYTES = "application/octet-stream";

  /// The media types that browsers do not render. The type of a row may be that of a bundle, and
  /// the address is that of the desk.
  private static final Set<String> TYPES =
      Set.of(
          "application/toml",
          "application/x-tar",
          "application/zip",
          "text/plain; charset=utf-8",
          BYTES);

  private SiteFileResponse() {}

  /// Returns the response to a request for the file of a row.
  ///
  /// @param question the request, GET or HEAD
  /// @param caching the value of `Cache-Control`
  public static HttpResponse of(
      HttpRequest question, SiteFileService files, SiteFileRow row, String caching) {
    try {
      Optional<SiteFile> file = files.open(row);
      return file.isPresent()
          ? of(question, file.get(), type(row), caching)
          : failed("the bytes of '" + row.path() + "' are missing; run 'site-files check'");
    } catch (IOException _) {
      return failed("the file '" + row.path() + "' cannot be read");
    }
  }

  private static String type(SiteFileRow row) {
    return TYPES.contains(row.mediaType()) ? row.mediaType() : BYTES;
  }

  /// Returns the response to a request for a file.
  ///
  /// @param question the request, GET or HEAD
  /// @param mediaType the value of `Content-Type`
  /// @param caching the value of `Cache-Control`
  public static HttpResponse of(
      HttpRequest question, SiteFile file, String mediaType, String caching) {
    String etag = '"' + file.sha256().hex() + '"';
    if (EntityTags.match(question.header("if-none-match").orElse(null), etag)) {
      return new HttpResponse(
          304,
          List.of(
              new HttpResponse.Field("etag", etag),
              new HttpResponse.Field("cache-control", caching)),
          Bytes.EMPTY);
    }
    return with(etag, caching, ranged(question, file, mediaType, etag));
  }

  private static HttpResponse ranged(
      HttpRequest question, SiteFile file, String mediaType, String etag) {
    return switch (range(question, file, etag)) {
      case ByteRange.Whole _ -> HttpResponse.of(200, mediaType, FileBody.of(file));
      case ByteRange.Part(long first, long length) ->
          HttpResponse.of(206, mediaType, new FileBody(file, first, length))
              .with(
                  "content-range",
                  "bytes %d-%d/%d".formatted(first, first + length - 1, file.length()));
      case ByteRange.Unsatisfiable _ ->
          HttpResponse.text(416, "the file has %d bytes".formatted(file.length()))
              .with("content-range", "bytes */" + file.length());
    };
  }

  /// Returns the range of a request. A range counts for GET alone, and only if the client states
  /// the tag of this content in `If-Range` or states none. Times are not compared.
  private static ByteRange range(HttpRequest question, SiteFile file, String etag) {
    boolean same = question.header("if-range").map(tag -> tag.strip().equals(etag)).orElse(true);
    return question.method().equals("GET") && same
        ? question
            .header("range")
            .map(header -> ByteRange.of(header, file.length()))
            .orElseGet(ByteRange.Whole::new)
        : new ByteRange.Whole();
  }

  private static HttpResponse with(String etag, String caching, HttpResponse response) {
    HttpResponse ranged = response.with("accept-ranges", "bytes");
    return ranged.status() == 416
        ? ranged
        : ranged.with("etag", etag).with("cache-control", caching);
  }

  private static HttpResponse failed(String text) {
    return HttpResponse.unavailable(text, RETRY).coded("store-failed");
  }
}
