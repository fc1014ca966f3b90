package lazaret.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// The reader of a form with one file, as browsers send it. The file is text in UTF-8. Anything
/// that browsers do not send for one file is refused: text before the first delimiter or after the
/// last one, a second part, other headers.
///
/// Source: RFC 7578, section 4; RFC 2046, section 5.1.1; HTML Standard, *Multipart form data*.
public final class MultipartReader {
  /// The maximum size of the file, in bytes.
  public static final int MAX_FILE = WebRequest.MAX_BODY - 4_096;

  /// The ending of the name under which the fields have the name of the file.
  public static final String FILE_NAME = ".filename";

  private static final int MAX_HEADERS = 1_024;
  private static final int MAX_NAME = 255;
  private static final String TYPE = "multipart/form-data";
  private static final byte[] EMPTY_LINE = ascii("\r\n\r\n");
  private static final Pattern CONTENT_TYPE =
      Pattern.compile(
          TYPE
              + " *; *boundary=(?:([0-9A-Za-z'()+_,./:=?-]{1,70})"
              + "|\"([0-9A-Za-z'()+_,./:=? -]{1,70})\")",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DISPOSITION =
      Pattern.compile(
          "content-disposition: form-data; name=\"([a-z]{1,32})\"; filename=\"([^\"\r\n]*)\"",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PART_TYPE =
      Pattern.compile("content-type: [!-~]{1,100}(?:; ?[!-~]{1,100})?", Pattern.CASE_INSENSITIVE);

  private MultipartReader() {}

  /// Returns whether a form has the type that this reads.
  ///
  /// @param contentType the header field; empty if it is absent
  public static boolean reads(String contentType) {
    return contentType.toLowerCase(Locale.ROOT).startsWith(TYPE);
  }

  /// Reads a form.
  ///
  /// @param contentType the header field
  /// @return the text of the file by the name of its field, and the name of the file by that name
  ///   with [#FILE_NAME]
  /// @throws MalformedException if the form has another form, or the file is too large or not UTF-8
  public static FormFields read(String contentType, Bytes body) {
    byte[] data = body.array();
    byte[] delimiter = ascii("--" + boundary(contentType));
    int begin = delimiter.length + 2;
    if (!has(data, 0, delimiter) || !has(data, delimiter.length, ascii("\r\n"))) {
      throw malformed("its delimiter at the beginning", "other text");
    }
    int blank = find(data, EMPTY_LINE, begin, Math.min(data.length, begin + MAX_HEADERS));
    if (blank < 0) {
      throw malformed("headers of at most %d bytes".formatted(MAX_HEADERS), "no end of them");
    }
    Matcher disposition = headers(new String(data, begin, blank - begin, StandardCharsets.UTF_8));
    int from = blank + EMPTY_LINE.length;
    byte[] end = ascii("\r\n--" + boundary(contentType));
    int to = find(data, end, from, data.length);
    if (to < 0) {
      throw malformed("its delimiter after the file", "none");
    }
    end(data, to + end.length);
    Map<String, List<String>> values = new LinkedHashMap<>();
    values.put(disposition.group(1), List.of(text(data, from, to)));
    values.put(disposition.group(1) + FILE_NAME, List.of(name(disposition.group(2))));
    return new FormFields(values);
  }

  private static String boundary(String contentType) {
    Matcher form = CONTENT_TYPE.matcher(contentType);
    if (!form.matches()) {
      throw malformed(
          "a boundary of 1 to 70 characters", "'%s'".formatted(Excerpt.of(contentType)));
    }
    return Optional.ofNullable(form.group(1)).orElseGet(() -> form.group(2));
  }

  /// Returns the match of the line with the names. The other line may state a type.
  private static Matcher headers(String block) {
    String[] lines = block.split("\r\n", -1);
    Matcher disposition = DISPOSITION.matcher(lines[0]);
    boolean other =
        lines.length > 2 || (lines.length == 2 && !PART_TYPE.matcher(lines[1]).matches());
    if (!disposition.matches() || other) {
      throw malformed("the headers of one file", "'%s'".formatted(Excerpt.of(block)));
    }
    return disposition;
  }

  private static void end(byte[] data, int at) {
    if (has(data, at, ascii("\r\n"))) {
      throw malformed("one field", "more");
    }
    int after = has(data, at + 2, ascii("\r\n")) ? at + 4 : at + 2;
    if (!has(data, at, ascii("--")) || after != data.length) {
      throw malformed("the end after the file", "other text");
    }
  }

  private static String text(byte[] data, int from, int to) {
    if (to - from > MAX_FILE) {
      throw malformed(
          "a file of at most %d bytes".formatted(MAX_FILE), Integer.toString(to - from));
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(data, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException(
          "cannot read the form: expected a file in UTF-8, found other bytes", e);
    }
  }

  private static String name(String sent) {
    return sent.length() > MAX_NAME ? sent.substring(0, MAX_NAME) : sent;
  }

  private static boolean has(byte[] data, int at, byte[] wanted) {
    return at >= 0
        && at + wanted.length <= data.length
        && Arrays.equals(data, at, at + wanted.length, wanted, 0, wanted.length);
  }

  /// Returns the first position of some bytes, or -1. A boundary of one repeated byte costs the
  /// product of both lengths, of which one is at most 76.
  private static int find(byte[] data, byte[] wanted, int from, int to) {
    for (int at = from; at + wanted.length <= to; at++) {
      if (data[at] == wanted[0] && has(data, at, wanted)) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static MalformedException malformed(String expected, String found) {
    return new MalformedException(
        "cannot read the form: expected %s, found %s".formatted(expected, found));
  }
}
