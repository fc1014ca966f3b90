package lazaret.mirror.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;

/// The checks of a response body before it is parsed. They decode gzip within the limit, and reject
/// an HTML page or a truncated body.
public final class BodyDecoder {
  private static final int BUFFER = 16 * 1024;

  private BodyDecoder() {}

  /// Returns the check of an index file or `config.json`.
  ///
  /// @param maxBytes the maximum size after decompression
  /// @param room the memory that all bodies share while they are unpacked
  public static Function<OutboundResponse.Response, OutboundResponse> check(
      long maxBytes, BodyMemory room) {
    return answer -> isHtml(answer) ? html() : decoded(answer, maxBytes, room);
  }

  /// Checks a `.crate` for HTML and codings only; its digest is checked later.
  public static OutboundResponse checkArtifact(OutboundResponse.Response answer) {
    String coding = coding(answer);
    if (isHtml(answer) || startsLikeHtml(answer.body())) {
      return html();
    }
    // Cargo decodes codings before it hashes. A server that codes a gzip file again breaks every
    // client, and a guess that the label is wrong would allow two readings of the same bytes.
    return coding.isEmpty() || coding.equals("identity")
        ? answer
        : new OutboundResponse.Failure(
            FailureKind.UNUSABLE,
            "upstream sent a .crate with the coding '"
                + shown(coding)
                + "', which was not requested");
  }

  private static OutboundResponse decoded(
      OutboundResponse.Response answer, long maxBytes, BodyMemory room) {
    return switch (coding(answer)) {
      case "", "identity" -> whole(answer);
      case "gzip", "x-gzip" -> gunzipped(answer, maxBytes, room);
      default ->
          new OutboundResponse.Failure(
              FailureKind.UNUSABLE,
              "upstream sent a file with the coding '"
                  + shown(coding(answer))
                  + "', which was not requested");
    };
  }

  private static OutboundResponse gunzipped(
      OutboundResponse.Response answer, long maxBytes, BodyMemory room) {
    long taken = 0;
    var out = new ByteArrayOutputStream();
    try (InputStream in = new GZIPInputStream(answer.body().inputStream())) {
      byte[] buffer = new byte[BUFFER];
      int count = in.read(buffer);
      while (count >= 0) {
        // A bomb of 64 KB unpacks to 64 MB: the limits apply to the unpacked bytes.
        if (taken + count > maxBytes) {
          return new OutboundResponse.Failure(
              FailureKind.TOO_LARGE,
              "upstream sent "
                  + answer.body().length()
                  + " bytes that unpack to more than "
                  + maxBytes);
        }
        if (!room.take(count)) {
          return new OutboundResponse.Failure(
              FailureKind.BUDGET, "too much is unpacked at once", Duration.ofSeconds(2));
        }
        taken += count;
        out.write(buffer, 0, count);
        count = in.read(buffer);
      }
    } catch (IOException _) {
      return new OutboundResponse.Failure(
          FailureKind.TRUNCATED, "upstream sent a broken gzip stream");
    } finally {
      room.release(taken);
    }
    return whole(answer.with(Bytes.of(out.toByteArray())));
  }

  /// Rejects a truncated file. A file that was cut before a clean close looks complete on the wire;
  /// a complete one ends with a line that ends with a brace.
  private static OutboundResponse whole(OutboundResponse.Response answer) {
    Bytes body = answer.body();
    int end = body.length();
    while (end > 0 && Character.isWhitespace(body.at(end - 1))) {
      end--;
    }
    if (end == 0) {
      return new OutboundResponse.Failure(FailureKind.TRUNCATED, "upstream sent an empty file");
    }
    if (startsLikeHtml(body)) {
      return html();
    }
    int line = end;
    while (line > 0 && body.at(line - 1) != '\n') {
      line--;
    }
    return body.at(line) == '{' && body.at(end - 1) != '}'
        ? new OutboundResponse.Failure(
            FailureKind.TRUNCATED, "upstream sent a file whose last line breaks off")
        : answer;
  }

  private static boolean isHtml(OutboundResponse.Response answer) {
    String type = answer.headers().firstValue("content-type").orElse("");
    return type.toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  private static boolean startsLikeHtml(Bytes body) {
    int at = 0;
    while (at < body.length() && Character.isWhitespace(body.at(at))) {
      at++;
    }
    return at < body.length() && body.at(at) == '<';
  }

  private static OutboundResponse html() {
    return new OutboundResponse.Failure(
        FailureKind.UNUSABLE,
        "upstream sent a page of HTML in place of the file: check for a login page or a proxy in between");
  }

  private static String coding(OutboundResponse.Response answer) {
    return answer
        .headers()
        .firstValue("content-encoding")
        .map(value -> value.strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  private static String shown(String coding) {
    return Excerpt.of(coding);
  }
}
