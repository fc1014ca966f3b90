package lazaret.vetting.inspect.particular;

import java.util.Optional;
import lazaret.vetting.text.Coded;

/// The kinds of particulars.
public enum ParticularKind implements Coded {
  /// A host, a mail address, an IP address, a wallet, an account or a key.
  ADDRESS("address", "an address or key"),
  /// A date, or a number of seconds since 1970.
  DATE("date", "a date"),
  /// A reading of the wall clock.
  CLOCK("clock", "reading the clock"),
  /// A value with the name of a secret in the arguments of a call that sends or stores.
  SECRET("secret", "a secret handed to a call"),
  /// A call that sends, and the function that makes it.
  SENDING("sending", "a call that sends"),
  /// A recipient, header or route by its name.
  ROUTE("route", "a recipient, header or route"),
  /// An exported symbol, a section or a function that runs before `main`.
  SYMBOL("symbol", "an exported symbol"),
  /// A path of the running system, below `/proc` or `/sys`.
  SYSTEM_PATH("system-path", "a path of the system"),
  /// A mapping of memory or a change of its protection.
  MAPPING("mapping", "mapping memory"),
  /// A function whose name looks like that of another one.
  NAME("name", "a look-alike name"),
  /// A hidden line of an example that calls something.
  EXAMPLE("example", "a hidden line of an example"),
  /// A function that guards access, by its name and its tokens.
  GUARD("guard", "another body of a function that guards something"),
  /// Data that is compiled in, by its content.
  DATA("data", "other data that is compiled in"),
  /// Code that runs while others build, by its tokens.
  BUILDING("building", "other code that runs while others build"),
  /// A source in another language, by its content.
  PROGRAM("program", "a source in another language"),
  /// A program that a build script starts for more than its version.
  COMMAND("command", "a program that the build starts"),
  /// A file, other than a folder, that a build script creates.
  WRITE("write", "a file that the build makes"),
  /// A word in a source in another language for network, programs or files.
  REACH("reach", "what a source in another language reaches");

  private final String code;

  private final String words;

  ParticularKind(String code, String words) {
    this.code = code;
    this.words = words;
  }

  /// Returns the kind in words.
  public String words() {
    return words;
  }

  /// Returns whether the kind is relevant only in build scripts.
  boolean ofBuilds() {
    return this == COMMAND || this == WRITE;
  }

  /// Returns the kebab-case form, for example `system-path`.
  @Override
  public String code() {
    return code;
  }

  /// Returns the kind of a code, or empty if it is unknown.
  public static Optional<ParticularKind> find(String code) {
    return Coded.find(ParticularKind.class, code);
  }
}
