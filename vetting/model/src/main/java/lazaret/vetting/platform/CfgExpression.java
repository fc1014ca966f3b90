package lazaret.vetting.platform;

import java.util.ArrayList;
import java.util.List;

/// A platform expression of a dependency: a target triple, or `cfg(...)` with `all`, `any`, `not`,
/// names and `name = "value"`. A condition that a triple does not determine counts as possible.
///
/// Source: Rust reference, *Conditional compilation*.
final class CfgExpression {
  private static final int MAX_DEPTH = 64;

  private final String text;
  private final Platform platform;
  private int at;

  private CfgExpression(String text, Platform platform) {
    this.text = text;
    this.platform = platform;
  }

  /// The value of an expression.
  private enum Truth {
    NO,
    POSSIBLE,
    YES
  }

  /// Returns whether an expression can be true on a platform. An unreadable expression counts as
  /// possible.
  static boolean possible(String expression, Platform platform) {
    String text = expression.strip();
    if (!text.startsWith("cfg(")) {
      return text.equals(platform.triple());
    }
    if (!text.endsWith(")")) {
      return true;
    }
    CfgExpression cfg = new CfgExpression(text.substring(4, text.length() - 1), platform);
    Truth truth = cfg.expression(0);
    cfg.spaces();
    return cfg.at < cfg.text.length() || truth != Truth.NO;
  }

  private Truth expression(int depth) {
    String word = word();
    spaces();
    if (word.isEmpty() || depth > MAX_DEPTH) {
      at = text.length();
      return Truth.POSSIBLE;
    }
    if (at < text.length() && text.charAt(at) == '(') {
      return combined(word, depth);
    }
    if (at < text.length() && text.charAt(at) == '=') {
      at++;
      return equality(word, quoted());
    }
    return name(word);
  }

  private Truth combined(String word, int depth) {
    at++;
    List<Truth> parts = new ArrayList<>();
    for (spaces(); at < text.length() && text.charAt(at) != ')'; spaces()) {
      parts.add(expression(depth + 1));
      spaces();
      if (at < text.length() && text.charAt(at) == ',') {
        at++;
      }
    }
    at = Math.min(text.length(), at + 1);
    return switch (word) {
      case "all" -> parts.stream().min(Truth::compareTo).orElse(Truth.YES);
      case "any" -> parts.stream().max(Truth::compareTo).orElse(Truth.NO);
      case "not" -> parts.size() == 1 ? not(parts.getFirst()) : Truth.POSSIBLE;
      default -> Truth.POSSIBLE;
    };
  }

  private static Truth not(Truth truth) {
    return switch (truth) {
      case NO -> Truth.YES;
      case POSSIBLE -> Truth.POSSIBLE;
      case YES -> Truth.NO;
    };
  }

  private Truth name(String word) {
    return switch (word) {
      case "unix", "windows" -> truth(platform.family().equals(word));
      case "true" -> Truth.YES;
      case "false" -> Truth.NO;
      default -> Truth.POSSIBLE;
    };
  }

  private Truth equality(String key, String value) {
    return switch (key) {
      case "target_arch" -> truth(platform.arch().equals(value));
      case "target_os" -> truth(platform.os().equals(value));
      case "target_family" -> truth(platform.family().equals(value));
      case "target_env" -> truth(platform.env().equals(value));
      case "target_vendor" -> truth(platform.vendor().equals(value));
      default -> Truth.POSSIBLE;
    };
  }

  private static Truth truth(boolean holds) {
    return holds ? Truth.YES : Truth.NO;
  }

  private String word() {
    spaces();
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return text.substring(from, at);
  }

  private String quoted() {
    spaces();
    int end = at < text.length() && text.charAt(at) == '"' ? text.indexOf('"', at + 1) : -1;
    if (end < 0) {
      at = text.length();
      return "";
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  private void spaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
