package lazaret.vetting.inspect.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.inspect.literal.Base64Literal;
import lazaret.vetting.inspect.literal.FileKind;
import lazaret.vetting.inspect.literal.TextProfile;
import org.jspecify.annotations.Nullable;

/// The encodings in which texts are hidden: base64 (once or twice), hex, XOR with one byte,
/// reversal. A decoded text is returned only if it is suspicious. Immutable.
final class LiteralDecoder {
  private static final int MIN_BASE64 = 12;
  private static final int MIN_HEX = 16;
  private static final int MAX_DEPTH = 3;

  /// The number of bytes from which data with the magic number of a program counts as one. A
  /// shorter text may be only the magic number.
  private static final int MIN_PROGRAM = 60;

  private static final String PROGRAM = "the first bytes of a program, object or library";

  /// The length of text that is decoded; the rest of a longer one is ignored.
  private static final int MAX_LENGTH = 1 << 16;

  /// The texts that are recognized under an unknown key, long enough to exclude chance.
  private static final List<String> KEYED =
      List.of(
          "http://",
          "https://",
          "/bin/sh",
          "/bin/bash",
          "powershell",
          "cmd.exe",
          ".ssh/id_",
          "authorized_keys",
          "api.telegram",
          "discord.com");

  private static final byte[][] KEYED_BYTES =
      KEYED.stream().map(s -> s.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);

  /// The XOR of the first two bytes of each of these texts.
  private static final boolean[] FIRST = new boolean[256];

  static {
    for (byte[] known : KEYED_BYTES) {
      FIRST[(known[0] ^ known[1]) & 0xFF] = true;
    }
  }

  private final SuspiciousLiterals clues;

  LiteralDecoder(SuspiciousLiterals clues) {
    this.clues = clues;
  }

  /// A decoded text.
  ///
  /// @param how the encodings, outermost first: `base64`, `base64, xor`
  /// @param text the decoded text
  record Decoded(String how, String text) {}

  /// Decodes a text, a byte string or an array of bytes.
  ///
  /// @param look the kinds of the same bytes
  Optional<Decoded> of(byte[] bytes, TextProfile look) {
    if (bytes.length > MAX_LENGTH) {
      byte[] taken = Arrays.copyOf(bytes, MAX_LENGTH);
      return of(taken, TextProfile.at(taken));
    }
    Optional<Decoded> keyed = xor(bytes, "");
    return keyed.isPresent() ? keyed : text(bytes, look, "", 0);
  }

  private Optional<Decoded> text(byte[] bytes, TextProfile look, String how, int depth) {
    if (depth >= MAX_DEPTH) {
      return Optional.empty();
    }
    byte[] hex = bytes.length >= MIN_HEX && look.maybeHex() ? hex(bytes) : null;
    if (hex != null) {
      Optional<Decoded> found = decoded(hex, how + "hex", depth);
      if (found.isPresent()) {
        return found;
      }
    }
    byte[] base64 =
        bytes.length >= MIN_BASE64 && look.maybeBase64() ? Base64Literal.decode(bytes) : null;
    if (base64 != null) {
      Optional<Decoded> found = decoded(base64, how + "base64", depth);
      if (found.isPresent()) {
        return found;
      }
    }
    return look.maybeUrl() ? reversed(bytes, how) : Optional.empty();
  }

  private Optional<Decoded> decoded(byte[] bytes, String how, int depth) {
    if (printable(bytes)) {
      Optional<String> telling = clues.telling(bytes);
      if (telling.isPresent()) {
        return Optional.of(new Decoded(how, telling.get()));
      }
      return text(bytes, TextProfile.at(bytes), how + ", ", depth + 1);
    }
    return isProgram(bytes) ? Optional.of(new Decoded(how, PROGRAM)) : xor(bytes, how + ", ");
  }

  /// Recognizes a program, object or library that is not encoded.
  static Optional<Decoded> program(byte[] bytes) {
    return bytes.length >= MIN_PROGRAM && isProgram(bytes)
        ? Optional.of(new Decoded("bytes", PROGRAM))
        : Optional.empty();
  }

  private static boolean isProgram(byte[] bytes) {
    // Descriptions of the types of a component are common in honest source and cannot run.
    boolean component =
        bytes.length > 7 && bytes[0] == 0 && bytes[1] == 'a' && bytes[4] != 1 && bytes[6] == 1;
    if (component) {
      return false;
    }
    return switch (FileKind.of(bytes, Math.min(bytes.length, FileKind.HEAD))) {
      case EXECUTABLE, LIBRARY -> true;
      case COMPRESSED, OTHER -> false;
    };
  }

  private Optional<Decoded> reversed(byte[] bytes, String how) {
    for (int i = 0; i + 2 < bytes.length; i++) {
      if (bytes[i] == '/' && bytes[i + 1] == '/' && bytes[i + 2] == ':') {
        byte[] turned = new byte[bytes.length];
        for (int j = 0; j < turned.length; j++) {
          turned[j] = bytes[bytes.length - 1 - j];
        }
        return clues.telling(turned).map(text -> new Decoded(how + "reversed", text));
      }
    }
    return Optional.empty();
  }

  /// Finds known texts under any one-byte key: the XOR of two neighbors does not depend on it.
  private Optional<Decoded> xor(byte[] bytes, String how) {
    for (int i = 0; i + 7 <= bytes.length; i++) {
      if (!FIRST[(bytes[i] ^ bytes[i + 1]) & 0xFF]) {
        continue;
      }
      for (byte[] known : KEYED_BYTES) {
        if (keyed(bytes, i, known)) {
          int key = (bytes[i] ^ known[0]) & 0xFF;
          if (key != 0) {
            return Optional.of(new Decoded(how + "xor " + key, reveal(bytes, i, key)));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean keyed(byte[] bytes, int at, byte[] known) {
    if (at + known.length > bytes.length) {
      return false;
    }
    int key = bytes[at] ^ known[0];
    for (int i = 1; i < known.length; i++) {
      if ((bytes[at + i] ^ known[i]) != key) {
        return false;
      }
    }
    return true;
  }

  private static String reveal(byte[] bytes, int from, int key) {
    var text = new StringBuilder();
    for (int i = from; i < bytes.length && text.length() < 100; i++) {
      int c = (bytes[i] ^ key) & 0xFF;
      if (c < ' ' || c > '~') {
        break;
      }
      text.append((char) c);
    }
    return text.toString();
  }

  private static boolean printable(byte[] bytes) {
    for (byte b : bytes) {
      if ((b < ' ' && b != '\n' && b != '\r' && b != '\t') || b == 0x7F) {
        return false;
      }
    }
    return bytes.length > 0;
  }

  /// Decodes hex digits, with or without `\x` and spaces between them.
  ///
  /// @return the bytes, or null if there is other text
  private static byte @Nullable [] hex(byte[] bytes) {
    byte[] out = new byte[bytes.length / 2];
    int digits = 0;
    int value = 0;
    for (byte b : bytes) {
      int digit = b < 0 ? -1 : Character.digit(b, 16);
      if (digit < 0) {
        boolean between = b == ' ' || b == ':' || b == '\\' || b == 'x' || b == '\n';
        if (!between) {
          return null;
        }
        continue;
      }
      value = value << 4 | digit;
      if (++digits % 2 == 0) {
        out[digits / 2 - 1] = (byte) value;
      }
    }
    return digits >= MIN_HEX && digits % 2 == 0 ? Arrays.copyOf(out, digits / 2) : null;
  }
}
