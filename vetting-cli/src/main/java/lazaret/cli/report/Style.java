package lazaret.cli.report;

/// How a piece of text looks where colours are shown.
public enum Style {
  /// As the terminal writes.
  PLAIN(""),
  /// Headings and names.
  STRONG("1"),
  /// What matters less.
  FAINT("2"),
  /// What is well.
  GOOD("32"),
  /// What a person may want to look at.
  WARN("33"),
  /// What is refused or broken.
  BAD("31");

  private final String parameters;

  Style(String parameters) {
    this.parameters = parameters;
  }

  /// Wraps text that holds no escape sequence of its own (ECMA-48, 8.3.117, *SGR*).
  String paint(String plain) {
    return parameters.isEmpty() || plain.isEmpty()
        ? plain
        : "\u001b[" + parameters + "m" + plain + "\u001b[0m";
  }
}
