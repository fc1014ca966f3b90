package lazaret.vetting.inspect.particular;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts that identify a destination or a person: a host, a mail address, a wallet, an account, a
/// key.
public final class AddressLiterals {
  private static final int SHORTEST = 6;
  private static final int LONGEST = 512;
  private static final int LONG_WORD = 15;

  private static final Pattern URL =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9+]{1,9}://([^/?#\\s\"'<>\\\\{}]+)");
  private static final Pattern MAIL =
      Pattern.compile("(?<![\\w.+%-])[\\w.+%-]++@[\\w-]+(\\.[\\w-]+)+");
  private static final Pattern HOST =
      Pattern.compile("((?:[a-zA-Z0-9][a-zA-Z0-9-]*\\.)+[a-zA-Z]{2,24})(:\\d{1,5})?(/.*)?");
  private static final Pattern IP = Pattern.compile("(?:\\d{1,3}\\.){3}\\d{1,3}");
  private static final Pattern ACCOUNT =
      Pattern.compile(
          "0x[0-9a-fA-F]{40}|[A-Z]{2}\\d{2}[A-Z0-9]{11,30}"
              + "|(bc1|tb1|ltc1|addr1|cosmos1)[a-z0-9]{20,90}");
  private static final int LEAST_WORD = 24;
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z0-9+/_=:-]{%d,256}".formatted(LEAST_WORD));

  /// File name endings in texts that only look like a host.
  private static final Set<String> SUFFIXES =
      Set.of(
          ("rs toml txt json html htm md lock yaml yml xml css js ts py sh bat ps exe dll so dylib"
                  + " lib obj pdb log bin dat db ini cfg conf in out tmp png jpg svg gz zip tar xz"
                  + " rlib wasm proto sql csv pem der crt cpp hpp asm ld map def rc idl toc diff"
                  + " patch")
              .split(" "));

  /// The kinds of addresses.
  public enum Form {
    /// A host, with or without a scheme.
    HOST,
    /// A mailbox.
    MAIL,
    /// A wallet, an account or a key.
    ACCOUNT
  }

  private AddressLiterals() {}

  /// Returns the form of an address that [#find] returned.
  public static Form form(String address) {
    if (!address.contains("://") && MAIL.matcher(address).matches()) {
      return Form.MAIL;
    }
    return address.indexOf('.') >= 0 || address.contains("://") ? Form.HOST : Form.ACCOUNT;
  }

  /// Finds an address in a literal, in its written form.
  ///
  /// @param source the source, with the literal from `start` to `end`
  /// @return the address, or empty if the literal contains none
  public static Optional<String> find(byte[] source, int start, int end) {
    if (end - start < SHORTEST || end - start > LONGEST || !candidate(source, start, end)) {
      return Optional.empty();
    }
    return find(new String(source, start, end - start, StandardCharsets.UTF_8));
  }

  private static boolean candidate(byte[] source, int start, int end) {
    int run = 0;
    boolean digit = false;
    for (int i = start; i < end; i++) {
      byte b = source[i];
      if (b == '.' || b == '@' || b == ':') {
        return true;
      }
      boolean number = b >= '0' && b <= '9';
      digit |= number;
      boolean letter = (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
      run = number || letter ? run + 1 : 0;
      if (run >= LONG_WORD && digit) {
        return true;
      }
    }
    return false;
  }

  static Optional<String> find(String text) {
    if (text.contains("://")) {
      Matcher url = URL.matcher(text);
      if (url.find()) {
        return Optional.of(url.group());
      }
    }
    if (text.indexOf('@', 1) > 0) {
      Matcher mail = MAIL.matcher(text);
      if (mail.find()) {
        return Optional.of(mail.group());
      }
    }
    if (text.indexOf('.', 1) > 0) {
      Matcher ip = IP.matcher(text);
      if (ip.find()) {
        return Optional.of(ip.group());
      }
      Matcher host = HOST.matcher(text);
      if (host.matches()) {
        String name = host.group(1);
        String last = name.substring(name.lastIndexOf('.') + 1);
        boolean file = SUFFIXES.contains(last) && host.group(2) == null;
        return file ? Optional.empty() : Optional.of(name);
      }
    }
    if (digits(text)) {
      String joined = text.replace(" ", "");
      if (ACCOUNT.matcher(joined).matches()) {
        return Optional.of(joined);
      }
    }
    boolean word = text.length() >= LEAST_WORD && WORD.matcher(text).matches();
    return word && mixed(text) ? Optional.of(text) : Optional.empty();
  }

  /// Returns whether a text consists of letters, digits and spaces, with at least one digit.
  private static boolean digits(String text) {
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      digit |= c >= '0' && c <= '9';
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && c != ' ' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return digit;
  }

  /// Returns whether a word looks random: digits and letters alternate more often than in names.
  private static boolean mixed(String text) {
    int digits = 0;
    int changes = 0;
    for (int i = 0; i < text.length(); i++) {
      boolean digit = Character.isDigit(text.charAt(i));
      digits += digit ? 1 : 0;
      changes += i > 0 && digit != Character.isDigit(text.charAt(i - 1)) ? 1 : 0;
    }
    return digits >= 4 && digits < text.length() && changes >= 6;
  }
}
