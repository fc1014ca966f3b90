package lazaret.cli.report;

/// The look of a piece of text if colors are shown.
public enum TextStyle {
  /// The default look of the terminal.
  PLAIN(""),
  /// Headings and names.
  STRONG("1"),
  /// Less important text.
  FAINT("2"),
  /// A good state.
  GOOD("32"),
  /// A state that deserves attention.
  WARN("33"),
  /// A refusal or a fault.
  BAD("31");

  private final String parameters;

  TextStyle(String parameters) {
    this.parameters = parameters;
  }

  /// Wraps text without escape sequences in those of the style (ECMA-48, 8.3.117, *SGR*).
  String paint(String plain) {
    return parameters.isEmpty() || plain.isEmpty()
        ? plain
        : "\u001b[" + parameters + "m" + plain + "\u001b[0m";
  }
}
